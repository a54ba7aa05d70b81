"""Sign-in of users with a password: what it gives, what it refuses, and that refusals tell nothing."""

import json
import re
import time
import urllib.parse

import pytest
from refusals import refused
from signin_client import send, sign_in

GOOD = "Tide-Lantern-42"


@pytest.fixture
def person(iam, name):
    """A user with a password and the given statements; returns the name."""

    def make(*statements, password=GOOD, **profile):
        user = name("person")
        iam.create_user(UserName=user)
        if statements:
            iam.put_user_policy(UserName=user, PolicyName="own",
                                PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": list(statements)}))
        iam.create_login_profile(UserName=user, Password=password, **profile)
        return user

    return make


READ = {"Effect": "Allow", "Action": ["iam:GetUser", "iam:ListUsers"], "Resource": "*"}


# A cookie that scripts and other sites cannot use, and credentials that work for the user's rights.
def test_gives_a_session_and_credentials(server, iam, person, account):
    user = person(READ)
    answer = sign_in(server, user, GOOD)
    assert answer.status == 200, answer.text
    said = answer.json
    assert said["accountId"] == account and said["arn"] == f"arn:aws:iam::{account}:user/{user}"
    assert said["type"] == "IAMUser" and said["mfaAuthenticated"] is False
    attributes = [part.strip() for part in answer.set_cookie.split(";")[1:]]
    assert "HttpOnly" in attributes and "SameSite=Lax" in attributes and "Path=/" in attributes
    assert "Secure" not in attributes, "plain HTTP on loopback"
    assert answer.headers["Cache-Control"] == "no-store"
    caller = answer.identity(server)
    assert caller.key[0].startswith("ASIA")
    assert caller.sts.get_caller_identity()["Arn"] == said["arn"]
    assert caller.iam.get_user()["User"]["UserName"] == user
    with refused("AccessDenied", containing="iam:CreateUser"):
        caller.iam.create_user(UserName="x")
    with refused("AccessDenied", "Cannot call GetSessionToken with session credentials"):
        caller.sts.get_session_token()
    used = iam.get_user(UserName=user)["User"]["PasswordLastUsed"]
    assert abs(used.timestamp() - time.time()) < 60


def test_session_shows_who_and_gives_new_credentials(server, person):
    user = person(READ)
    answer = sign_in(server, user, GOOD)
    shown = send(server, "GET", "/signin/session", cookie=answer.cookie)
    assert shown.status == 200 and shown.json["userName"] == user and "credentials" not in shown.json
    fresh = send(server, "POST", "/signin/credentials", cookie=answer.cookie)
    assert fresh.json["credentials"]["accessKeyId"] != answer.json["credentials"]["accessKeyId"]
    fresh.identity(server).iam.get_user()
    for cookie in (None, "wardkeep-session=", "wardkeep-session=ASIAX.AAAA", answer.cookie[:-8] + "AAAAAAA="):
        assert send(server, "GET", "/signin/session", cookie=cookie).status == 401
        assert send(server, "POST", "/signin/credentials", cookie=cookie).code == "NotSignedIn"


# Form bodies and aliases work as well.
def test_form_and_alias(fresh):
    iam = fresh.admin.iam
    iam.create_account_alias(AccountAlias="northwind")
    iam.create_user(UserName="u")
    iam.create_login_profile(UserName="u", Password=GOOD)
    assert sign_in(fresh, "U", GOOD, account="northwind").json["userName"] == "u"
    body = urllib.parse.urlencode({"account": "northwind", "user": "u", "password": GOOD})
    answer = send(fresh, "POST", "/signin", body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status == 200


# Signing out ends the session and the credentials that came from it, for the next request.
def test_sign_out(server, person):
    user = person(READ)
    first, second = sign_in(server, user, GOOD), sign_in(server, user, GOOD)
    out = send(server, "POST", "/signout", cookie=first.cookie)
    assert out.status == 200 and "Max-Age=0" in out.set_cookie
    assert send(server, "GET", "/signin/session", cookie=first.cookie).status == 401
    with refused("InvalidClientTokenId"):
        first.identity(server).iam.get_user()
    second.identity(server).iam.get_user()
    assert send(server, "GET", "/signin/session", cookie=second.cookie).status == 200
    assert send(server, "POST", "/signout").status == 200, "without a session there is nothing to end"


# A new password, a removed one and a deleted user end the sessions of the former one.
@pytest.mark.parametrize("change", ["change", "delete profile", "delete user"])
def test_sessions_end_with_the_password(server, iam, person, change):
    user = person(READ)
    answer = sign_in(server, user, GOOD)
    if change == "change":
        iam.update_login_profile(UserName=user, Password=GOOD + "x")
    else:
        iam.delete_login_profile(UserName=user)
    if change == "delete user":
        iam.delete_user_policy(UserName=user, PolicyName="own")
        iam.delete_user(UserName=user)
    with refused("InvalidClientTokenId"):
        answer.identity(server).iam.get_user()
    assert send(server, "GET", "/signin/session", cookie=answer.cookie).status == 401


# Whatever is wrong, the answer is the same to the byte.
def test_refusals_do_not_tell_what_exists(server, iam, person, name):
    user = person()
    keyless = name("user")
    iam.create_user(UserName=keyless)
    answers = {
        "wrong password": sign_in(server, user, GOOD + "0"),
        "no such user": sign_in(server, "nobody-at-all", GOOD),
        "user without a password": sign_in(server, keyless, GOOD),
        "no such account": sign_in(server, user, GOOD, account="999999999999"),
        "no such alias": sign_in(server, user, GOOD, account="no-such-alias"),
        "root": sign_in(server, None, GOOD, root=True, email="a@example.com"),
    }
    assert {(a.status, a.text) for a in answers.values()} == {
        (401, '{"code":"AuthenticationFailed","message":"Your authentication information is incorrect. Please try again."}')}
    assert all(not a.set_cookie for a in answers.values())


# An unknown user costs as much time as a known one.
def test_refusals_take_the_same_time(fresh):
    fresh.admin.iam.create_user(UserName="known")
    fresh.admin.iam.create_login_profile(UserName="known", Password=GOOD)

    def seconds(user):
        began = time.perf_counter()
        sign_in(fresh, user, "wrong-password-1")
        return time.perf_counter() - began

    # In turn, and the quickest of each: whatever else the machine does takes as much from both.
    times = [(seconds("known"), seconds(f"unknown-{i}")) for i in range(5)]
    known, unknown = (min(column) for column in zip(*times))
    assert unknown > known / 3 and known > unknown / 3, (known, unknown)


# Failures slow the user down, for right passwords too; others are not held up.
def test_failures_slow_down(server, person):
    user, other = person(), person()
    for _ in range(5):
        assert sign_in(server, user, "wrong-1").status == 401
    held = sign_in(server, user, GOOD)
    assert held.status == 429 and held.code == "TooManyAttempts" and int(held.headers["Retry-After"]) >= 1
    assert sign_in(server, other, GOOD).status == 200
    time.sleep(int(held.headers["Retry-After"]) + 0.2)
    assert sign_in(server, user, GOOD).status == 200
    assert sign_in(server, user, "wrong-1").status == 401, "a success begins anew"


# PasswordResetRequired: a new password in the same step, under the rules, if the user may.
def test_password_reset_required(server, iam, person):
    user = person(READ, PasswordResetRequired=True)
    asked = sign_in(server, user, GOOD)
    assert asked.status == 403 and asked.code == "PasswordChangeRequired" and not asked.set_cookie
    denied = sign_in(server, user, GOOD, newPassword=GOOD + "1")
    assert denied.status == 403 and denied.code == "AccessDenied"
    iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
    weak = sign_in(server, user, GOOD, newPassword="short")
    assert weak.status == 400 and weak.code == "PasswordPolicyViolation"
    assert "minimum length" in weak.json["message"]
    same = sign_in(server, user, GOOD, newPassword=GOOD)
    assert same.code == "PasswordPolicyViolation" and "reuse" in same.json["message"]
    done = sign_in(server, user, GOOD, newPassword=GOOD + "1")
    assert done.status == 200
    done.identity(server).iam.get_user()
    assert iam.get_login_profile(UserName=user)["LoginProfile"]["PasswordResetRequired"] is False
    assert sign_in(server, user, GOOD).status == 401
    assert sign_in(server, user, GOOD + "1").status == 200


# The condition keys of a console session are those of session credentials of the user.
@pytest.mark.parametrize("condition, allowed", [
    ({"Bool": {"aws:MultiFactorAuthPresent": "false"}}, True),
    ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, False),
    ({"Null": {"aws:MultiFactorAuthAge": "true"}}, True),
    ({"Null": {"aws:TokenIssueTime": "false"}}, True),
    ({"DateGreaterThan": {"aws:TokenIssueTime": "2024-01-01T00:00:00Z"}}, True),
    ({"StringEquals": {"aws:PrincipalType": "User"}}, True),
    ({"StringEquals": {"aws:username": "${aws:username}"}}, True),
])
def test_condition_keys(server, person, condition, allowed):
    user = person({"Effect": "Allow", "Action": "iam:ListUsers", "Resource": "*", "Condition": condition})
    iam = sign_in(server, user, GOOD).identity(server).iam
    if allowed:
        iam.list_users()
    else:
        with refused("AccessDenied"):
            iam.list_users()


@pytest.mark.parametrize("body, headers", [
    ("{", {"Content-Type": "application/json"}), ("[]", {"Content-Type": "application/json"}),
    ("a=b", {"Content-Type": "text/plain"}), ("a=%zz", {"Content-Type": "application/x-www-form-urlencoded"}),
    ("&".join(f"a{i}=1" for i in range(200)), {"Content-Type": "application/x-www-form-urlencoded"}),
    (json.dumps({"account": "1", "user": "u"}), {"Content-Type": "application/json"}),
    (json.dumps({"account": "1", "user": "u", "password": "p", "root": True}), {"Content-Type": "application/json"}),
    (json.dumps({"account": "1", "user": "u", "password": "p" * 600}), {"Content-Type": "application/json"}),
    (json.dumps({"account": "1", "user": "u" * 300, "password": "p"}), {"Content-Type": "application/json"}),
    (json.dumps({"account": ["1"], "user": "u", "password": "p"}), {"Content-Type": "application/json"}),
    ("x" * 100_000, {"Content-Type": "application/json"}), ("", {}),
])
def test_bad_requests(server, body, headers):
    answer = send(server, "POST", "/signin", body, headers=headers)
    assert answer.status == 400 and answer.code == "InvalidRequest", answer.text


def test_methods_and_foreign_pages(server, person):
    user = person()
    for method, path in (("GET", "/signin"), ("PUT", "/signin"), ("GET", "/signout"), ("POST", "/signin/session")):
        assert send(server, method, path).status == 405
    body = {"account": server.account_id, "user": user, "password": GOOD}
    foreign = send(server, "POST", "/signin", body, headers={"Origin": "https://evil.example"})
    assert foreign.status == 403 and foreign.code == "ForeignOrigin"
    own = send(server, "POST", "/signin", body, headers={"Origin": server.endpoint})
    assert own.status == 200


# Requests of the sign-in endpoints are counted like those of the API, by endpoint and status; other paths are no labels.
def test_sign_ins_are_counted(fresh):
    fresh.admin.iam.create_user(UserName="u")
    fresh.admin.iam.create_login_profile(UserName="u", Password=GOOD)
    assert sign_in(fresh, "u", GOOD).status == 200
    assert [sign_in(fresh, "u", "wrong").status for _ in range(2)] == [401, 401]
    send(fresh, "GET", "/signin/session")
    send(fresh, "GET", "/federation?Action=x")
    send(fresh, "GET", "/signin/nothing?password=x")
    text = fresh.metrics()
    counted = {line.rpartition(" ")[0]: line.rpartition(" ")[2] for line in text.splitlines() if 'service="signin"' in line}
    figures = {(endpoint, status): number for row, number in counted.items() if "requests_total" in row
               for endpoint in re.findall(r'operation="(.*?)"', row) for status in re.findall(r'(?:status|code)="(\d+)"', row)}
    assert figures == {("/signin", "200"): "1", ("/signin", "401"): "2", ("/signin/session", "401"): "1", ("/federation", "400"): "1"}, text
