"""GetAccountAuthorizationDetails: the dump that audit tools read."""

import json

import pytest
from documents import MANAGED, READ_BUCKET, TRUST_EC2


@pytest.fixture
def filled(fresh):
    """One entity of each kind with everything on it."""
    iam = fresh.admin.iam
    policy = iam.create_policy(PolicyName="pol", PolicyDocument=READ_BUCKET, Description="d")["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=policy, PolicyDocument=READ_BUCKET, SetAsDefault=True)
    iam.create_group(GroupName="grp")
    iam.put_group_policy(GroupName="grp", PolicyName="in-group", PolicyDocument=READ_BUCKET)
    iam.attach_group_policy(GroupName="grp", PolicyArn=MANAGED + "ReadOnlyAccess")
    iam.create_user(UserName="usr", Path="/x/", PermissionsBoundary=policy, Tags=[{"Key": "a", "Value": "b"}])
    iam.put_user_policy(UserName="usr", PolicyName="in-user", PolicyDocument=READ_BUCKET)
    iam.attach_user_policy(UserName="usr", PolicyArn=policy)
    iam.add_user_to_group(GroupName="grp", UserName="usr")
    iam.create_role(RoleName="rol", AssumeRolePolicyDocument=TRUST_EC2, Tags=[{"Key": "c", "Value": "d"}])
    iam.put_role_policy(RoleName="rol", PolicyName="in-role", PolicyDocument=READ_BUCKET)
    iam.attach_role_policy(RoleName="rol", PolicyArn=policy)
    iam.create_instance_profile(InstanceProfileName="ipr")
    iam.add_role_to_instance_profile(InstanceProfileName="ipr", RoleName="rol")
    return fresh.admin, policy


def one(items, key, value):
    found = [item for item in items if item[key] == value]
    assert len(found) == 1, (key, value, items)
    return found[0]


# Users carry groups, inline documents, attachments, boundary and tags.
def test_users(filled):
    admin, policy = filled
    user = one(admin.iam.get_account_authorization_details(Filter=["User"])["UserDetailList"], "UserName", "usr")
    assert user["UserPolicyList"] == [{"PolicyName": "in-user", "PolicyDocument": json.loads(READ_BUCKET)}]
    assert user["GroupList"] == ["grp"] and user["Path"] == "/x/"
    assert user["AttachedManagedPolicies"] == [{"PolicyName": "pol", "PolicyArn": policy}]
    assert user["PermissionsBoundary"]["PermissionsBoundaryArn"] == policy
    assert user["Tags"] == [{"Key": "a", "Value": "b"}]


def test_groups(filled):
    admin, _ = filled
    group = one(admin.iam.get_account_authorization_details(Filter=["Group"])["GroupDetailList"], "GroupName", "grp")
    assert group["GroupPolicyList"] == [{"PolicyName": "in-group", "PolicyDocument": json.loads(READ_BUCKET)}]
    assert group["AttachedManagedPolicies"] == [{"PolicyName": "ReadOnlyAccess", "PolicyArn": MANAGED + "ReadOnlyAccess"}]


def test_roles(filled):
    admin, policy = filled
    role = one(admin.iam.get_account_authorization_details(Filter=["Role"])["RoleDetailList"], "RoleName", "rol")
    assert role["AssumeRolePolicyDocument"] == json.loads(TRUST_EC2)
    assert role["RolePolicyList"] == [{"PolicyName": "in-role", "PolicyDocument": json.loads(READ_BUCKET)}]
    assert role["AttachedManagedPolicies"] == [{"PolicyName": "pol", "PolicyArn": policy}]
    assert [p["InstanceProfileName"] for p in role["InstanceProfileList"]] == ["ipr"]
    assert role["Tags"] == [{"Key": "c", "Value": "d"}] and role["RoleLastUsed"] == {}


# Policies carry every version with its document and one default.
def test_policies(filled):
    admin, arn = filled
    policies = admin.iam.get_account_authorization_details(Filter=["LocalManagedPolicy"])["Policies"]
    policy = one(policies, "Arn", arn)
    assert policy["AttachmentCount"] == 2 and policy["PermissionsBoundaryUsageCount"] == 1
    assert {v["VersionId"]: v["IsDefaultVersion"] for v in policy["PolicyVersionList"]} == {"v1": False, "v2": True}
    assert all(v["Document"] == json.loads(READ_BUCKET) for v in policy["PolicyVersionList"])


# A filter leaves the other kinds empty.
def test_filter(filled):
    admin, _ = filled
    details = admin.iam.get_account_authorization_details(Filter=["Group"])
    assert details["UserDetailList"] == details["RoleDetailList"] == details["Policies"] == []


# Pages of one item walk through all kinds, each entity once.
def test_paging(filled):
    admin, _ = filled
    seen = []
    pages = admin.iam.get_paginator("get_account_authorization_details").paginate(
        Filter=["User", "Group", "Role", "LocalManagedPolicy"], PaginationConfig={"PageSize": 1})
    for page in pages:
        found = page["UserDetailList"] + page["GroupDetailList"] + page["RoleDetailList"] + page["Policies"]
        assert len(found) <= 1
        seen += [item["Arn"] for item in found]
    assert len(seen) == len(set(seen))
    assert {arn.split(":")[5].split("/")[0] for arn in seen} == {"user", "group", "role", "policy"}
