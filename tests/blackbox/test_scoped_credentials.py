"""GetScopedCredentials: temporary credentials narrowed by policies, in life, and in nothing else."""

import datetime
import json

import pytest
from conftest import Identity
from documents import READ_BUCKET
from refusals import refused
from signed_request import Connection, form, sign
from signin_client import sign_in

ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def policy(*actions, effect="Allow", **more):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": effect, "Action": list(actions), "Resource": "*", **more}]})


SCOPE = policy("iam:ListUsers", "iam:ListRoles", "sts:GetScopedCredentials")


@pytest.fixture
def session(new_role, assume, admin, account):
    return assume(admin, new_role({"AWS": account}, ALL), session="wide", DurationSeconds=3600)


@pytest.fixture
def narrow(server):
    """Narrows an identity; returns the new one and the whole answer."""

    def take(identity, **request):
        answer = identity.sts.get_scoped_credentials(**request)
        return Identity.of_credentials(server.endpoint, answer["Credentials"]), answer

    return take


# The same principal with less rights; the calling session keeps its own.
def test_get_scoped_credentials(session, narrow):
    scoped, answer = narrow(session, Policy=SCOPE, ScopedSessionDescription="for the report")
    who = session.sts.get_caller_identity()
    assert answer["SessionInfo"] == {"ScopedSessionId": who["UserId"], "Arn": who["Arn"]}
    assert answer["ScopedPoliciesCount"] == 1 and "SourceIdentity" not in answer
    assert answer["SessionTokenSize"] == len(answer["Credentials"]["SessionToken"])
    assert 0 < answer["SessionTokenUtilization"] <= 100
    seen = scoped.sts.get_caller_identity()
    assert (seen["Arn"], seen["UserId"], seen["Account"]) == (who["Arn"], who["UserId"], who["Account"])
    scoped.iam.list_users()
    with refused("AccessDenied", f"User: {who['Arn']} is not authorized to perform: iam:ListGroups on resource: * because no "
                                 "session policy allows the iam:ListGroups action"):
        scoped.iam.list_groups()
    session.iam.list_groups()


# Each layer cuts away from what was left; none gives anything back, and a fourth is refused.
def test_layers(session, narrow):
    first, answer = narrow(session, Policy=SCOPE)
    second, answer = narrow(first, Policy=policy("iam:*", "sts:*"))
    assert answer["ScopedPoliciesCount"] == 2
    second.iam.list_users()
    with refused("AccessDenied"):
        second.iam.list_groups()
    third, answer = narrow(second, Policy=policy("iam:ListUsers", "iam:ListGroups", "sts:*"))
    assert answer["ScopedPoliciesCount"] == 3
    third.iam.list_users()
    for call in (third.iam.list_roles, third.iam.list_groups):
        with refused("AccessDenied"):
            call()
    with refused("AccessDenied", containing="3 scope-down policies"):
        third.sts.get_scoped_credentials(Policy=SCOPE)
    shorter, answer = narrow(third, DurationSeconds=900)
    assert answer["ScopedPoliciesCount"] == 3
    with refused("AccessDenied"):
        shorter.iam.list_roles()


# A layer that denies wins over all the others, and one that forgets the operation ends the narrowing.
def test_denials(session, narrow):
    scoped, _ = narrow(session, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        ALL, {"Effect": "Deny", "Action": "iam:ListUsers", "Resource": "*"}]}))
    scoped.iam.list_groups()
    with refused("AccessDenied", containing="with an explicit deny in a session policy"):
        scoped.iam.list_users()
    blind, _ = narrow(scoped, Policy=policy("iam:ListGroups"))
    blind.iam.list_groups()
    with refused("AccessDenied"):
        blind.sts.get_scoped_credentials(Policy=SCOPE)


# The session's own policy and conditions of the scope hold too.
def test_with_a_session_policy(new_role, assume, admin, account, narrow):
    own = assume(admin, new_role({"AWS": account}, ALL), Policy=policy("iam:ListUsers", "iam:ListGroups", "sts:*"))
    scoped, _ = narrow(own, Policy=policy("iam:ListUsers", "iam:ListRoles",
                                          Condition={"StringLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}))
    scoped.iam.list_users()
    for call in (scoped.iam.list_groups, scoped.iam.list_roles):
        with refused("AccessDenied"):
            call()


# It ends with the calling session unless it shall end sooner.
def test_duration(session, narrow):
    def left(answer):
        return (answer["Credentials"]["Expiration"] - datetime.datetime.now(datetime.timezone.utc)).total_seconds()

    _, answer = narrow(session, Policy=SCOPE)
    inherited = answer["Credentials"]["Expiration"]
    assert 3500 < left(answer) <= 3600
    scoped, answer = narrow(session, DurationSeconds=60)
    assert 50 < left(answer) <= 60 and answer["ScopedPoliciesCount"] == 0
    with refused("InsufficientSessionLifetime"):
        scoped.sts.get_scoped_credentials(DurationSeconds=120)
    with refused("InsufficientSessionLifetime"):
        session.sts.get_scoped_credentials(DurationSeconds=3601)
    _, again = narrow(narrow(session, Policy=SCOPE)[0], Policy=SCOPE)
    assert again["Credentials"]["Expiration"] == inherited


# Tags, source identity, MFA and the chain go along; a role assumed with scoped credentials is not narrowed by them.
def test_what_goes_along(admin, iam, new_role, assume, account, narrow):
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": [
        "sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"]}]}
    arn = new_role(trust, ALL)
    own = assume(admin, arn, SourceIdentity="alice", Tags=[{"Key": "team", "Value": "red"}])
    tagged = policy("iam:ListUsers", Condition={"StringEquals": {"aws:PrincipalTag/team": "red", "aws:SourceIdentity": "alice"}})
    scoped, answer = narrow(own, Policy=json.dumps({"Version": "2012-10-17", "Statement": [
        json.loads(tagged)["Statement"][0],
        {"Effect": "Allow", "Action": ["sts:AssumeRole", "sts:SetSourceIdentity"], "Resource": "*"}]}))
    assert answer["SourceIdentity"] == "alice"
    scoped.iam.list_users()
    next_session = assume(scoped, arn)
    next_session.iam.list_groups()


# Any temporary credentials may be narrowed, those of users included; lasting ones may not.
def test_callers(admin, server, new_user, narrow):
    _, user = new_user(ALL)
    with refused("InvalidSubjectCredentials"):
        user.sts.get_scoped_credentials(Policy=SCOPE)
    with refused("InvalidSubjectCredentials"):
        admin.sts.get_scoped_credentials(DurationSeconds=900)
    own = Identity.of_credentials(server.endpoint, user.sts.get_session_token()["Credentials"])
    scoped, answer = narrow(own, Policy=policy("sts:GetCallerIdentity"))
    assert answer["SessionInfo"]["Arn"] == user.sts.get_caller_identity()["Arn"]
    guest = Identity.of_credentials(server.endpoint, user.sts.get_federation_token(Name="guest", Policy=policy("*"))["Credentials"])
    _, answer = narrow(guest, DurationSeconds=900)
    assert answer["SessionInfo"]["Arn"].endswith(":federated-user/guest")


# It is an action like any other, and goes with the session.
def test_permission(admin, iam, new_role, assume, account):
    arn = new_role({"AWS": account}, {"Effect": "Allow", "Action": "iam:*", "Resource": "*"})
    with refused("AccessDenied", containing="sts:GetScopedCredentials"):
        assume(admin, arn).sts.get_scoped_credentials(DurationSeconds=900)


# What AllowUsersToChangePassword gives to every user is not given to a session that is narrowed.
def test_rights_without_a_policy(fresh):
    iam = fresh.admin.iam
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    iam.create_user(UserName="dana")
    iam.put_user_policy(UserName="dana", PolicyName="p", PolicyDocument=policy("sts:*", "iam:ListUsers"))
    iam.create_login_profile(UserName="dana", Password="Tide-Lantern-2042")
    dana = sign_in(fresh, "dana", "Tide-Lantern-2042").identity(fresh)
    dana.iam.get_account_password_policy()
    scoped = Identity.of_credentials(fresh.endpoint, dana.sts.get_scoped_credentials(Policy=policy("iam:ListUsers"))["Credentials"])
    scoped.iam.list_users()
    with refused("AccessDenied"):
        scoped.iam.get_account_password_policy()


# The global host of STS does not have the operation, nor its other newer ones; every other host has.
@pytest.mark.parametrize("action, parameters", [
    ("GetScopedCredentials", {"DurationSeconds": "900"}),
    ("GetWebIdentityToken", {"Audience.member.1": "x", "SigningAlgorithm": "ES384"})])
def test_global_host(server, session, action, parameters):
    connection = Connection(server.endpoint, session.key, session.token)
    body = form(action, parameters, service="sts")
    for host, known in (("sts.amazonaws.com", False), ("STS.amazonaws.com", False), ("sts.eu-west-1.amazonaws.com", True)):
        answer = connection.send("POST", "/", sign(session.key, body, host, service="sts", token=session.token), body)
        assert (answer.code == "InvalidAction") is not known, answer
    connection.close()


BAD = {
    "nothing": {},
    "no JSON": {"Policy": "{x"},
    "long policy": {"Policy": " " * 2049},
    "zero": {"DurationSeconds": 0},
    "36 hours and a second": {"DurationSeconds": 129601},
    "short description": {"Policy": SCOPE, "ScopedSessionDescription": "x"},
    "long description": {"Policy": SCOPE, "ScopedSessionDescription": "x" * 257},
    "token size": {"Policy": SCOPE, "MinimumSessionTokenSize": 4097},
}


@pytest.mark.parametrize("request_of", BAD.values(), ids=BAD)
def test_refusals(session, request_of):
    with refused("MalformedPolicyDocument" if request_of.get("Policy", "").startswith("{x") else "ValidationError"):
        session.sts.get_scoped_credentials(**request_of)


# A policy without an effect on a principal's rights is malformed as everywhere; large ones do not fit.
def test_policies(session, narrow):
    with refused("MalformedPolicyDocument"):
        session.sts.get_scoped_credentials(Policy=json.dumps({"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}))
    narrow(session, Policy=READ_BUCKET)
    large = policy("sts:*", *[f"s3:Get{i:04}" for i in range(135)])
    assert len(large) <= 2048
    first, _ = narrow(session, Policy=large)
    with refused("PackedPolicyTooLarge"):
        first.sts.get_scoped_credentials(Policy=large)


# The size of the token is at least what was asked for.
def test_token_size(session, narrow):
    _, answer = narrow(session, Policy=SCOPE, MinimumSessionTokenSize=3000)
    assert 3000 <= answer["SessionTokenSize"] == len(answer["Credentials"]["SessionToken"])
