"""Login profiles, ChangePassword, and what the password policy of the account means for them."""

import concurrent.futures
import datetime
import time

import pytest
from botocore.exceptions import ClientError
from conftest import Identity
from refusals import refused
from signin_client import sign_in
from wardkeep_server import WardkeepServer

GOOD = "Tide-Lantern-42"


def with_password(iam, user, password=GOOD, **more):
    return iam.create_login_profile(UserName=user, Password=password, **more)["LoginProfile"]


# One profile per user; the password is never shown again.
def test_create_login_profile_and_get_login_profile(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    with refused("NoSuchEntity", f"Login Profile for User {user} cannot be found."):
        iam.get_login_profile(UserName=user)
    made = with_password(iam, user, PasswordResetRequired=True)
    assert made["UserName"] == user and made["PasswordResetRequired"] is True
    assert abs((datetime.datetime.now(datetime.timezone.utc) - made["CreateDate"]).total_seconds()) < 60
    shown = iam.get_login_profile(UserName=user)["LoginProfile"]
    assert shown == made
    with refused("EntityAlreadyExists", f"Login Profile for user {user} already exists."):
        with_password(iam, user)
    with refused("NoSuchEntity", "The user with name nobody-here cannot be found."):
        with_password(iam, "nobody-here")
    with refused("ValidationError", containing="'password' failed to satisfy constraint: Member must not be null"):
        other = name("user")
        iam.create_user(UserName=other)
        iam.create_login_profile(UserName=other)


# Without a policy of its own the account has AWS's default policy.
@pytest.mark.parametrize("password, text", [
    ("Abc1!", "Password should have a minimum length of 8"),
    ("abcdefg1", "Password should meet 1 more of the following requirements: Password should have at least one uppercase"
                 " letter, Password should have at least one symbol"),
])
def test_create_login_profile_under_the_default_policy(fresh, password, text):
    iam = fresh.admin.iam
    iam.create_user(UserName="u")
    with refused("PasswordPolicyViolation", text):
        with_password(iam, "u", password)
    with refused("NoSuchEntity"):
        iam.get_login_profile(UserName="u")


def test_update_login_profile(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    with refused("NoSuchEntity", f"Login Profile for User {user} cannot be found."):
        iam.update_login_profile(UserName=user, Password=GOOD)
    with_password(iam, user)
    iam.update_login_profile(UserName=user, PasswordResetRequired=True)
    assert iam.get_login_profile(UserName=user)["LoginProfile"]["PasswordResetRequired"] is True
    iam.update_login_profile(UserName=user, Password=GOOD + "x", PasswordResetRequired=False)
    assert iam.get_login_profile(UserName=user)["LoginProfile"]["PasswordResetRequired"] is False
    with refused("PasswordPolicyViolation", "Password should have a minimum length of 8"):
        iam.update_login_profile(UserName=user, Password="Ab1!")


def test_delete_login_profile(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    with refused("NoSuchEntity", f"Login Profile for User {user} cannot be found."):
        iam.delete_login_profile(UserName=user)
    with_password(iam, user)
    with refused("DeleteConflict", "Cannot delete entity, must delete login profile first."):
        iam.delete_user(UserName=user)
    iam.delete_login_profile(UserName=user)
    with refused("NoSuchEntity"):
        iam.get_login_profile(UserName=user)
    iam.delete_user(UserName=user)


def test_change_password(iam, new_user):
    user, caller = new_user({"Effect": "Allow", "Action": "iam:ChangePassword", "Resource": "*"})
    change = caller.iam.change_password
    with refused("NoSuchEntity", f"Login Profile for User {user} cannot be found."):
        change(OldPassword=GOOD, NewPassword=GOOD + "1")
    with_password(iam, user, PasswordResetRequired=True)
    with refused("AccessDenied", "The old password was incorrect."):
        change(OldPassword=GOOD + "0", NewPassword=GOOD + "1")
    with refused("PasswordPolicyViolation", "Password should have a minimum length of 8"):
        change(OldPassword=GOOD, NewPassword="Ab1!")
    change(OldPassword=GOOD, NewPassword=GOOD + "1")
    assert iam.get_login_profile(UserName=user)["LoginProfile"]["PasswordResetRequired"] is False
    with refused("AccessDenied", "The old password was incorrect."):
        change(OldPassword=GOOD, NewPassword=GOOD + "2")
    with refused("AccessDenied"):  # also without reuse prevention
        change(OldPassword=GOOD + "1", NewPassword=GOOD + "1")


def test_change_password_is_for_users(root, iam, new_role, assume, admin, account):
    with refused("InvalidUserType", "Only IAM Users can change their own password"):
        root.iam.change_password(OldPassword="a", NewPassword=GOOD)
    role = new_role({"AWS": account}, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    with refused("InvalidUserType", "Only IAM Users can change their own password"):
        assume(admin, role).iam.change_password(OldPassword="a", NewPassword=GOOD)


# AllowUsersToChangePassword stands for the permission; an explicit deny still wins.
def test_change_password_allowed_by_the_policy(fresh):
    iam = fresh.admin.iam
    iam.create_user(UserName="u")
    with_password(iam, "u")
    key = iam.create_access_key(UserName="u")["AccessKey"]
    caller = type(fresh.admin).of_access_key(fresh.endpoint, key).iam
    with refused("AccessDenied", containing="is not authorized to perform: iam:ChangePassword"):
        caller.change_password(OldPassword=GOOD, NewPassword=GOOD + "1")
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    caller.change_password(OldPassword=GOOD, NewPassword=GOOD + "1")
    assert caller.get_account_password_policy()["PasswordPolicy"]["AllowUsersToChangePassword"] is True
    with refused("AccessDenied"):
        caller.update_account_password_policy(AllowUsersToChangePassword=False)
    iam.put_user_policy(UserName="u", PolicyName="no", PolicyDocument=
                        '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:ChangePassword","Resource":"*"}}')
    with refused("AccessDenied", containing="with an explicit deny"):
        caller.change_password(OldPassword=GOOD + "1", NewPassword=GOOD + "2")


# Of changes that begin with the same password one wins; the others are refused, some as guesses, and change nothing.
def test_change_password_concurrently(fresh):
    iam = fresh.admin.iam
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    iam.create_user(UserName="u")
    with_password(iam, "u")
    caller = type(fresh.admin).of_access_key(fresh.endpoint, iam.create_access_key(UserName="u")["AccessKey"])

    def change(number):
        try:
            caller.client("iam").change_password(OldPassword=GOOD, NewPassword=f"changed-{number}")
            return number
        except ClientError as refusal:
            assert refusal.response["Error"]["Code"] in ("AccessDenied", "EntityTemporarilyUnmodifiable", "Throttling"), refusal
            return None

    with concurrent.futures.ThreadPoolExecutor(8) as clients:
        winners = [number for number in clients.map(change, range(16)) if number is not None]
    assert len(winners) == 1
    when_not_held_up(lambda: caller.iam.change_password(OldPassword=f"changed-{winners[0]}", NewPassword=GOOD))


def when_not_held_up(call, most=15):
    """Repeats a call that is slowed down until it is let through."""
    for _ in range(most * 4):
        try:
            return call()
        except ClientError as refusal:
            if refusal.response["Error"]["Code"] != "Throttling":
                raise
            time.sleep(0.25)
    raise AssertionError("still held up")


# Wrong old passwords are guesses: they slow down the user's changes and sign-ins together, for right passwords too.
def test_change_password_slows_guessing_down(fresh):
    iam = fresh.admin.iam
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    callers = {}
    for user in ("u", "other"):
        iam.create_user(UserName=user)
        with_password(iam, user)
        callers[user] = type(fresh.admin).of_access_key(fresh.endpoint, iam.create_access_key(UserName=user)["AccessKey"]).iam
    for number in range(5):
        with refused("AccessDenied", "The old password was incorrect."):
            callers["u"].change_password(OldPassword=f"wrong-{number}", NewPassword=GOOD + "1")
    with refused("Throttling", "Rate exceeded"):
        callers["u"].change_password(OldPassword=GOOD, NewPassword=GOOD + "1")
    assert sign_in(fresh, "u", GOOD).code == "TooManyAttempts"
    callers["other"].change_password(OldPassword=GOOD, NewPassword=GOOD + "1")
    when_not_held_up(lambda: callers["u"].change_password(OldPassword=GOOD, NewPassword=GOOD + "1"))
    assert sign_in(fresh, "u", GOOD + "1").status == 200
    for number in range(5):  # and the other way round, by the alias of the account as well
        assert sign_in(fresh, "u", f"wrong-{number}").code == "AuthenticationFailed"
    with refused("Throttling"):
        callers["u"].change_password(OldPassword=GOOD + "1", NewPassword=GOOD + "2")


# The present password counts as the newest of the remembered ones; administrators are not bound by the history.
def test_change_password_reuse_prevention(fresh):
    iam = fresh.admin.iam
    iam.update_account_password_policy(AllowUsersToChangePassword=True, PasswordReusePrevention=2)
    iam.create_user(UserName="u")
    with_password(iam, "u", "first-1")
    key = iam.create_access_key(UserName="u")["AccessKey"]
    change = type(fresh.admin).of_access_key(fresh.endpoint, key).iam.change_password
    reuse = "Policy constraint violation with password reuse prevention during password change."
    with refused("AccessDenied", "The new password must differ from the old password."):
        change(OldPassword="first-1", NewPassword="first-1")
    change(OldPassword="first-1", NewPassword="second-2")
    with refused("PasswordPolicyViolation", reuse):
        change(OldPassword="second-2", NewPassword="first-1")
    change(OldPassword="second-2", NewPassword="third-3")
    change(OldPassword="third-3", NewPassword="first-1")
    iam.update_login_profile(UserName="u", Password="first-1")


# Get before any Update is an error; Update replaces the whole policy; what is left out goes back to its default.
def test_account_password_policy(fresh):
    iam = fresh.admin.iam
    missing = f"The Password Policy with domain name {fresh.account_id} cannot be found."
    with refused("NoSuchEntity", missing):
        iam.get_account_password_policy()
    with refused("NoSuchEntity", "The account policy with name PasswordPolicy cannot be found."):
        iam.delete_account_password_policy()
    iam.update_account_password_policy()
    assert iam.get_account_password_policy()["PasswordPolicy"] == {
        "MinimumPasswordLength": 6, "RequireSymbols": False, "RequireNumbers": False, "RequireUppercaseCharacters": False,
        "RequireLowercaseCharacters": False, "AllowUsersToChangePassword": False, "ExpirePasswords": False}
    everything = {"MinimumPasswordLength": 14, "RequireSymbols": True, "RequireNumbers": True,
                  "RequireUppercaseCharacters": True, "RequireLowercaseCharacters": True,
                  "AllowUsersToChangePassword": True, "MaxPasswordAge": 90, "PasswordReusePrevention": 24, "HardExpiry": True}
    iam.update_account_password_policy(**everything)
    assert iam.get_account_password_policy()["PasswordPolicy"] == {**everything, "ExpirePasswords": True}
    iam.create_user(UserName="u")
    with refused("PasswordPolicyViolation", "Password should have a minimum length of 14, Password should have at least one"
                 " uppercase letter, Password should have at least one number, Password should have at least one symbol"):
        with_password(iam, "u", "short")
    iam.update_account_password_policy(MinimumPasswordLength=128, HardExpiry=False)
    shown = iam.get_account_password_policy()["PasswordPolicy"]
    assert shown["MinimumPasswordLength"] == 128 and shown["HardExpiry"] is False and "MaxPasswordAge" not in shown
    iam.delete_account_password_policy()
    with refused("NoSuchEntity", missing):
        iam.get_account_password_policy()


@pytest.mark.parametrize("member, least, most", [
    ("MinimumPasswordLength", 6, 128), ("MaxPasswordAge", 1, 1095), ("PasswordReusePrevention", 1, 24)])
def test_update_account_password_policy_borders(iam, member, least, most):
    for value in (least - 1, most + 1):
        with refused("ValidationError", containing="failed to satisfy constraint"):
            iam.update_account_password_policy(**{member: value})


# Passwords are stored as Argon2id and survive a restart with their history; nothing of them is in the log.
def test_passwords_after_a_restart(binary, tmp_path):
    said = []

    def start():
        return WardkeepServer(binary, data=tmp_path / "data", arguments=["--log-level", "debug"])

    with start() as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        iam.update_account_password_policy(AllowUsersToChangePassword=True, PasswordReusePrevention=3)
        iam.create_user(UserName="u")
        with_password(iam, "u", "first-secret-1")
        key = iam.create_access_key(UserName="u")["AccessKey"]
        user = Identity.of_access_key(server.endpoint, key).iam
        user.change_password(OldPassword="first-secret-1", NewPassword="second-secret-2")
        said += server.output
        server.kill()
    with start() as server:
        user = Identity.of_access_key(server.endpoint, key).iam
        with refused("PasswordPolicyViolation"):
            user.change_password(OldPassword="second-secret-2", NewPassword="first-secret-1")
        user.change_password(OldPassword="second-secret-2", NewPassword="third-secret-3")
        said += server.output
    for word in ("first-secret-1", "second-secret-2", "third-secret-3", "argon2"):
        assert word not in "\n".join(said)


# The additions to AWS: off unless set, per account.
def test_put_account_properties_and_get_account_properties(fresh):
    iam = fresh.admin.iam
    assert iam.get_account_properties()["Properties"] == {}
    iam.create_user(UserName="u")
    with_password(iam, "u", "P4$$w0rd-1")
    iam.put_account_properties(Properties={"WardkeepPasswords/RefuseCommon": "true"})
    iam.put_account_properties(Properties={"WardkeepPasswords/MinimumStrength": "40"})
    assert iam.get_account_properties()["Properties"] == {
        "WardkeepPasswords/RefuseCommon": "true", "WardkeepPasswords/MinimumStrength": "40"}
    with refused("PasswordPolicyViolation", "Password should not be a common password, Password should be harder to guess"):
        iam.update_login_profile(UserName="u", Password="P4$$w0rd-1")
    iam.update_login_profile(UserName="u", Password="xK9-pq!vLm2-Rt")
    for properties in ({"WardkeepPasswords/MinimumStrength": "129"}, {"WardkeepPasswords/RefuseCommon": "yes"},
                       {"Nothing/Known": "1"}, {"NoNamespace": "true"}, {"A/B/C": "true"}):
        with refused("InvalidInput"):
            iam.put_account_properties(Properties=properties)
    assert len(iam.get_account_properties()["Properties"]) == 2
