"""Access keys: made, switched, removed, and what each of that means for the next request."""

import datetime
import re

import pytest
from refusals import refused


# The secret is shown once; lists never show it.
def test_create_and_list(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    assert re.fullmatch(r"AKIA[A-Z2-7]{16}", key["AccessKeyId"])
    assert re.fullmatch(r"[A-Za-z0-9/+]{40}", key["SecretAccessKey"])
    assert key["Status"] == "Active" and key["UserName"] == user
    listed = iam.list_access_keys(UserName=user)["AccessKeyMetadata"]
    assert [k["AccessKeyId"] for k in listed] == [key["AccessKeyId"]]
    assert all("SecretAccessKey" not in k for k in listed)


# The id carries the account, as AWS's ids do: tools decode it without asking anybody.
def test_key_id_carries_the_account(iam, sts, name, account):
    user = name("user")
    iam.create_user(UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
    assert sts.get_access_key_info(AccessKeyId=key)["Account"] == account
    assert sts.get_access_key_info(AccessKeyId="ASIAQNZGKIQY56JQ7WML")["Account"] == "029608264753"


# Two keys per user, inactive ones included.
def test_two_keys_at_most(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    first = iam.create_access_key(UserName=user)["AccessKey"]["AccessKeyId"]
    iam.create_access_key(UserName=user)
    iam.update_access_key(UserName=user, AccessKeyId=first, Status="Inactive")
    with refused("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"):
        iam.create_access_key(UserName=user)


# A key works from the moment it is made, stops with deactivation at the next request, and works again when activated.
def test_deactivation_holds_for_the_next_request(iam, new_user):
    user, caller = new_user()
    sts = caller.sts
    assert sts.get_caller_identity()["Arn"].endswith(f":user/{user}")
    iam.update_access_key(UserName=user, AccessKeyId=caller.key[0], Status="Inactive")
    with refused("InvalidClientTokenId", "The security token included in the request is invalid."):
        sts.get_caller_identity()
    iam.update_access_key(UserName=user, AccessKeyId=caller.key[0], Status="Active")
    sts.get_caller_identity()
    iam.delete_access_key(UserName=user, AccessKeyId=caller.key[0])
    with refused("InvalidClientTokenId"):
        sts.get_caller_identity()


# Without a user name the operations mean the caller.
def test_default_user(new_user):
    user, caller = new_user({"Effect": "Allow", "Action": "iam:*AccessKey*", "Resource": "*"})
    second = caller.iam.create_access_key()["AccessKey"]
    assert second["UserName"] == user
    assert {k["AccessKeyId"] for k in caller.iam.list_access_keys()["AccessKeyMetadata"]} == {caller.key[0], second["AccessKeyId"]}
    caller.iam.update_access_key(AccessKeyId=second["AccessKeyId"], Status="Inactive")
    caller.iam.delete_access_key(AccessKeyId=second["AccessKeyId"])


@pytest.mark.parametrize("operation, more", [("delete_access_key", {}), ("update_access_key", {"Status": "Inactive"})])
def test_missing_key(iam, name, operation, more):
    user = name("user")
    iam.create_user(UserName=user)
    with refused("NoSuchEntity", "The Access Key with id AKIAIOSFODNN7EXAMPLE cannot be found."):
        getattr(iam, operation)(UserName=user, AccessKeyId="AKIAIOSFODNN7EXAMPLE", **more)


# A key of another user is as good as missing.
def test_key_of_another_user(iam, name, new_user):
    _, caller = new_user()
    other = name("user")
    iam.create_user(UserName=other)
    with refused("NoSuchEntity"):
        iam.delete_access_key(UserName=other, AccessKeyId=caller.key[0])


# Last use: nothing known at first, then service, region and time.
def test_last_used(iam, new_user):
    user, caller = new_user()
    fresh = iam.get_access_key_last_used(AccessKeyId=caller.key[0])
    assert fresh["UserName"] == user
    assert fresh["AccessKeyLastUsed"] == {"ServiceName": "N/A", "Region": "N/A"}
    caller.sts.get_caller_identity()
    used = iam.get_access_key_last_used(AccessKeyId=caller.key[0])["AccessKeyLastUsed"]
    assert used["ServiceName"] == "sts" and used["Region"] == "us-east-1"
    age = datetime.datetime.now(datetime.timezone.utc) - used["LastUsedDate"]
    assert datetime.timedelta(0) <= age < datetime.timedelta(minutes=16)
