"""Every list that pages: all items, each once, in a stable order, whatever the page size."""

import pytest
from documents import MANAGED, READ_BUCKET, TRUST_EC2
from refusals import refused

COUNT = 7


class Stage:
    """Makes COUNT items of each kind in an account of its own, once for all the cases."""

    def __init__(self, admin):
        iam = self.iam = admin.iam
        numbers = range(COUNT)
        tags = [{"Key": f"k{i}", "Value": "v"} for i in numbers]
        self.policies = [iam.create_policy(PolicyName=f"p{i}", PolicyDocument=READ_BUCKET)["Policy"]["Arn"] for i in numbers]
        iam.tag_policy(PolicyArn=self.policies[0], Tags=tags)
        iam.create_user(UserName="u0", Tags=tags)
        iam.create_role(RoleName="r0", AssumeRolePolicyDocument=TRUST_EC2, Tags=tags)
        iam.create_instance_profile(InstanceProfileName="i0", Tags=tags)
        for i in range(1, COUNT):
            iam.create_user(UserName=f"u{i}")
            iam.create_role(RoleName=f"r{i}", AssumeRolePolicyDocument=TRUST_EC2)
            iam.create_instance_profile(InstanceProfileName=f"i{i}")
        for i in numbers:
            iam.create_group(GroupName=f"g{i}")
            iam.add_user_to_group(GroupName=f"g{i}", UserName="u0")
            iam.add_user_to_group(GroupName="g0", UserName=f"u{i}")
            iam.add_role_to_instance_profile(InstanceProfileName=f"i{i}", RoleName="r0")
            for kind, key in (("user", "UserName"), ("group", "GroupName"), ("role", "RoleName")):
                owner = {key: f"{kind[0]}0"}
                getattr(iam, f"put_{kind}_policy")(**owner, PolicyName=f"in{i}", PolicyDocument=READ_BUCKET)
                getattr(iam, f"attach_{kind}_policy")(**owner, PolicyArn=self.policies[i])
        for _ in range(4):
            iam.create_policy_version(PolicyArn=self.policies[0], PolicyDocument=READ_BUCKET)
        for _ in range(2):
            iam.create_access_key(UserName="u0")
        iam.create_account_alias(AccountAlias="an-alias")


# (paginator, arguments, result, member that identifies an item or None for plain text, how many there must be)
CASES = [
    ("get_group", {"GroupName": "g0"}, "Users", "UserName", COUNT),
    ("list_access_keys", {"UserName": "u0"}, "AccessKeyMetadata", "AccessKeyId", 2),
    ("list_account_aliases", {}, "AccountAliases", None, 1),
    ("list_attached_group_policies", {"GroupName": "g0"}, "AttachedPolicies", "PolicyArn", COUNT),
    ("list_attached_role_policies", {"RoleName": "r0"}, "AttachedPolicies", "PolicyArn", COUNT),
    ("list_attached_user_policies", {"UserName": "u0"}, "AttachedPolicies", "PolicyArn", COUNT),
    ("list_group_policies", {"GroupName": "g0"}, "PolicyNames", None, COUNT),
    ("list_groups", {}, "Groups", "GroupName", COUNT + 1),
    ("list_groups_for_user", {"UserName": "u0"}, "Groups", "GroupName", COUNT),
    ("list_instance_profile_tags", {"InstanceProfileName": "i0"}, "Tags", "Key", COUNT),
    ("list_instance_profiles", {}, "InstanceProfiles", "InstanceProfileName", COUNT),
    ("list_instance_profiles_for_role", {"RoleName": "r0"}, "InstanceProfiles", "InstanceProfileName", COUNT),
    ("list_policies", {"Scope": "Local"}, "Policies", "Arn", COUNT),
    ("list_policy_tags", {"PolicyArn": "p0"}, "Tags", "Key", COUNT),
    ("list_policy_versions", {"PolicyArn": "p0"}, "Versions", "VersionId", 5),
    ("list_role_policies", {"RoleName": "r0"}, "PolicyNames", None, COUNT),
    ("list_role_tags", {"RoleName": "r0"}, "Tags", "Key", COUNT),
    ("list_roles", {}, "Roles", "RoleName", COUNT),
    ("list_user_policies", {"UserName": "u0"}, "PolicyNames", None, COUNT),
    ("list_user_tags", {"UserName": "u0"}, "Tags", "Key", COUNT),
    ("list_users", {}, "Users", "UserName", COUNT + 1),
]


@pytest.fixture(scope="module")
def stage(request, binary):
    from conftest import Identity
    from wardkeep_server import WardkeepServer

    with WardkeepServer(binary, start_timeout=request.config.getoption("--start-timeout")) as server:
        yield Stage(Identity(server.endpoint, *server.admin_key))


def walk(stage, paginator, arguments, result, key, size):
    if "PolicyArn" in arguments:
        arguments = {"PolicyArn": stage.policies[0]}
    items = []
    for page in stage.iam.get_paginator(paginator).paginate(**arguments, PaginationConfig={"PageSize": size}):
        assert len(page[result]) <= size
        assert ("Marker" in page) == page["IsTruncated"]
        items += [item[key] if key else item for item in page[result]]
    return items


# Small pages and one large page give the same items in the same order.
@pytest.mark.parametrize("paginator, arguments, result, key, count", CASES, ids=[case[0] for case in CASES])
def test_pages(stage, paginator, arguments, result, key, count):
    whole = walk(stage, paginator, arguments, result, key, 1000)
    assert len(whole) == len(set(whole)) == count
    for size in (1, 3, count, count + 1):
        assert walk(stage, paginator, arguments, result, key, size) == whole


# MaxItems outside 1 to 1000 is refused by its constraint.
@pytest.mark.parametrize("size", [0, 1001, -1])
def test_page_size_border(stage, size):
    with refused("ValidationError", containing="maxItems"):
        stage.iam.list_users(MaxItems=size)


# A marker that was never given out is refused, not guessed at.
@pytest.mark.parametrize("marker", ["x", "AAAA", "u3", "=" * 320])
def test_foreign_marker(stage, marker):
    with refused("ValidationError"):
        stage.iam.list_users(Marker=marker, MaxItems=2)


# A marker of one list does not open another.
def test_marker_of_another_list(stage):
    marker = stage.iam.list_users(MaxItems=2)["Marker"]
    with refused("ValidationError"):
        stage.iam.list_roles(Marker=marker, MaxItems=2)


# An item removed between two pages disturbs none of the others.
def test_removal_between_pages(stage):
    stage.iam.create_user(UserName="u1-removed", Path="/removal/")
    for i in range(4):
        stage.iam.create_user(UserName=f"z{i}", Path="/removal/")
    first = stage.iam.list_users(PathPrefix="/removal/", MaxItems=2)
    assert [u["UserName"] for u in first["Users"]] == ["u1-removed", "z0"]
    stage.iam.delete_user(UserName="z0")
    rest = stage.iam.list_users(PathPrefix="/removal/", MaxItems=10, Marker=first["Marker"])
    assert [u["UserName"] for u in rest["Users"]] == ["z1", "z2", "z3"]
    for user in ("u1-removed", "z1", "z2", "z3"):
        stage.iam.delete_user(UserName=user)


# The default page is one hundred items.
def test_default_page(stage):
    page = stage.iam.list_policies(Scope="AWS")
    assert len(page["Policies"]) == 100 and page["IsTruncated"] is True
    assert page["Policies"][0]["Arn"].startswith(MANAGED)
