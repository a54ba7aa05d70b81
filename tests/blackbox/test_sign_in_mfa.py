"""The second factor at sign-in: no code, no session; a code works once; the session carries the MFA keys."""

import json

import pytest
from conftest import Identity
from one_time_codes import create_device, enable_device
from refusals import refused
from signin_client import root_password, send, sign_in
from wardkeep_server import WardkeepServer

GOOD = "Tide-Lantern-42"


@pytest.fixture
def person(iam, name):
    user = name("mfa-person")
    iam.create_user(UserName=user)
    for key, present in (("true", "iam:ListUsers"), ("false", "iam:ListGroups")):
        document = {"Version": "2012-10-17", "Statement": {
            "Effect": "Allow", "Action": present, "Resource": "*",
            "Condition": {"Bool": {"aws:MultiFactorAuthPresent": key}}}}
        iam.put_user_policy(UserName=user, PolicyName=key, PolicyDocument=json.dumps(document))
    fresh = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:ListRoles", "Resource": "*",
                                                    "Condition": {"NumericLessThan": {"aws:MultiFactorAuthAge": "60"}}}}
    iam.put_user_policy(UserName=user, PolicyName="age", PolicyDocument=json.dumps(fresh))
    iam.create_login_profile(UserName=user, Password=GOOD)
    return user


def test_code_is_required_and_works_once(server, iam, name, person):
    before = sign_in(server, person, GOOD)
    assert before.status == 200 and before.json["mfaAuthenticated"] is False
    before.identity(server).iam.list_groups()
    device = enable_device(iam, person, name("device"))
    asked = sign_in(server, person, GOOD)
    assert asked.status == 401 and asked.code == "MfaRequired" and not asked.set_cookie
    assert sign_in(server, person, GOOD + "0").code == "AuthenticationFailed", "not before the password is right"
    wrong = sign_in(server, person, GOOD, mfaCode=device.wrong())
    assert wrong.status == 401 and wrong.code == "AuthenticationFailed"
    assert sign_in(server, person, GOOD, mfaCode=device.code(-1)).code == "AuthenticationFailed", "used to enable"
    right = device.code()
    done = sign_in(server, person, GOOD, mfaCode=right)
    assert done.status == 200 and done.json["mfaAuthenticated"] is True
    assert sign_in(server, person, GOOD, mfaCode=right).code == "AuthenticationFailed", "a code works once"
    with_mfa = done.identity(server).iam
    with_mfa.list_users()
    with_mfa.list_roles()
    with refused("AccessDenied"):
        with_mfa.list_groups()
    again = send(server, "POST", "/signin/credentials", cookie=done.cookie)
    again.identity(server).iam.list_users()


# A required change of password does not use the code up; both are needed.
def test_code_and_new_password(server, iam, name, person):
    device = enable_device(iam, person, name("device"))
    iam.update_login_profile(UserName=person, PasswordResetRequired=True)
    iam.attach_user_policy(UserName=person, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
    right = device.code()
    assert sign_in(server, person, GOOD, newPassword=GOOD + "1").code == "MfaRequired"
    assert sign_in(server, person, GOOD, mfaCode=right).code == "PasswordChangeRequired"
    assert sign_in(server, person, GOOD, mfaCode=right, newPassword=GOOD + "1").status == 200
    assert iam.get_login_profile(UserName=person)["LoginProfile"]["PasswordResetRequired"] is False


# Root: the first session may enrol a device, and with it root is root.
def test_root_enrols_and_signs_in(binary, account):
    with WardkeepServer(binary) as server:
        first = sign_in(server, None, root_password(server), root=True, newPassword=GOOD)
        assert first.json["mfaEnrolmentRequired"] is True
        iam = first.identity(server).iam
        device = create_device(iam, "root-account-mfa-device")
        assert device.serial.startswith(f"arn:aws:iam::{account}:mfa/")
        iam.enable_mfa_device(UserName=account, SerialNumber=device.serial, **device.pair(-1))
        assert sign_in(server, None, GOOD, root=True).code == "MfaRequired"
        answer = sign_in(server, None, GOOD, root=True, mfaCode=device.code())
        assert answer.status == 200 and "mfaEnrolmentRequired" not in answer.json
        root = answer.identity(server)
        root.iam.create_user(UserName="by-root")
        assert Identity(server.endpoint, *server.admin_key).iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 1
        changed = send(server, "POST", "/signin/root", {"action": "ChangeName", "name": "N", "password": GOOD},
                       cookie=answer.cookie)
        assert changed.status == 200
