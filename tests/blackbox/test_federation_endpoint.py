"""The federation endpoint: console sign-in with temporary credentials, as aws-vault and scripts use it."""

import json
import urllib.parse

import pytest
from refusals import refused
from signin_client import federation, send

CONSOLE = "https://console.aws.amazon.com/iam/home?region=us-east-1"
READ = {"Effect": "Allow", "Action": ["iam:ListUsers", "iam:GetUser", "sts:GetFederationToken"], "Resource": "*"}


def session_json(identity):
    return json.dumps({"sessionId": identity.key[0], "sessionKey": identity.key[1], "sessionToken": identity.token})


@pytest.fixture
def role_session(new_role, assume, admin, account):
    return assume(admin, new_role({"AWS": account}, READ), session="vault")


# What aws-vault does: a token from the credentials of a role, then the login URL in the browser.
def test_role_session(server, role_session, account):
    answer = federation(server, Action="getSigninToken", SessionType="json", SessionDuration="3600",
                        Session=session_json(role_session))
    assert answer.status == 200 and list(answer.json) == ["SigninToken"]
    login = federation(server, Action="login", Issuer="aws-vault", Destination=CONSOLE,
                       SigninToken=answer.json["SigninToken"])
    assert login.status == 302 and login.headers["Location"] == "/console/"
    assert "HttpOnly" in login.set_cookie
    shown = send(server, "GET", "/signin/session", cookie=login.cookie).json
    assert shown["type"] == "AssumedRole" and shown["arn"].endswith("/vault") and shown["accountId"] == account
    caller = send(server, "POST", "/signin/credentials", cookie=login.cookie).identity(server)
    assert caller.sts.get_caller_identity()["Arn"] == shown["arn"]
    caller.iam.list_users()
    with refused("AccessDenied"):
        caller.iam.create_user(UserName="x")
    out = send(server, "POST", "/federation?Action=logout")
    assert out.status == 302 and "Max-Age=0" in out.set_cookie
    ended = send(server, "POST", "/federation?Action=logout", cookie=login.cookie)
    assert ended.status == 302
    with refused("InvalidClientTokenId"):
        caller.iam.list_users()
    role_session.iam.list_users()


# A federated user may not call IAM with its credentials, but may in the console.
def test_federated_user(server, new_user, account):
    _, caller = new_user(READ)
    policy = json.dumps({"Version": "2012-10-17", "Statement": READ})
    credentials = caller.sts.get_federation_token(Name="guest", Policy=policy)["Credentials"]
    federated = type(caller).of_credentials(server.endpoint, credentials)
    with refused("InvalidClientTokenId"):
        federated.iam.list_users()
    answer = federation(server, Action="getSigninToken", Session=session_json(federated))
    login = federation(server, Action="login", SigninToken=answer.json["SigninToken"], Destination="/console/users")
    assert login.status == 302 and login.headers["Location"] == "/console/users"
    console = send(server, "POST", "/signin/credentials", cookie=login.cookie).identity(server)
    assert console.sts.get_caller_identity()["Arn"] == f"arn:aws:sts::{account}:federated-user/guest"
    console.iam.list_users()
    with refused("AccessDenied"):
        console.iam.create_user(UserName="x")
    refusal = federation(server, Action="getSigninToken", SessionDuration="3600", Session=session_json(federated))
    assert refusal.status == 400


@pytest.mark.parametrize("duration, status", [("900", 200), ("43200", 200), ("899", 400), ("43201", 400), ("x", 400)])
def test_session_duration(server, role_session, duration, status):
    answer = federation(server, Action="getSigninToken", SessionDuration=duration, Session=session_json(role_session))
    assert answer.status == status


# Long-term keys, GetSessionToken, chains with a duration, and whatever is broken.
def test_refused_credentials(server, admin, role_session, new_role, assume, account):
    long_term = json.dumps({"sessionId": admin.key[0], "sessionKey": admin.key[1], "sessionToken": ""})
    session_token = type(admin).of_credentials(server.endpoint, admin.sts.get_session_token()["Credentials"])
    good = json.loads(session_json(role_session))
    role = {"Effect": "Allow", "Action": "*", "Resource": "*"}
    first = assume(admin, new_role({"AWS": account}, role))
    chained = assume(first, new_role({"AWS": account}, role))
    sessions = [long_term, session_json(session_token), json.dumps({**good, "sessionKey": "x" * 40}),
                json.dumps({**good, "sessionToken": good["sessionToken"][:-4]}), "{}", "[", "", "[]",
                json.dumps({**good, "sessionId": 7})]
    for session in sessions:
        answer = federation(server, Action="getSigninToken", Session=session)
        assert answer.status == 400 and "SigninToken" not in answer.text, session
    assert federation(server, Action="getSigninToken", SessionDuration="3600", Session=session_json(chained)).status == 400
    assert federation(server, Action="getSigninToken", Session=session_json(chained)).status == 200


def test_refused_logins(server, role_session):
    token = federation(server, Action="getSigninToken", Session=session_json(role_session)).json["SigninToken"]
    for bad in ("", "AAAA", token[:-8] + "AAAAAAA=", role_session.token):
        answer = federation(server, Action="login", SigninToken=bad, Destination=CONSOLE)
        assert answer.status == 400 and not answer.set_cookie
    for place in ("https://evil.example/", "//evil.example/", "https://console.aws.amazon.com.evil.example/",
                  "javascript:alert(1)", "/\\evil.example", "https://user@evil.example/", "/a\r\nSet-Cookie: x=y"):
        answer = federation(server, Action="login", SigninToken=token, Destination=place)
        assert answer.status == 400 and not answer.set_cookie, place
    own = federation(server, Action="login", SigninToken=token, Destination=server.endpoint + "/console/x?y=1")
    assert own.status == 302 and own.headers["Location"] == "/console/x?y=1"
    for parameters in ({}, {"Action": "steal"}):
        assert federation(server, **parameters).status == 400
    assert send(server, "DELETE", "/federation?Action=login").status == 405


# The parameters may come as a form as well: a token does not have to be in a URL.
def test_post(server, role_session):
    body = urllib.parse.urlencode({"Action": "getSigninToken", "Session": session_json(role_session)})
    answer = send(server, "POST", "/federation", body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 200 and answer.json["SigninToken"]
