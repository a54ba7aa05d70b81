"""ListEntitiesForPolicy: who a policy is attached to."""

import pytest
from documents import READ_BUCKET, TRUST_EC2


@pytest.fixture
def attached(iam, name):
    """A policy on a user, a group and a role, and as boundary of another user."""
    arn = iam.create_policy(PolicyName=name("policy"), PolicyDocument=READ_BUCKET)["Policy"]["Arn"]
    names = {kind: name(kind) for kind in ("user", "group", "role", "bounded")}
    iam.create_user(UserName=names["user"], Path="/a/")
    iam.create_group(GroupName=names["group"])
    iam.create_role(RoleName=names["role"], AssumeRolePolicyDocument=TRUST_EC2)
    iam.create_user(UserName=names["bounded"], PermissionsBoundary=arn)
    iam.attach_user_policy(UserName=names["user"], PolicyArn=arn)
    iam.attach_group_policy(GroupName=names["group"], PolicyArn=arn)
    iam.attach_role_policy(RoleName=names["role"], PolicyArn=arn)
    return arn, names


def listed(answer):
    return (sorted(u["UserName"] for u in answer["PolicyUsers"]), [g["GroupName"] for g in answer["PolicyGroups"]],
            [r["RoleName"] for r in answer["PolicyRoles"]])


# Ids are part of the answer: tools join on them.
def test_ids(iam, attached):
    arn, names = attached
    answer = iam.list_entities_for_policy(PolicyArn=arn)
    assert answer["PolicyGroups"][0]["GroupId"] == iam.get_group(GroupName=names["group"])["Group"]["GroupId"]
    assert answer["PolicyRoles"][0]["RoleId"] == iam.get_role(RoleName=names["role"])["Role"]["RoleId"]


# Each filter on its own.
def test_filters(iam, attached):
    arn, names = attached
    user, group, role, bounded = (names[k] for k in ("user", "group", "role", "bounded"))
    ask = lambda **filters: listed(iam.list_entities_for_policy(PolicyArn=arn, **filters))
    assert ask() == (sorted([user, bounded]), [group], [role])
    assert ask(PolicyUsageFilter="PermissionsPolicy") == ([user], [group], [role])
    assert ask(PolicyUsageFilter="PermissionsBoundary") == ([bounded], [], [])
    assert ask(EntityFilter="Role") == ([], [], [role])
    assert ask(EntityFilter="User", PolicyUsageFilter="PermissionsPolicy") == ([user], [], [])
    assert ask(PathPrefix="/a/") == ([user], [], [])


# The three lists share one marker.
def test_paging(iam, attached):
    arn, names = attached
    seen = []
    for page in iam.get_paginator("list_entities_for_policy").paginate(PolicyArn=arn, PaginationConfig={"PageSize": 1}):
        users, groups, roles = listed(page)
        assert len(users + groups + roles) <= 1
        seen += users + groups + roles
    assert sorted(seen) == sorted(names.values())
