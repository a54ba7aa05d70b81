"""Customer managed policies and their versions."""

import json
import re

import pytest
from documents import READ_BUCKET, allow, policy
from refusals import refused


@pytest.fixture
def new_policy(iam, name):
    def make(document=READ_BUCKET, **more):
        return iam.create_policy(PolicyName=name("policy"), PolicyDocument=document, **more)["Policy"]

    return make


# What CreatePolicy answers, and what GetPolicy adds to it.
def test_create_and_get(iam, name, account):
    given = name("policy")
    made = iam.create_policy(PolicyName=given, Path="/p/", PolicyDocument=READ_BUCKET, Description="words")["Policy"]
    assert made["Arn"] == f"arn:aws:iam::{account}:policy/p/{given}"
    assert re.fullmatch(r"ANPA[A-Z2-7]{17}", made["PolicyId"])
    assert made["DefaultVersionId"] == "v1" and made["IsAttachable"] is True
    assert made["AttachmentCount"] == 0 and made["PermissionsBoundaryUsageCount"] == 0
    got = iam.get_policy(PolicyArn=made["Arn"])["Policy"]
    assert got["Description"] == "words" and got["PolicyId"] == made["PolicyId"]


# The document comes back as it was saved, white space and all: Terraform compares it.
def test_document_round_trip(iam, new_policy):
    text = json.dumps(json.loads(READ_BUCKET), indent=4)
    arn = new_policy(text)["Arn"]
    version = iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"]
    assert version["Document"] == json.loads(READ_BUCKET)
    assert version["IsDefaultVersion"] is True and version["VersionId"] == "v1"


# Names are unique whatever their path or case.
def test_duplicate(iam, new_policy):
    made = new_policy()
    with refused("EntityAlreadyExists", f"A policy called {made['PolicyName']} already exists. Duplicate names are not allowed."):
        iam.create_policy(PolicyName=made["PolicyName"], Path="/other/", PolicyDocument=READ_BUCKET)


# Get and list of what is not there, and of what is no ARN.
@pytest.mark.parametrize("operation, more", [("get_policy", {}), ("list_policy_versions", {}), ("list_policy_tags", {}),
                                             ("list_entities_for_policy", {}), ("delete_policy", {})])
def test_missing(iam, account, operation, more):
    arn = f"arn:aws:iam::{account}:policy/not-there"
    with refused("NoSuchEntity", f"Policy {arn} was not found."):
        getattr(iam, operation)(PolicyArn=arn, **more)


def test_not_an_arn(iam):
    with refused("ValidationError", "Invalid ARN:  Could not be parsed!"):
        iam.get_policy(PolicyArn="this-is-not-an-arn-at-all")


# Versions count up, are never used again, and exactly one is the default.
def test_versions(iam, new_policy):
    arn = new_policy()["Arn"]
    second = iam.create_policy_version(PolicyArn=arn, PolicyDocument=READ_BUCKET)["PolicyVersion"]
    assert second["VersionId"] == "v2" and second["IsDefaultVersion"] is False
    third = iam.create_policy_version(PolicyArn=arn, PolicyDocument=READ_BUCKET, SetAsDefault=True)["PolicyVersion"]
    assert third["VersionId"] == "v3" and third["IsDefaultVersion"] is True
    listed = iam.list_policy_versions(PolicyArn=arn)["Versions"]
    assert [v["VersionId"] for v in listed] == ["v3", "v2", "v1"]
    assert [v["IsDefaultVersion"] for v in listed] == [True, False, False]
    assert all("Document" not in v for v in listed)
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v3"
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    assert iam.create_policy_version(PolicyArn=arn, PolicyDocument=READ_BUCKET)["PolicyVersion"]["VersionId"] == "v4"
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v1"


# Five versions are kept, no more.
def test_version_limit(iam, new_policy):
    arn = new_policy()["Arn"]
    for _ in range(4):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=READ_BUCKET)
    with refused("LimitExceeded", "A managed policy can have up to 5 versions. Before you create a new version, you must "
                                  "delete an existing version."):
        iam.create_policy_version(PolicyArn=arn, PolicyDocument=READ_BUCKET)


def test_default_version_cannot_be_deleted(iam, new_policy):
    arn = new_policy()["Arn"]
    with refused("DeleteConflict", "Cannot delete the default version of a policy."):
        iam.delete_policy_version(PolicyArn=arn, VersionId="v1")


@pytest.mark.parametrize("operation", ["get_policy_version", "set_default_policy_version", "delete_policy_version"])
def test_missing_version(iam, new_policy, operation):
    with refused("NoSuchEntity"):
        getattr(iam, operation)(PolicyArn=new_policy()["Arn"], VersionId="v9")


# A policy in use, or with more than one version, stays.
def test_delete_conflicts(iam, new_policy, name):
    arn, user = new_policy()["Arn"], name("user")
    iam.create_user(UserName=user)
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    with refused("DeleteConflict", "Cannot delete a policy attached to entities."):
        iam.delete_policy(PolicyArn=arn)
    iam.detach_user_policy(UserName=user, PolicyArn=arn)
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=arn)
    with refused("DeleteConflict"):
        iam.delete_policy(PolicyArn=arn)
    iam.delete_user_permissions_boundary(UserName=user)
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=READ_BUCKET)
    with refused("DeleteConflict", "This policy has more than one version. Before you delete a policy, you must delete "
                                   "the policy's versions. The default version is deleted with the policy."):
        iam.delete_policy(PolicyArn=arn)
    iam.delete_policy_version(PolicyArn=arn, VersionId="v2")
    iam.delete_policy(PolicyArn=arn)
    with refused("NoSuchEntity"):
        iam.get_policy(PolicyArn=arn)


REFUSED_DOCUMENTS = [
    ("not json", "{", "Syntax errors in policy."),
    ("duplicate action kinds", '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","NotAction":"a:c",'
                               '"Resource":"*"}}', "Syntax errors in policy."),
    ("unknown element", '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Actions":"a:b","Resource":"*"}}',
     "Syntax errors in policy."),
    ("old version", '{"Version":"2008-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"*"}}',
     "Policy document must be version 2012-10-17 or greater."),
    ("effect case", '{"Version":"2012-10-17","Statement":{"Effect":"allow","Action":"a:b","Resource":"*"}}',
     "The policy failed legacy parsing"),
    ("no action", '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Resource":"*"}}',
     "Policy statement must contain actions."),
    ("no resource", '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b"}}',
     "Policy statement must contain resources."),
    ("no vendor", '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"GetObject","Resource":"*"}}',
     "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
    ("resource form", '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"a:b","Resource":"bucket"}}',
     'Resource bucket must be in ARN format or "*".'),
    ("same sid", '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"a:b","Resource":"*"},'
                 '{"Sid":"A","Effect":"Allow","Action":"a:b","Resource":"*"}]}',
     "Statement IDs (SID) in a single policy must be unique."),
    ("principal", '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"a:b","Resource":"*"}}',
     "Policy document should not specify a principal."),
]


# One row per phase of AWS's checks; the corpus has the rest. Every place that saves a document must use the same checks.
@pytest.mark.parametrize("document, text", [case[1:] for case in REFUSED_DOCUMENTS],
                         ids=[case[0] for case in REFUSED_DOCUMENTS])
def test_refused_documents(iam, name, new_policy, document, text):
    user = name("user")
    iam.create_user(UserName=user)
    with refused("MalformedPolicyDocument", text):
        iam.create_policy(PolicyName=name("policy"), PolicyDocument=document)
    with refused("MalformedPolicyDocument", text):
        iam.create_policy_version(PolicyArn=new_policy()["Arn"], PolicyDocument=document)
    with refused("MalformedPolicyDocument", text):
        iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=document)
    assert iam.list_user_policies(UserName=user)["PolicyNames"] == []


def sized_document(count):
    """A document with exactly `count` characters that are not white space."""
    resource = "arn:aws:s3:::"
    text = policy(allow("s3:*", resource)).replace(" ", "")
    return text.replace(resource, resource + "x" * (count - len(text)))


# 6,144 characters fit, one more does not; white space is free.
def test_size_quota(iam, name):
    iam.create_policy(PolicyName=name("policy"), PolicyDocument=sized_document(6144) + " " * 500)
    with refused("LimitExceeded", "Cannot exceed quota for PolicySize: 6144"):
        iam.create_policy(PolicyName=name("policy"), PolicyDocument=sized_document(6145))


# ListPolicies: scope, prefix, attached only, use as boundary.
def test_list_filters(iam, name, new_policy):
    path = f"/{name('list')}/"
    used, bounding, idle = (new_policy(Path=path)["Arn"] for _ in range(3))
    user = name("user")
    iam.create_user(UserName=user, PermissionsBoundary=bounding)
    iam.attach_user_policy(UserName=user, PolicyArn=used)

    def arns(**filters):
        return {p["Arn"] for p in iam.list_policies(PathPrefix=path, **filters)["Policies"]}

    assert arns() == arns(Scope="Local") == {used, bounding, idle}
    assert arns(Scope="AWS") == set()
    assert arns(OnlyAttached=True, PolicyUsageFilter="PermissionsPolicy") == {used}
    assert arns(PolicyUsageFilter="PermissionsBoundary", OnlyAttached=True) == {bounding}
    listed = iam.list_policies(PathPrefix=path)["Policies"]
    assert all("Description" not in p and "Tags" not in p for p in listed)
