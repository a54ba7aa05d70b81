"""The root user: first sign-in, root-only tasks, rescue of an administrator, closing and restoring an account."""

import json
import subprocess

import pytest
from account_digest import stored_documents
from conftest import Identity
from refusals import refused
from signin_client import root_password, send, sign_in
from wardkeep_server import WardkeepServer

NEW = "Harbour-Compass-77"
ANY = ["--signin-root-mfa-required", "false"]


@pytest.fixture
def lone(binary):
    """A server whose root user needs no MFA device."""
    with WardkeepServer(binary, arguments=ANY) as server:
        server.admin = Identity(server.endpoint, *server.admin_key)
        yield server


def root_in(server, password=NEW, **more):
    return sign_in(server, None, password, root=True, **more)


def first_sign_in(server):
    answer = root_in(server, root_password(server), newPassword=NEW)
    assert answer.status == 200, answer.text
    return answer


def task(server, answer, **body):
    return send(server, "POST", "/signin/root", {"password": NEW, **body}, cookie=answer.cookie)


# The password of the first start works once: it must be replaced at sign-in.
def test_one_time_password(lone, account):
    once = root_password(lone)
    assert root_in(lone, once).code == "PasswordChangeRequired"
    assert root_in(lone, once, newPassword="short").code == "PasswordPolicyViolation"
    answer = root_in(lone, once, newPassword=NEW)
    assert answer.status == 200 and answer.json["type"] == "Root"
    assert answer.json["arn"] == f"arn:aws:iam::{account}:root"
    assert root_in(lone, once).code == "AuthenticationFailed"
    root = root_in(lone).identity(lone)
    assert root.sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{account}:root"
    root.iam.create_user(UserName="by-root")


# Unless switched off, a root user without a device may do nothing but enrol one.
def test_mfa_is_to_be_enrolled_first(fresh):
    answer = first_sign_in(fresh)
    assert answer.json["mfaEnrolmentRequired"] is True
    root = answer.identity(fresh)
    root.iam.get_user()
    for call in (lambda: root.iam.list_users(), lambda: root.iam.create_user(UserName="x"),
                 lambda: root.iam.create_access_key()):
        with refused("AccessDenied"):
            call()
    assert task(fresh, answer, action="ChangeName", name="n").code == "MfaEnrolmentRequired"


# Whatever policies say, root can give an administrator who is locked out the way back.
def test_root_restores_a_locked_out_administrator(lone):
    iam = lone.admin.iam
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}
    iam.put_group_policy(GroupName="Administrators", PolicyName="oops", PolicyDocument=json.dumps(document))
    with refused("AccessDenied"):
        iam.delete_group_policy(GroupName="Administrators", PolicyName="oops")
    root = first_sign_in(lone).identity(lone)
    root.iam.delete_group_policy(GroupName="Administrators", PolicyName="oops")
    iam.list_users()


# Changing the account is for root alone, and asks for the password once more.
def test_root_only_tasks(lone, account):
    lone.admin.iam.create_user(UserName="u")
    lone.admin.iam.create_login_profile(UserName="u", Password=NEW)
    lone.admin.iam.attach_user_policy(UserName="u", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
    user = sign_in(lone, "u", NEW)
    for action in ("ChangeEmail", "ChangeName", "ChangePassword", "CloseAccount"):
        refusal = task(lone, user, action=action, email="a@example.com", name="n", accountId=account)
        assert refusal.status == 403 and refusal.code == "NotRoot"
    assert send(lone, "POST", "/signin/root", {"action": "ChangeName", "name": "n"}).status == 401
    root = first_sign_in(lone)
    wrong = send(lone, "POST", "/signin/root", {"password": "wrong-1", "action": "ChangeName", "name": "n"},
                 cookie=root.cookie)
    assert wrong.status == 401 and wrong.code == "AuthenticationFailed"
    assert task(lone, root, action="Nothing").code == "InvalidRequest"
    assert task(lone, root, action="ChangeEmail", email="no-address").code == "InvalidRequest"
    assert task(lone, root, action="ChangeName", name="Northwind").status == 200
    assert task(lone, root, action="ChangeEmail", email="owner@example.com").status == 200
    assert root_in(lone).code == "AuthenticationFailed", "the address is asked for once there is one"
    assert root_in(lone, email="Owner@Example.com").status == 200
    changed = task(lone, root, action="ChangePassword", newPassword=NEW + "8")
    assert changed.status == 200
    assert root_in(lone, email="owner@example.com").code == "AuthenticationFailed"
    assert root_in(lone, NEW + "8", email="owner@example.com").status == 200


def test_root_closes_the_account(lone, account):
    root = first_sign_in(lone)
    assert task(lone, root, action="CloseAccount", accountId="000000000000").code == "InvalidRequest"
    assert task(lone, root, action="CloseAccount", accountId=account).status == 200
    with refused("InvalidClientTokenId"):
        lone.admin.iam.list_users()
    assert send(lone, "GET", "/signin/session", cookie=root.cookie).status == 401


def command(binary, data, *words):
    done = subprocess.run([str(binary), "account", *words, "--data", str(data)], capture_output=True, text=True, timeout=20)
    return done.returncode, done.stdout, done.stderr


# `wardkeep account close` refuses every credential of the account, `restore` lets them work again; both survive a kill.
def test_close_and_restore_by_the_operator(binary, tmp_path, account):
    data = tmp_path / "data"
    with WardkeepServer(binary, data=data, arguments=ANY) as server:
        admin = Identity(server.endpoint, *server.admin_key)
        admin.iam.create_user(UserName="u")
        admin.iam.create_login_profile(UserName="u", Password=NEW)
        signed_in = sign_in(server, "u", NEW)
        session = Identity.of_credentials(server.endpoint, admin.sts.get_session_token()["Credentials"])
        status, said, _ = command(binary, data, "close", account)
        assert status == 0 and said == f"account {account} is closed\n"
        for call in (admin.iam.list_users, session.sts.get_caller_identity, signed_in.identity(server).sts.get_caller_identity):
            with refused("InvalidClientTokenId"):
                call()
        assert sign_in(server, "u", NEW).code == "AuthenticationFailed"
        assert send(server, "GET", "/signin/session", cookie=signed_in.cookie).status == 401
        status, _, said = command(binary, data, "close", account)
        assert status == 1 and "closed already" in said
        assert "closed" in json.loads(command(binary, data, "list", "--json")[1])["accounts"][0]
        server.kill()
    with WardkeepServer(binary, data=data, arguments=ANY) as server:
        admin = Identity(server.endpoint, *server.admin_key)
        with refused("InvalidClientTokenId"):
            admin.iam.list_users()
        assert command(binary, data, "restore", account)[:2] == (0, f"account {account} is restored\n")
        assert "u" in [u["UserName"] for u in admin.iam.list_users()["Users"]]
        assert sign_in(server, "u", NEW).status == 200
        assert command(binary, data, "restore", account)[0] == 1
        assert command(binary, data, "close", "999999999999")[0] == 1
        assert command(binary, data, "close", "12")[0] != 0


# After the waiting period an account stays closed.
def test_restore_after_the_period(binary, tmp_path, account):
    data = tmp_path / "data"
    with WardkeepServer(binary, data=data, arguments=["--closed-account-days", "0"]) as server:
        assert command(binary, data, "close", account)[0] == 0
        status, _, said = command(binary, data, "restore", account)
        assert status == 1 and "cannot be restored" in said
        assert server.process.poll() is None


# A role of a closed account cannot be assumed from elsewhere, and other accounts are not touched.
def test_closed_account_and_its_roles(binary, tmp_path, account):
    data = tmp_path / "data"
    with WardkeepServer(binary, data=data) as server:
        admin = Identity(server.endpoint, *server.admin_key)
        made = json.loads(command(binary, data, "create", "--name", "Two", "--email", "two@example.com", "--json")[1])
        two = Identity(server.endpoint, made["access_key_id"], made["secret_access_key"])
        trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                                                        "Principal": {"AWS": made["account_id"]}}}
        role = admin.iam.create_role(RoleName="r", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        two.sts.assume_role(RoleArn=role, RoleSessionName="two")
        assert command(binary, data, "close", account)[0] == 0
        with refused("AccessDenied"):
            two.sts.assume_role(RoleArn=role, RoleSessionName="two")
        two.iam.list_users()
        asked = sign_in(server, None, made["root_password"], account=made["account_id"], root=True, email="two@example.com")
        assert asked.code == "PasswordChangeRequired"


# Every attempt is a line of the log and a stored fact; names of nobody and passwords are in neither.
def test_attempts_are_recorded(binary, tmp_path, account):
    data = tmp_path / "data"
    with WardkeepServer(binary, data=data, arguments=ANY) as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        iam.create_user(UserName="u")
        iam.create_login_profile(UserName="u", Password=NEW)
        sign_in(server, "u", "wrong-secret-1")
        sign_in(server, "typed-Password-here-9", "wrong-secret-2")
        sign_in(server, "u", NEW)
        first_sign_in(server)
        iam.list_users()  # a later commit: the attempts are stored
    lines = [json.loads(line) for line in server.output if line.startswith("{")]
    said = json.dumps(lines)
    with WardkeepServer(binary, data=data, arguments=ANY):
        kept = json.loads(command(binary, data, "signins", account, "--json")[1])["signins"]
        table = command(binary, data, "signins", account)[1]
    events = [(a["event"], a["outcome"], a["arn"].rpartition(":")[2], a["reason"]) for a in reversed(kept)]
    assert events == [
        ("ConsoleLogin", "Failure", "user/u", "Failed authentication"),
        ("ConsoleLogin", "Failure", "", "No username found in supplied account"),
        ("ConsoleLogin", "Success", "user/u", ""),
        ("PasswordUpdated", "Success", "root", ""),
        ("ConsoleLogin", "Success", "root", ""),
    ]
    assert all(a["source"] == "127.0.0.1" for a in kept)
    assert sum(line["message"] == "sign-in" for line in lines) == 5
    for word in ("wrong-secret", "typed-Password", NEW, "argon2"):
        assert word not in said and word not in table


# After the waiting period the operator may remove the account: nothing of it is left, and its neighbour is untouched.
def test_purge(binary, tmp_path, account):
    data = tmp_path / "data"
    with WardkeepServer(binary, data=data, arguments=["--closed-account-days", "0", *ANY]) as server:
        first = Identity(server.endpoint, *server.admin_key)
        first.iam.create_user(UserName="stays")
        made = json.loads(command(binary, data, "create", "--name", "n", "--email", "e@example.com", "--json")[1])
        other = Identity(server.endpoint, made["access_key_id"], made["secret_access_key"])
        other.iam.create_account_alias(AccountAlias="taken")
        for entity in range(20):
            other.iam.create_user(UserName=f"u{entity}")
        other.iam.create_login_profile(UserName="u1", Password=NEW)
        assert sign_in(server, "u1", NEW, account="taken").status == 200
        token = Identity.of_credentials(server.endpoint, other.sts.get_session_token()["Credentials"])
        status, _, said = command(binary, data, "purge", made["account_id"])
        assert status == 1 and "not closed" in said
        assert command(binary, data, "close", made["account_id"])[0] == 0
        assert command(binary, data, "purge", made["account_id"])[:2] == (0, f"account {made['account_id']} is purged\n")
        for caller in (other, token):
            with refused("InvalidClientTokenId"):
                caller.sts.get_caller_identity()
        assert sign_in(server, "u1", NEW, account=made["account_id"]).code == "AuthenticationFailed"
        for verb in ("purge", "restore", "close", "signins"):
            assert command(binary, data, verb, made["account_id"])[0] == 1
        first.iam.create_account_alias(AccountAlias="taken")
        assert {key[0] for key in stored_documents(data)} == {account}
        server.kill()
    with WardkeepServer(binary, data=data) as server:
        first = Identity(server.endpoint, *server.admin_key)
        assert "stays" in [user["UserName"] for user in first.iam.list_users()["Users"]]
        listed = json.loads(command(binary, data, "list", "--json")[1])["accounts"]
        assert [one["account_id"] for one in listed] == [account]


def test_purge_before_the_period_is_over(binary, tmp_path, account):
    data = tmp_path / "data"
    with WardkeepServer(binary, data=data):
        assert command(binary, data, "close", account)[0] == 0
        status, _, said = command(binary, data, "purge", account)
        assert status == 1 and "can still be restored" in said
        assert command(binary, data, "restore", account)[0] == 0
