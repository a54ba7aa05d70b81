"""CreateUser, GetUser, UpdateUser, DeleteUser, ListUsers."""

import datetime
import re

import pytest
from documents import READ_BUCKET
from refusals import refused


# A user comes back whole: clients show and store every one of these members.
def test_create_returns_the_user(iam, name, account):
    user = name("user")
    made = iam.create_user(UserName=user, Path="/team/a/")["User"]
    assert made["Path"] == "/team/a/"
    assert made["UserName"] == user
    assert made["Arn"] == f"arn:aws:iam::{account}:user/team/a/{user}"
    assert re.fullmatch(r"AIDA[A-Z2-7]{17}", made["UserId"])
    assert abs(datetime.datetime.now(datetime.timezone.utc) - made["CreateDate"]) < datetime.timedelta(minutes=1)
    assert "PasswordLastUsed" not in made and "Tags" not in made and "PermissionsBoundary" not in made
    assert iam.get_user(UserName=user)["User"] == made


# Paths default to "/", and the ARN then has no empty part.
def test_default_path(iam, name, account):
    user = name("user")
    made = iam.create_user(UserName=user)["User"]
    assert (made["Path"], made["Arn"]) == ("/", f"arn:aws:iam::{account}:user/{user}")


# Names are unique whatever their case, and keep the case they were given (Terraform matches this code).
@pytest.mark.parametrize("change", [str, str.upper, str.title])
def test_duplicate_name_in_any_case(iam, name, change):
    user = name("user")
    iam.create_user(UserName=user)
    again = change(user)
    with refused("EntityAlreadyExists", f"User with name {again} already exists."):
        iam.create_user(UserName=again)


# Every operation on a user that is not there says so in the words the AWS clients wait for.
@pytest.mark.parametrize("operation, more", [
    ("get_user", {}), ("delete_user", {}), ("update_user", {"NewPath": "/x/"}), ("list_user_tags", {}),
    ("list_user_policies", {}), ("list_attached_user_policies", {}), ("list_groups_for_user", {}),
    ("create_access_key", {}), ("list_access_keys", {}), ("tag_user", {"Tags": [{"Key": "a", "Value": "b"}]}),
    ("untag_user", {"TagKeys": ["a"]}), ("get_user_policy", {"PolicyName": "p"}),
    ("put_user_policy", {"PolicyName": "p", "PolicyDocument": READ_BUCKET}),
    ("attach_user_policy", {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
])
def test_missing_user(iam, operation, more):
    with refused("NoSuchEntity", "The user with name nobody-here cannot be found."):
        getattr(iam, operation)(UserName="nobody-here", **more)


# Rename and move keep the id and what hangs on the user; only name and ARN change.
def test_update_renames_and_moves(iam, name, account):
    user, renamed = name("user"), name("renamed")
    made = iam.create_user(UserName=user)["User"]
    iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=READ_BUCKET)
    key = iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
    iam.update_user(UserName=user, NewUserName=renamed, NewPath="/moved/")
    now = iam.get_user(UserName=renamed)["User"]
    assert (now["UserId"], now["CreateDate"]) == (made["UserId"], made["CreateDate"])
    assert now["Arn"] == f"arn:aws:iam::{account}:user/moved/{renamed}"
    assert iam.list_user_policies(UserName=renamed)["PolicyNames"] == ["p"]
    assert [k["AccessKeyId"] for k in iam.list_access_keys(UserName=renamed)["AccessKeyMetadata"]] == [key]
    with refused("NoSuchEntity"):
        iam.get_user(UserName=user)


# A rename may change only the case of the name, but may not take another user's name.
def test_update_to_a_taken_name(iam, name):
    first, second = name("user"), name("user")
    iam.create_user(UserName=first)
    iam.create_user(UserName=second)
    with refused("EntityAlreadyExists", f"User with name {second} already exists."):
        iam.update_user(UserName=first, NewUserName=second)
    iam.update_user(UserName=first, NewUserName=first.upper())
    assert iam.get_user(UserName=first.upper())["User"]["UserName"] == first.upper()
    iam.update_user(UserName=first, NewUserName=first.upper(), NewPath="/moved/")  # its own name, as Terraform moves a user
    assert iam.get_user(UserName=first)["User"]["Path"] == "/moved/"


# A user with anything attached cannot be deleted; each thing named, policies before keys (Terraform's force_destroy).
def test_delete_conflicts_in_order(iam, name):
    user, group = name("user"), name("group")
    iam.create_user(UserName=user)
    iam.create_group(GroupName=group)
    iam.add_user_to_group(GroupName=group, UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
    iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    iam.put_user_policy(UserName=user, PolicyName="p", PolicyDocument=READ_BUCKET)
    with refused("DeleteConflict", containing="Cannot delete entity, must "):
        iam.delete_user(UserName=user)
    iam.delete_user_policy(UserName=user, PolicyName="p")
    with refused("DeleteConflict", "Cannot delete entity, must detach all policies first."):
        iam.delete_user(UserName=user)
    iam.detach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    with refused("DeleteConflict", containing="Cannot delete entity, must "):
        iam.delete_user(UserName=user)
    iam.delete_access_key(UserName=user, AccessKeyId=key)
    with refused("DeleteConflict", "Cannot delete entity, must remove users from group first."):
        iam.delete_user(UserName=user)
    iam.remove_user_from_group(GroupName=group, UserName=user)
    iam.delete_user(UserName=user)
    with refused("NoSuchEntity"):
        iam.get_user(UserName=user)


# A user made again under an old name is another user: policies that named the old one must not fit it.
def test_recreated_user_has_a_new_id(iam, name):
    user = name("user")
    first = iam.create_user(UserName=user)["User"]["UserId"]
    iam.delete_user(UserName=user)
    assert iam.create_user(UserName=user)["User"]["UserId"] != first


# Without a name GetUser means the caller; from a role session there is no such user, and the CLI shows this text.
def test_get_user_without_name(new_user, new_role, admin, assume, account, iam):
    user, caller = new_user({"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"})
    assert caller.iam.get_user()["User"]["UserName"] == user
    role = new_role({"AWS": account}, {"Effect": "Allow", "Action": "iam:*", "Resource": "*"})
    with refused("ValidationError", "Must specify userName when calling with non-User credentials"):
        assume(admin, role).iam.get_user()


# The root user of the account describes itself with the account id.
def test_get_user_as_root(root, account):
    user = root.iam.get_user()["User"]
    assert (user["Arn"], user["UserId"]) == (f"arn:aws:iam::{account}:root", account)


# Lists are in name order, filter by path prefix, and leave out what AWS leaves out.
def test_list_users_by_path(iam, name):
    stem = f"/{name('list')}/"
    names = [name("user") for _ in range(3)]
    for i, user in enumerate(names):
        iam.create_user(UserName=user, Path=f"{stem}{i % 2}/", Tags=[{"Key": "k", "Value": "v"}])
    listed = iam.list_users(PathPrefix=stem)
    assert [u["UserName"] for u in listed["Users"]] == sorted(names)
    assert listed["IsTruncated"] is False and "Marker" not in listed
    assert all("Tags" not in u for u in listed["Users"])
    assert len(iam.list_users(PathPrefix=f"{stem}0/")["Users"]) == 2
    assert iam.list_users(PathPrefix="/nothing-here/")["Users"] == []


# Bad tags or boundary make the whole creation fail: no half-made user stays behind.
def test_creation_is_all_or_nothing(iam, name, account):
    user = name("user")
    with refused("InvalidInput", containing="Duplicate tag keys"):
        iam.create_user(UserName=user, Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])
    with refused("NoSuchEntity"):
        iam.create_user(UserName=user, PermissionsBoundary=f"arn:aws:iam::{account}:policy/not-there")
    with refused("NoSuchEntity"):
        iam.get_user(UserName=user)
