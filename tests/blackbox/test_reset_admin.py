"""A lost administrator's key: the operator of the machine gives a new one, and nobody else can."""

import json
import subprocess

import botocore.exceptions
import pytest
from conftest import Identity
from wardkeep_server import ACCOUNT_ID, WardkeepServer


def operator(running, *words):
    return subprocess.run([running.binary, "account", *words, "--data", running.data], capture_output=True, text=True,
                          timeout=30)


def reset(running, account=ACCOUNT_ID):
    ended = operator(running, "reset-admin", account, "--json")
    assert ended.returncode == 0, ended.stderr
    answer = json.loads(ended.stdout)
    return answer, Identity(running.endpoint, answer["access_key_id"], answer["secret_access_key"])


@pytest.fixture
def running(binary, tmp_path):
    with WardkeepServer(binary, data=str(tmp_path / "data")) as server:
        server.admin = Identity(server.endpoint, *server.admin_key)
        yield server


def test_new_key_works_and_the_lost_one_does_not(running):
    answer, administrator = reset(running)
    assert (answer["user"], answer["replaced_keys"]) == ("admin", 1)
    assert administrator.sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT_ID}:user/admin"
    administrator.iam.create_user(UserName="after")
    with pytest.raises(botocore.exceptions.ClientError) as refusal:
        running.admin.sts.get_caller_identity()
    assert refusal.value.response["Error"]["Code"] == "InvalidClientTokenId"


def test_rights_are_made_whole(running):
    iam = running.admin.iam
    policy = iam.create_policy(PolicyName="narrow", PolicyDocument=json.dumps({
        "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:*", "Resource": "*"}]}))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName="admin", PermissionsBoundary=policy)
    iam.detach_group_policy(GroupName="Administrators", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    _, administrator = reset(running)
    assert "PermissionsBoundary" not in administrator.iam.get_user(UserName="admin")["User"]
    administrator.sts.get_access_key_info(AccessKeyId=running.admin_key[0])
    administrator.iam.create_user(UserName="after")


def test_user_and_group_that_were_deleted_are_made_anew(running):
    root = Identity(running.endpoint, *running.root_key).iam
    root.remove_user_from_group(GroupName="Administrators", UserName="admin")
    root.delete_access_key(UserName="admin", AccessKeyId=running.admin_key[0])
    root.delete_user(UserName="admin")
    root.detach_group_policy(GroupName="Administrators", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    root.delete_group(GroupName="Administrators")
    answer, administrator = reset(running)
    assert answer["replaced_keys"] == 0
    administrator.iam.create_user(UserName="after")


def test_again_and_again_keeps_to_the_quota(running):
    for _ in range(3):
        _, administrator = reset(running)
    keys = administrator.iam.list_access_keys(UserName="admin")["AccessKeyMetadata"]
    assert sorted(key["Status"] for key in keys) == ["Active", "Inactive"]


def test_survives_a_restart(binary, tmp_path):
    data = str(tmp_path / "data")
    with WardkeepServer(binary, data=data) as running:
        _, administrator = reset(running)
    with WardkeepServer(binary, data=data) as again:
        administrator.endpoint = again.endpoint
        administrator.iam.list_users()


def test_text_names_the_key_and_unknown_accounts_are_refused(running):
    ended = operator(running, "reset-admin", ACCOUNT_ID)
    assert ended.returncode == 0
    assert "access key id      AKIA" in ended.stdout and "no longer: 1." in ended.stdout
    ended = operator(running, "reset-admin", "999999999999")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "999999999999" in ended.stderr


def test_closed_account_is_refused(running):
    assert operator(running, "close", ACCOUNT_ID).returncode == 0
    ended = operator(running, "reset-admin", ACCOUNT_ID)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "restore it first" in ended.stderr
