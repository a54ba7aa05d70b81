"""MaxSigninSessionDuration of roles and login profiles: kept, shown, reset, and a limit for every sign-in."""

import datetime
import json

import pytest
from documents import trust
from refusals import refused
from signin_client import federation, send, sign_in
from test_federation_endpoint import session_json

PASSWORD = "Tide-Lantern-2042"
DAY = 12 * 3600


# Seconds from now to the end of the session that an answer shows.
def life(answer):
    end = datetime.datetime.fromisoformat(answer["expiration"].replace("Z", "+00:00"))
    return (end - datetime.datetime.now(datetime.timezone.utc)).total_seconds()


@pytest.fixture
def role(iam, name, account):
    def make(**more):
        made = name("role")
        iam.create_role(RoleName=made, AssumeRolePolicyDocument=trust({"AWS": account}), **more)
        return made

    return make


@pytest.fixture
def person(iam, name):
    def make(**more):
        made = name("person")
        iam.create_user(UserName=made)
        shown = iam.create_login_profile(UserName=made, Password=PASSWORD, **more)["LoginProfile"]
        assert shown.get("MaxSigninSessionDuration") == more.get("MaxSigninSessionDuration")
        return made

    return make


# Left out when unset; set, changed, kept by other updates and reset.
def test_role_shows_it(iam, role):
    def shown(name):
        return iam.get_role(RoleName=name)["Role"].get("MaxSigninSessionDuration")

    plain, limited = role(), role(MaxSigninSessionDuration=7200)
    assert (shown(plain), shown(limited)) == (None, 7200)
    assert [row.get("MaxSigninSessionDuration") for row in iam.list_roles()["Roles"] if row["RoleName"] == limited] == [7200]
    iam.update_role(RoleName=limited, Description="kept")
    assert shown(limited) == 7200
    iam.update_role(RoleName=limited, MaxSigninSessionDuration=7776000, ResetMaxSigninSessionDuration=False)
    assert shown(limited) == 7776000
    for _ in range(2):
        iam.update_role(RoleName=limited, ResetMaxSigninSessionDuration=True)
        assert shown(limited) is None
    assert iam.get_role(RoleName=limited)["Role"]["MaxSessionDuration"] == 3600


def test_login_profile_shows_it(iam, person):
    def shown(name):
        return iam.get_login_profile(UserName=name)["LoginProfile"].get("MaxSigninSessionDuration")

    plain, limited = person(), person(MaxSigninSessionDuration=3600)
    assert (shown(plain), shown(limited)) == (None, 3600)
    iam.update_login_profile(UserName=limited, PasswordResetRequired=False)
    iam.update_login_profile(UserName=limited, Password=PASSWORD + "x")
    assert shown(limited) == 3600
    iam.update_login_profile(UserName=limited, MaxSigninSessionDuration=7200)
    assert shown(limited) == 7200
    iam.update_login_profile(UserName=limited, ResetMaxSigninSessionDuration=True)
    assert shown(limited) is None


# One second beyond each limit, and a value together with its reset.
def test_refusals(iam, role, person):
    name, user = role(), person()
    for seconds in (3599, 7776001, 0, -1):
        for call in (lambda **more: iam.update_role(RoleName=name, **more), lambda **more: role(**more),
                     lambda **more: iam.update_login_profile(UserName=user, **more), lambda **more: person(**more)):
            with refused("ValidationError", containing="maxSigninSessionDuration"):
                call(MaxSigninSessionDuration=seconds)
    both = {"MaxSigninSessionDuration": 7200, "ResetMaxSigninSessionDuration": True}
    with refused("InvalidInput"):
        iam.update_role(RoleName=name, **both)
    with refused("InvalidInput"):
        iam.update_login_profile(UserName=user, **both)
    assert "MaxSigninSessionDuration" not in iam.get_role(RoleName=name)["Role"]


# A service-linked role keeps both of its durations.
def test_service_linked_role(fresh):
    iam = fresh.admin.iam
    made = iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com")["Role"]["RoleName"]
    with refused("UnmodifiableEntity", f"{made} is an AWS service linked role, max session duration cannot be changed."):
        iam.update_role(RoleName=made, MaxSessionDuration=7200)
    for more in ({"MaxSigninSessionDuration": 7200}, {"ResetMaxSigninSessionDuration": True}):
        with refused("UnmodifiableEntity"):
            iam.update_role(RoleName=made, **more)


# The session of a user ends by the user's own limit; the next sign-in follows a change.
@pytest.mark.parametrize("seconds, expected", [(None, DAY), (3600, 3600), (7776000, DAY)])
def test_sign_in_of_a_user(server, iam, person, seconds, expected):
    user = person(**({"MaxSigninSessionDuration": seconds} if seconds else {}))
    answer = sign_in(server, user, PASSWORD)
    assert answer.status == 200
    assert expected - 60 < life(answer.json) <= expected + 1
    assert f"Max-Age={expected};" in answer.set_cookie + ";"
    iam.update_login_profile(UserName=user, MaxSigninSessionDuration=7200)
    assert life(sign_in(server, user, PASSWORD).json) <= 7201
    # The session that is there already is not affected.
    assert expected - 120 < life(send(server, "GET", "/signin/session", cookie=answer.cookie).json)


# The same for whoever signs in with a role, whatever duration was asked for; AssumeRole does not ask for it.
@pytest.mark.parametrize("asked, expected", [({}, 3600), ({"SessionDuration": "43200"}, 5400), ({"SessionDuration": "900"}, 900)])
def test_sign_in_with_a_role(server, admin, iam, role, assume, account, asked, expected):
    name = role(MaxSigninSessionDuration=5400, MaxSessionDuration=43200)
    arn = f"arn:aws:iam::{account}:role/{name}"
    long = admin.sts.assume_role(RoleArn=arn, RoleSessionName="long", DurationSeconds=43200)["Credentials"]
    left = long["Expiration"] - datetime.datetime.now(datetime.timezone.utc)
    assert left.total_seconds() > 43000
    answer = federation(server, Action="getSigninToken", Session=session_json(assume(admin, arn)), **asked)
    login = federation(server, Action="login", SigninToken=answer.json["SigninToken"])
    assert login.status == 302
    shown = send(server, "GET", "/signin/session", cookie=login.cookie).json
    assert expected - 60 < life(shown) <= expected + 1
