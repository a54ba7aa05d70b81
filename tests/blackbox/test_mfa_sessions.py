"""SerialNumber and TokenCode of STS, and policies that ask for them."""

import json

import pytest
from conftest import Identity
from documents import allow, deny, trust
from one_time_codes import enable_device
from refusals import refused

INVALID_CODE = ("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
UNKNOWN_DEVICE = ("AccessDenied", "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA "
                                  "serial number is valid and associated with this user.")
WITHOUT_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}


@pytest.fixture
def with_device(iam, name, new_user):
    """A user with a virtual device whose present code is free; returns (user, Identity, Device)."""

    def make(*statements):
        user, caller = new_user(*statements)
        return user, caller, enable_device(iam, user, name("device"))

    return make


@pytest.fixture
def mfa_session(server):
    def take(caller, device, offset=0, **more):
        answer = caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code(offset), **more)
        return Identity.of_credentials(server.endpoint, answer["Credentials"])

    return take


# A session with MFA reaches IAM, which one without it does not.
def test_get_session_token(with_device, mfa_session):
    user, caller, device = with_device(allow("iam:*"))
    session = mfa_session(caller, device)
    assert session.iam.get_user()["User"]["UserName"] == user
    for offset in (0, -1, 3):  # used, before the one used, too far ahead
        with refused(*INVALID_CODE):
            mfa_session(caller, device, offset)
    mfa_session(caller, device, 1)


# The pattern that forces MFA: everything is denied where the key is false or absent.
def test_policy_that_forces_mfa(with_device, mfa_session, server):
    _, caller, device = with_device(allow("iam:*"), deny("*", condition=WITHOUT_MFA))
    with refused("AccessDenied", containing="with an explicit deny in an identity-based policy"):
        caller.iam.list_users(MaxItems=1)
    mfa_session(caller, device).iam.list_users(MaxItems=1)


# The age of the second factor counts from its use.
def test_age(with_device, mfa_session):
    _, caller, device = with_device(
        allow("iam:ListUsers", condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}}),
        allow("iam:ListRoles", condition={"NumericGreaterThan": {"aws:MultiFactorAuthAge": "3600"}}),
        allow("iam:ListGroups", condition={"Null": {"aws:MultiFactorAuthAge": "true"}}))
    session = mfa_session(caller, device)
    session.iam.list_users(MaxItems=1)
    caller.iam.list_groups(MaxItems=1)
    for refused_call in (session.iam.list_roles, session.iam.list_groups, caller.iam.list_users):
        with refused("AccessDenied"):
            refused_call(MaxItems=1)


# A trust policy that asks for MFA sees the code of the call itself; the session has none.
def test_assume_role(with_device, new_role, account, assume):
    _, caller, device = with_device(allow("sts:AssumeRole"))
    needs_mfa = json.loads(trust({"AWS": account}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"},
                                                            "NumericLessThan": {"aws:MultiFactorAuthAge": "60"}}))
    role = new_role(needs_mfa, allow("iam:ListUsers", condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
                    allow("iam:ListRoles", condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}}))
    with refused("AccessDenied"):
        assume(caller, role)
    with refused(*INVALID_CODE):
        assume(caller, role, SerialNumber=device.serial, TokenCode=device.wrong())
    session = assume(caller, role, SerialNumber=device.serial, TokenCode=device.code())
    session.iam.list_roles(MaxItems=1)
    with refused("AccessDenied"):
        session.iam.list_users(MaxItems=1)


# A session with MFA hands it on to the trust policy.
def test_session_with_mfa_assumes_a_role(with_device, mfa_session, new_role, account, assume):
    _, caller, device = with_device(allow("sts:AssumeRole"))
    role = new_role(json.loads(trust({"AWS": account}, condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}})))
    assume(mfa_session(caller, device), role)


# A code opens nothing but its owner's device.
def test_devices_of_others(with_device, new_user, new_role, account, assume):
    _, caller, device = with_device(allow("*"))
    _, _, other = with_device(allow("*"))
    for serial in (other.serial, device.serial + "x", "GAHT12345678"):
        with refused(*UNKNOWN_DEVICE):
            caller.sts.get_session_token(SerialNumber=serial, TokenCode=other.code())
    session = assume(caller, new_role({"AWS": account}, allow("*")))
    with refused(*UNKNOWN_DEVICE):  # a role has no devices
        session.sts.assume_role(RoleArn=new_role({"AWS": account}), RoleSessionName="chained", SerialNumber=device.serial,
                                TokenCode=device.code())
    with refused("AccessDenied", "Cannot call GetSessionToken with session credentials"):
        session.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code())


# A code is used by the call that succeeds, not by one that is denied for another reason.
def test_denied_call_leaves_the_code(with_device, new_role, account, assume):
    _, caller, device = with_device(allow("sts:AssumeRole"))
    code = {"SerialNumber": device.serial, "TokenCode": device.code()}
    with refused("AccessDenied"):
        assume(caller, f"arn:aws:iam::{account}:role/none", **code)
    role = new_role({"AWS": account})
    assume(caller, role, **code)
    with refused(*INVALID_CODE):
        assume(caller, role, **code)


# The identity's own policies see the code too: an AssumeRole that its user may only do with MFA.
def test_identity_policy_of_assume_role(with_device, new_role, account, assume):
    _, caller, device = with_device(allow("sts:AssumeRole", condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}))
    role = new_role({"AWS": account})
    with refused("AccessDenied"):
        assume(caller, role)
    assume(caller, role, SerialNumber=device.serial, TokenCode=device.code())
