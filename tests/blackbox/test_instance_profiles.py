"""Instance profiles."""

import re

from documents import TRUST_EC2
from refusals import refused


def make_role(iam, name):
    role = name("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2)
    return role


# A profile is made empty and holds one role.
def test_life(iam, name, account):
    profile, role = name("profile"), make_role(iam, name)
    made = iam.create_instance_profile(InstanceProfileName=profile, Path="/p/")["InstanceProfile"]
    assert made["Arn"] == f"arn:aws:iam::{account}:instance-profile/p/{profile}"
    assert re.fullmatch(r"AIPA[A-Z2-7]{17}", made["InstanceProfileId"]) and made["Roles"] == []
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
    got = iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]
    assert [r["RoleName"] for r in got["Roles"]] == [role]
    assert got["Roles"][0]["AssumeRolePolicyDocument"]
    listed = iam.list_instance_profiles_for_role(RoleName=role)["InstanceProfiles"]
    assert [p["InstanceProfileName"] for p in listed] == [profile]
    with refused("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first."):
        iam.delete_instance_profile(InstanceProfileName=profile)
    iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)
    with refused("NoSuchEntity"):
        iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)
    iam.delete_instance_profile(InstanceProfileName=profile)
    with refused("NoSuchEntity", f"Instance Profile {profile} cannot be found."):
        iam.get_instance_profile(InstanceProfileName=profile)


def test_duplicate(iam, name):
    profile = name("profile")
    iam.create_instance_profile(InstanceProfileName=profile)
    with refused("EntityAlreadyExists", f"Instance Profile {profile} already exists."):
        iam.create_instance_profile(InstanceProfileName=profile)


# One role per profile; the quota's name is AWS's.
def test_one_role_only(iam, name):
    profile = name("profile")
    iam.create_instance_profile(InstanceProfileName=profile)
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=make_role(iam, name))
    with refused("LimitExceeded", "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"):
        iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=make_role(iam, name))


# The SDK's waiter looks at the HTTP status of a missing profile, not at the code.
def test_waiter(iam, name):
    profile = name("profile")
    iam.create_instance_profile(InstanceProfileName=profile)
    iam.get_waiter("instance_profile_exists").wait(InstanceProfileName=profile, WaiterConfig={"Delay": 1, "MaxAttempts": 1})


def test_list_by_path(iam, name):
    path = f"/{name('list')}/"
    names = sorted(name("profile") for _ in range(3))
    for profile in names:
        iam.create_instance_profile(InstanceProfileName=profile, Path=path)
    listed = iam.list_instance_profiles(PathPrefix=path)["InstanceProfiles"]
    assert [p["InstanceProfileName"] for p in listed] == names
