"""GetWebIdentityToken: tokens that others can verify with the published keys, and what is refused."""

import base64
import json
import subprocess
import urllib.error
import urllib.request

import pytest
from conftest import Identity
from documents import trust
from refusals import refused
from wardkeep_server import WardkeepServer

# Verifies a token with a JSON Web Key by Node.js, which shares no code with the server.
VERIFY = """
const crypto = require('crypto');
const [token, jwks] = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const [head, body, signature] = token.split('.');
const header = JSON.parse(Buffer.from(head, 'base64url'));
const jwk = jwks.keys.find(k => k.kid === header.kid && k.alg === header.alg);
const key = {key: crypto.createPublicKey({key: jwk, format: 'jwk'}), dsaEncoding: 'ieee-p1363'};
const digest = {RS256: 'sha256', ES384: 'sha384'}[header.alg];
process.stdout.write(String(crypto.verify(digest, Buffer.from(head + '.' + body), key, Buffer.from(signature, 'base64url'))));
"""
ALLOW = {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}


def fetch(url, host=None):
    request = urllib.request.Request(url, headers={"Host": host} if host else {})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Type"] == "application/json"
        return json.load(answer)


def verified(token, jwks):
    done = subprocess.run(["node", "-e", VERIFY], input=json.dumps([token, jwks]), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout == "true"


def claims_of(token):
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


@pytest.fixture
def vending(fresh):
    """A server where tokens are on; with the keys as AWS's host name publishes them."""
    fresh.issuer = fresh.admin.iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    fresh.host = fresh.issuer.removeprefix("https://")
    fresh.jwks = lambda: fetch(fresh.endpoint + "/.well-known/jwks.json", fresh.host)
    return fresh


# The token verifies with the published key, names the user and holds what was asked for; another signature does not.
@pytest.mark.parametrize("algorithm", ["RS256", "ES384"])
def test_get_web_identity_token(vending, algorithm):
    iam = vending.admin.iam
    iam.create_user(UserName="alice", Tags=[{"Key": "team", "Value": "red"}])
    iam.put_user_policy(UserName="alice", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": ALLOW}))
    alice = Identity.of_access_key(vending.endpoint, iam.create_access_key(UserName="alice")["AccessKey"])
    answer = alice.sts.get_web_identity_token(Audience=["https://api.example.com"], SigningAlgorithm=algorithm,
                                              DurationSeconds=600, Tags=[{"Key": "build", "Value": "7"}])
    token, jwks = answer["WebIdentityToken"], vending.jwks()
    assert verified(token, jwks)
    head, body, signature = token.split(".")
    other = ("A" if signature[0] != "A" else "B") + signature[1:]
    assert not verified(f"{head}.{body}.{other}", jwks)
    claims = claims_of(token)
    assert claims["iss"] == vending.issuer and claims["aud"] == "https://api.example.com"
    assert claims["sub"] == f"arn:aws:iam::{vending.account_id}:user/alice"
    assert claims["exp"] - claims["iat"] == 600 and claims["exp"] == answer["Expiration"].timestamp()
    assert claims["https://sts.amazonaws.com/"] == {"aws_account": vending.account_id, "principal_tags": {"team": "red"},
                                                    "request_tags": {"build": "7"}}
    again = alice.sts.get_web_identity_token(Audience=["a", "b"], SigningAlgorithm=algorithm)["WebIdentityToken"]
    assert claims_of(again)["aud"] == ["a", "b"] and claims_of(again)["jti"] != claims["jti"]
    assert claims_of(again)["exp"] - claims_of(again)["iat"] == 300


# The discovery document leads to the keys; private halves are nowhere.
def test_discovery(vending):
    document = fetch(vending.endpoint + "/.well-known/openid-configuration", vending.host)
    assert document["issuer"] == vending.issuer
    assert document["jwks_uri"] == vending.issuer + "/.well-known/jwks.json"
    assert set(document["id_token_signing_alg_values_supported"]) == {"RS256", "ES384"}
    keys = vending.jwks()["keys"]
    assert {key["alg"] for key in keys} == {"RS256", "ES384"}
    assert all(not {"d", "p", "q", "k"} & set(key) for key in keys)


# With an address of the operator's own, issuer and keys are below it.
def test_issuer_url(binary):
    with WardkeepServer(binary, arguments=["--issuer-url", "https://id.example.com/ids/"]) as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
        assert issuer.startswith("https://id.example.com/ids/")
        path = issuer.removeprefix("https://id.example.com")
        assert fetch(f"{server.endpoint}{path}/.well-known/openid-configuration")["issuer"] == issuer
        iam.disable_outbound_web_identity_federation()
        with pytest.raises(urllib.error.HTTPError) as gone:
            fetch(f"{server.endpoint}{path}/.well-known/jwks.json")
        assert gone.value.code == 404


# A role session speaks for its role and cannot outlive itself.
def test_get_web_identity_token_of_a_session(vending):
    iam = vending.admin.iam
    arn = iam.create_role(RoleName="worker", Path="/team/", AssumeRolePolicyDocument=trust({"AWS": vending.account_id}),
                          Tags=[{"Key": "Team", "Value": "red"}, {"Key": "tier", "Value": "1"}])["Role"]["Arn"]
    iam.put_role_policy(RoleName="worker", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": ALLOW}))
    taken = vending.admin.sts.assume_role(RoleArn=arn, RoleSessionName="session", DurationSeconds=900)
    session = Identity.of_credentials(vending.endpoint, taken["Credentials"])
    token = session.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="ES384", DurationSeconds=60)["WebIdentityToken"]
    assert claims_of(token)["sub"] == arn
    assert claims_of(token)["https://sts.amazonaws.com/"]["principal_tags"] == {"Team": "red", "tier": "1"}
    with refused("SessionDurationEscalationException"):
        session.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="ES384", DurationSeconds=3600)


def test_get_web_identity_token_while_off(fresh):
    with refused("OutboundWebIdentityFederationDisabledException"):
        fresh.admin.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="RS256")


@pytest.mark.parametrize("more", [
    {"SigningAlgorithm": "HS256"}, {"SigningAlgorithm": "none"}, {"DurationSeconds": 59}, {"DurationSeconds": 3601},
    {"Audience": []}, {"Audience": ["x"] * 11}, {"Audience": [""]},
])
def test_get_web_identity_token_constraints(vending, more):
    with refused("ValidationError"):
        vending.admin.sts.get_web_identity_token(**{"Audience": ["x"], "SigningAlgorithm": "RS256", **more})


def test_get_web_identity_token_too_large(vending):
    with refused("JWTPayloadSizeExceededException"):
        vending.admin.sts.get_web_identity_token(Audience=[f"{i}" + "a" * 999 for i in range(10)], SigningAlgorithm="ES384",
                                                 Tags=[{"Key": f"k{i}", "Value": "v" * 256} for i in range(20)])


# AWS's bound leaves room for ten long audiences.
def test_get_web_identity_token_large(vending):
    vending.admin.sts.get_web_identity_token(Audience=[f"{i}" + "a" * 999 for i in range(10)], SigningAlgorithm="ES384")


# The mode is a claim where it was named; nobody's session has an origin identity, which scopes are for.
def test_get_web_identity_token_subject_mode(vending):
    def take(**more):
        answer = vending.admin.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="ES384", **more)
        return claims_of(answer["WebIdentityToken"])["https://sts.amazonaws.com/"].get("subject_mode")

    assert take() is None and take(SubjectMode="AWSIdentity") == "AWSIdentity"
    for more in ({"SubjectMode": "OriginIdentity"}, {"SubjectMode": "x"}, {"Scope": "read"},
                 {"Scope": "read", "SubjectMode": "AWSIdentity"}, {"Scope": "read", "SubjectMode": "OriginIdentity"},
                 {"Scope": " read"}, {"Scope": "a,b"}):
        with refused("ValidationError"):
            take(**more)


# Policies see the mode, and a scope needs an action of its own.
def test_get_web_identity_token_subject_mode_in_policies(vending):
    iam = vending.admin.iam
    iam.create_user(UserName="eve")
    iam.put_user_policy(UserName="eve", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": "sts:GetWebIdentityToken", "Resource": "*",
        "Condition": {"StringEquals": {"sts:SubjectMode": "AWSIdentity"}}}}))
    eve = Identity.of_access_key(vending.endpoint, iam.create_access_key(UserName="eve")["AccessKey"])
    eve.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="ES384", SubjectMode="AWSIdentity")
    with refused("AccessDenied", containing="sts:GetWebIdentityToken"):
        eve.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="ES384")
    with refused("AccessDenied", containing="sts:SetWebIdentityTokenScope"):
        eve.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="ES384", SubjectMode="AWSIdentity", Scope="read")


# Policies see the audience and the algorithm.
def test_get_web_identity_token_conditions(vending):
    iam = vending.admin.iam
    iam.create_user(UserName="bob")
    iam.put_user_policy(UserName="bob", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {
        **ALLOW, "Condition": {"ForAllValues:StringEquals": {"sts:IdentityTokenAudience": ["good"]},
                               "StringEquals": {"sts:SigningAlgorithm": "ES384"}}}}))
    bob = Identity.of_access_key(vending.endpoint, iam.create_access_key(UserName="bob")["AccessKey"])
    bob.sts.get_web_identity_token(Audience=["good"], SigningAlgorithm="ES384")
    for audience, algorithm in ((["bad"], "ES384"), (["good", "bad"], "ES384"), (["good"], "RS256")):
        with refused("AccessDenied"):
            bob.sts.get_web_identity_token(Audience=audience, SigningAlgorithm=algorithm)


# Keys and issuer outlive a kill, so that tokens issued before still verify.
def test_web_identity_token_survives_restart(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path) as server:
        admin = Identity(server.endpoint, *server.admin_key)
        host = admin.iam.enable_outbound_web_identity_federation()["IssuerIdentifier"].removeprefix("https://")
        token = admin.sts.get_web_identity_token(Audience=["x"], SigningAlgorithm="ES384")["WebIdentityToken"]
        server.kill()
    with WardkeepServer(binary, data=tmp_path) as server:
        assert verified(token, fetch(server.endpoint + "/.well-known/jwks.json", host))
