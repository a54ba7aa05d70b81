"""Groups and membership."""

import re

import pytest
from documents import READ_BUCKET
from refusals import refused


# What CreateGroup answers is what GetGroup answers.
def test_create_and_get(iam, name, account):
    group = name("group")
    made = iam.create_group(GroupName=group, Path="/teams/")["Group"]
    assert made["Arn"] == f"arn:aws:iam::{account}:group/teams/{group}"
    assert re.fullmatch(r"AGPA[A-Z2-7]{17}", made["GroupId"])
    got = iam.get_group(GroupName=group)
    assert got["Group"] == made and got["Users"] == [] and got["IsTruncated"] is False


# Names are unique whatever their case.
def test_duplicate(iam, name):
    group = name("group")
    iam.create_group(GroupName=group)
    with refused("EntityAlreadyExists", f"Group with name {group.upper()} already exists."):
        iam.create_group(GroupName=group.upper())


# All operations on a group that is not there agree on the words.
@pytest.mark.parametrize("operation, more", [
    ("get_group", {}), ("delete_group", {}), ("update_group", {"NewPath": "/x/"}), ("list_group_policies", {}),
    ("list_attached_group_policies", {}), ("get_group_policy", {"PolicyName": "p"}),
    ("put_group_policy", {"PolicyName": "p", "PolicyDocument": READ_BUCKET}),
])
def test_missing_group(iam, operation, more):
    with refused("NoSuchEntity", "The group with name no-group cannot be found."):
        getattr(iam, operation)(GroupName="no-group", **more)


# Adding twice is fine (Terraform re-applies); both lists show the membership once.
def test_membership(iam, name):
    group, user = name("group"), name("user")
    iam.create_group(GroupName=group)
    iam.create_user(UserName=user)
    for _ in range(2):
        iam.add_user_to_group(GroupName=group, UserName=user)
    assert [u["UserName"] for u in iam.get_group(GroupName=group)["Users"]] == [user]
    assert [g["GroupName"] for g in iam.list_groups_for_user(UserName=user)["Groups"]] == [group]
    iam.remove_user_from_group(GroupName=group, UserName=user)
    assert iam.get_group(GroupName=group)["Users"] == []
    with refused("NoSuchEntity"):
        iam.remove_user_from_group(GroupName=group, UserName=user)


# Both ends of a membership must exist.
def test_membership_needs_both(iam, name):
    group, user = name("group"), name("user")
    iam.create_group(GroupName=group)
    iam.create_user(UserName=user)
    with refused("NoSuchEntity", "The group with name absent cannot be found."):
        iam.add_user_to_group(GroupName="absent", UserName=user)
    with refused("NoSuchEntity", "The user with name absent cannot be found."):
        iam.add_user_to_group(GroupName=group, UserName="absent")


# The eleventh group of one user is refused in AWS's quota words.
def test_groups_per_user(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    groups = [name("group") for _ in range(11)]
    for group in groups:
        iam.create_group(GroupName=group)
    for group in groups[:10]:
        iam.add_user_to_group(GroupName=group, UserName=user)
    with refused("LimitExceeded", "Cannot exceed quota for GroupsPerUser: 10"):
        iam.add_user_to_group(GroupName=groups[10], UserName=user)
    iam.add_user_to_group(GroupName=groups[0], UserName=user)  # already a member: no quota involved


# A group with members or policies stays.
def test_delete_conflicts(iam, name):
    group, user = name("group"), name("user")
    iam.create_group(GroupName=group)
    iam.create_user(UserName=user)
    iam.add_user_to_group(GroupName=group, UserName=user)
    with refused("DeleteConflict", containing="Cannot delete entity, must "):
        iam.delete_group(GroupName=group)
    iam.remove_user_from_group(GroupName=group, UserName=user)
    iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument=READ_BUCKET)
    with refused("DeleteConflict", "Cannot delete entity, must delete policies first."):
        iam.delete_group(GroupName=group)
    iam.delete_group_policy(GroupName=group, PolicyName="p")
    iam.attach_group_policy(GroupName=group, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    with refused("DeleteConflict", containing="Cannot delete entity, must detach all policies"):
        iam.delete_group(GroupName=group)
    iam.detach_group_policy(GroupName=group, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    iam.delete_group(GroupName=group)


# Rename keeps id and members.
def test_update(iam, name, account):
    group, renamed, user = name("group"), name("renamed"), name("user")
    made = iam.create_group(GroupName=group)["Group"]
    iam.create_user(UserName=user)
    iam.add_user_to_group(GroupName=group, UserName=user)
    iam.update_group(GroupName=group, NewGroupName=renamed, NewPath="/m/")
    iam.update_group(GroupName=renamed, NewGroupName=renamed, NewPath="/n/")  # its own name, as Terraform moves a group
    got = iam.get_group(GroupName=renamed)
    assert got["Group"]["GroupId"] == made["GroupId"]
    assert got["Group"]["Arn"] == f"arn:aws:iam::{account}:group/n/{renamed}"
    assert [u["UserName"] for u in got["Users"]] == [user]


# A member that was renamed shows under its new name: membership is by id.
def test_membership_follows_a_renamed_user(iam, name):
    group, user, renamed = name("group"), name("user"), name("renamed")
    iam.create_group(GroupName=group)
    iam.create_user(UserName=user)
    iam.add_user_to_group(GroupName=group, UserName=user)
    iam.update_user(UserName=user, NewUserName=renamed)
    assert [u["UserName"] for u in iam.get_group(GroupName=group)["Users"]] == [renamed]
