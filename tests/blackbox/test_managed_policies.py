"""The AWS managed policies: there from the start, attachable, not editable."""

import pytest
from botocore.exceptions import ClientError
from documents import MANAGED, READ_BUCKET
from refusals import refused

ADMINISTRATOR = MANAGED + "AdministratorAccess"


# The best-known document of all.
def test_get(iam):
    policy = iam.get_policy(PolicyArn=ADMINISTRATOR)["Policy"]
    assert (policy["PolicyName"], policy["Path"], policy["DefaultVersionId"]) == ("AdministratorAccess", "/", "v1")
    assert policy["IsAttachable"] is True and policy["PolicyId"].startswith("ANPA")
    assert policy["CreateDate"].isoformat() == "2015-02-06T18:39:46+00:00"
    document = iam.get_policy_version(PolicyArn=ADMINISTRATOR, VersionId="v1")["PolicyVersion"]["Document"]
    assert document == {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}


# Every AWS policy is listed once, with Scope, over many pages; and each one's document can be read.
def test_list_all(iam):
    pages = iam.get_paginator("list_policies").paginate(Scope="AWS", PaginationConfig={"PageSize": 500})
    policies = [p for page in pages for p in page["Policies"]]
    assert len(policies) == len({p["Arn"] for p in policies}) == 1594
    assert all(p["Arn"].startswith(MANAGED) for p in policies)
    for policy in policies[::97]:
        version = iam.get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])["PolicyVersion"]
        assert version["Document"]["Statement"]


# Paths filter here as well.
def test_list_by_path(iam):
    policies = iam.list_policies(Scope="AWS", PathPrefix="/job-function/")["Policies"]
    assert len(policies) == 11 and all(p["Path"] == "/job-function/" for p in policies)


# Only the latest version is kept, and it is the default.
def test_versions(iam):
    versions = iam.list_policy_versions(PolicyArn=MANAGED + "job-function/ViewOnlyAccess")["Versions"]
    assert [(v["VersionId"], v["IsDefaultVersion"]) for v in versions] == [("v45", True)]


EDITS = [
    ("create_policy_version", {"PolicyDocument": READ_BUCKET}), ("delete_policy_version", {"VersionId": "v1"}),
    ("set_default_policy_version", {"VersionId": "v1"}), ("delete_policy", {}),
    ("tag_policy", {"Tags": [{"Key": "a", "Value": "b"}]}), ("untag_policy", {"TagKeys": ["a"]}),
]


# Nobody edits them, not even an administrator; AWS is not documented further than "refused".
@pytest.mark.parametrize("operation, more", EDITS, ids=[row[0] for row in EDITS])
def test_no_edits(iam, operation, more):
    with pytest.raises(ClientError) as caught:
        getattr(iam, operation)(PolicyArn=ADMINISTRATOR, **more)
    assert caught.value.response["Error"]["Code"] in ("AccessDenied", "NoSuchEntity", "InvalidInput")
    assert iam.get_policy(PolicyArn=ADMINISTRATOR)["Policy"]["DefaultVersionId"] == "v1"


def test_missing(iam):
    with refused("NoSuchEntity", f"Policy {MANAGED}NoSuchPolicyAtAws was not found."):
        iam.get_policy(PolicyArn=MANAGED + "NoSuchPolicyAtAws")


# Attached, they grant.
def test_they_grant(iam, new_user):
    user, caller = new_user()
    with refused("AccessDenied"):
        caller.iam.list_users()
    iam.attach_user_policy(UserName=user, PolicyArn=MANAGED + "IAMReadOnlyAccess")
    caller.iam.list_users()
    with refused("AccessDenied"):
        caller.iam.create_user(UserName="never-made")
