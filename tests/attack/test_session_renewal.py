"""Sessions that renew themselves: credentials made from credentials keep the time, the limits and the end of the first."""

import datetime
import json
import time

import pytest
from conftest import Identity
from console import cookie_of, credentials, login, narrow, sign_out, signin_token
from documents import policy
from refusals import refused
from signin_client import send, sign_in

ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
GOOD = "Tide-Lantern-42"


def revoke(moment):
    return json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Deny", "Action": "*", "Resource": "*",
        "Condition": {"DateLessThan": {"aws:TokenIssueTime": moment.strftime("%Y-%m-%dT%H:%M:%SZ")}}}})


def now():
    return datetime.datetime.now(datetime.timezone.utc)


def role_name(arn):
    return arn.rsplit("/", 1)[1]


# Role session, sign-in token, console, credentials, and again: the circle is cut.
def test_console_credentials_make_no_console(server, admin, new_role, assume, account):
    role = new_role({"AWS": account}, ALL)
    console = credentials(server, cookie_of(server, assume(admin, role)))
    narrower = narrow(server, console, DurationSeconds=900)
    for identity in (console, assume(console, new_role({"AWS": account}, ALL)), narrower):
        answer = signin_token(server, identity)
        assert answer.status == 400 and "not from the console" in answer.text


# What an administrator revokes stays revoked, for the console session and for what is made from it later.
def test_revoked_sessions_are_not_renewed(server, iam, admin, new_role, assume, account):
    role = new_role({"AWS": account}, ALL)
    session = assume(admin, role)
    cookie = cookie_of(server, session)
    token = signin_token(server, session).json["SigninToken"]
    time.sleep(1.1)
    iam.put_role_policy(RoleName=role_name(role), PolicyName="revoke", PolicyDocument=revoke(now()))
    time.sleep(1.1)
    for identity in (session, credentials(server, cookie), credentials(server, login(server, token).cookie)):
        with refused("AccessDenied"):
            identity.iam.list_users()
    assume(admin, role).iam.list_users()


def test_revoked_sign_ins_are_not_renewed(server, iam, name):
    user = name("person")
    iam.create_user(UserName=user)
    iam.create_login_profile(UserName=user, Password=GOOD)
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=policy(ALL))
    cookie = sign_in(server, user, GOOD).cookie
    time.sleep(1.1)
    iam.put_user_policy(UserName=user, PolicyName="revoke", PolicyDocument=revoke(now()))
    time.sleep(1.1)
    with refused("AccessDenied"):
        credentials(server, cookie).iam.list_users()
    credentials(server, sign_in(server, user, GOOD).cookie).iam.list_users()


# Two roles that trust each other: by way of the other one a revoked role comes back as old as it was.
def test_roles_in_a_circle_get_no_younger(server, iam, admin, new_role, assume, account):
    first, second = new_role({"AWS": account}, ALL), new_role({"AWS": account}, ALL)
    session = assume(assume(admin, first), second)
    time.sleep(1.1)
    iam.put_role_policy(RoleName=role_name(first), PolicyName="revoke", PolicyDocument=revoke(now()))
    time.sleep(1.1)
    with refused("AccessDenied"):
        assume(session, first).iam.list_users()
    assume(admin, first).iam.list_users()


# A console session is not longer than the role's MaxSessionDuration, however long it is asked to be.
def test_maximum_of_the_role(server, admin, new_role, assume, account):
    session = assume(admin, new_role({"AWS": account}, ALL), DurationSeconds=900)
    shown = send(server, "GET", "/signin/session", cookie=cookie_of(server, session, SessionDuration="43200")).json
    end = datetime.datetime.fromisoformat(shown["expiration"].replace("Z", "+00:00"))
    assert (end - now()).total_seconds() <= 3600


# Signing out ends what was made from the session: its credentials, roles assumed with them, narrower sessions.
@pytest.mark.parametrize("of", ["user", "role"])
def test_sign_out_ends_what_was_made(server, iam, admin, name, new_role, assume, account, of):
    if of == "user":
        user = name("person")
        iam.create_user(UserName=user)
        iam.create_login_profile(UserName=user, Password=GOOD)
        iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=policy(ALL))
        cookie = sign_in(server, user, GOOD).cookie
    else:
        cookie = cookie_of(server, assume(admin, new_role({"AWS": account}, ALL)))
    console = credentials(server, cookie)
    role = assume(console, new_role({"AWS": account}, ALL))
    narrower = narrow(server, console, DurationSeconds=900)
    chained = assume(role, new_role({"AWS": account}, ALL))
    made = [console, role, narrower, chained]
    for identity in made:
        identity.sts.get_caller_identity()
    assert sign_out(server, cookie).status == 200
    for identity in made:
        with refused("InvalidClientTokenId"):
            identity.sts.get_caller_identity()
    assert send(server, "POST", "/signin/credentials", cookie=cookie).status == 401


# One hour for a role that is assumed with temporary credentials of any kind.
@pytest.mark.parametrize("seconds, given", [(None, True), (3600, True), (3601, False), (43200, False)])
@pytest.mark.parametrize("source", ["key", "session token", "role"])
def test_chains_last_an_hour(server, admin, new_role, assume, account, source, seconds, given):
    role = new_role({"AWS": account}, ALL, MaxSessionDuration=43200)
    callers = {"key": lambda: admin,
               "session token": lambda: Identity.of_credentials(server.endpoint, admin.sts.get_session_token()["Credentials"]),
               "role": lambda: assume(admin, new_role({"AWS": account}, ALL))}
    more = {"DurationSeconds": seconds} if seconds else {}
    if given or source == "key":
        assume(callers[source](), role, **more)
        return
    with refused("ValidationError",
                 "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."):
        assume(callers[source](), role, **more)
