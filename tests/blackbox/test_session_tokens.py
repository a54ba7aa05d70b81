"""GetSessionToken and GetFederationToken, and what their credentials may not do."""

import datetime

import pytest
from conftest import Identity
from documents import allow, policy, trust
from refusals import refused


def remaining(credentials):
    return (credentials["Expiration"] - datetime.datetime.now(datetime.timezone.utc)).total_seconds()


@pytest.fixture
def session_of(server):
    return lambda identity, **more: Identity.of_credentials(server.endpoint, identity.sts.get_session_token(**more)["Credentials"])


@pytest.fixture
def federated(server):
    def take(identity, name="fed", **more):
        return Identity.of_credentials(server.endpoint, identity.sts.get_federation_token(Name=name, **more)["Credentials"])

    return take


# A session of a user is that user, with temporary credentials; it needs no permission.
def test_session_token(new_user, session_of):
    user, caller = new_user()
    session = session_of(caller)
    assert session.key[0].startswith("ASIA")
    assert session.sts.get_caller_identity()["Arn"] == caller.sts.get_caller_identity()["Arn"]
    assert session.sts.get_caller_identity()["UserId"] == caller.sts.get_caller_identity()["UserId"]


# Twelve hours unless asked otherwise; one hour for the root user.
def test_durations(new_user, root):
    _, caller = new_user(allow("sts:GetFederationToken"))
    assert 43100 < remaining(caller.sts.get_session_token()["Credentials"]) <= 43200
    assert 890 < remaining(caller.sts.get_session_token(DurationSeconds=900)["Credentials"]) <= 900
    assert 129500 < remaining(caller.sts.get_federation_token(Name="fed", DurationSeconds=129600)["Credentials"]) <= 129600
    assert remaining(root.sts.get_session_token()["Credentials"]) <= 3600


# Without MFA such a session reaches no IAM operation, and of STS only two.
def test_session_token_limits(new_user, session_of, new_role, account, assume):
    _, caller = new_user(allow("*"))
    session = session_of(caller)
    with refused("InvalidClientTokenId", "The security token included in the request is invalid"):
        session.iam.list_users()
    with refused("AccessDenied", "Cannot call GetSessionToken with session credentials"):
        session.sts.get_session_token()
    with refused("AccessDenied", "Cannot call GetFederationToken with session credentials"):
        session.sts.get_federation_token(Name="fed")
    assume(session, new_role({"AWS": account}))


# A federated user has its own name, and no permission without a session policy.
def test_federation_token(new_user, federated, account):
    _, caller = new_user(allow("*"))
    answer = caller.sts.get_federation_token(Name="bob", Policy=policy(allow("s3:*")))
    assert answer["FederatedUser"] == {"FederatedUserId": f"{account}:bob", "Arn": f"arn:aws:sts::{account}:federated-user/bob"}
    identity = federated(caller, "bob").sts.get_caller_identity()
    assert (identity["UserId"], identity["Arn"]) == (f"{account}:bob", f"arn:aws:sts::{account}:federated-user/bob")


# How full the packed policy is: there also when nothing was packed, and told by what is too large.
def test_packed_size_of_federation_tokens(new_user):
    _, caller = new_user(allow("*"))
    empty = caller.sts.get_federation_token(Name="bob")
    assert empty["PackedPolicySize"] == 0 and empty["SessionTokenSize"] == len(empty["Credentials"]["SessionToken"])
    assert 0 < empty["SessionTokenUtilization"] < 100
    assert caller.sts.get_federation_token(Name="bob", Policy=policy(allow("s3:*")))["PackedPolicySize"] > 0
    tags = [{"Key": f"key-{number}", "Value": "v" * 256} for number in range(50)]
    with refused("PackedPolicyTooLarge", containing="Packed size of session tags consumes "):
        caller.sts.get_federation_token(Name="bob", Tags=tags)
    arns = [{"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}] * 2
    padded = policy(allow("s3:*")).ljust(2000)
    with refused("PackedPolicyTooLarge", containing="Packed policy consumes "):
        caller.sts.get_federation_token(Name="bob", Policy=padded, PolicyArns=arns)


# It reaches neither IAM nor the rest of STS.
def test_federation_limits(new_user, federated, new_role, account):
    _, caller = new_user(allow("*"))
    session = federated(caller, Policy=policy(allow("*")))
    with refused("InvalidClientTokenId", "The security token included in the request is invalid"):
        session.iam.list_users()
    with refused("AccessDenied"):
        session.sts.assume_role(RoleArn=new_role({"AWS": account}), RoleSessionName="session")
    with refused("AccessDenied", "Cannot call GetFederationToken with session credentials"):
        session.sts.get_federation_token(Name="fed")


# Asking for one needs a permission; role sessions may not ask at all.
def test_federation_needs_permission(new_user, admin, new_role, account, assume):
    _, caller = new_user()
    with refused("AccessDenied"):
        caller.sts.get_federation_token(Name="fed")
    session = assume(admin, new_role({"AWS": account}, allow("*")))
    with refused("AccessDenied", "Cannot call GetFederationToken with session credentials"):
        session.sts.get_federation_token(Name="fed")


# The end of the user is the end of its sessions.
def test_deleted_user(iam, new_user, session_of):
    user, caller = new_user()
    session = session_of(caller)
    iam.delete_access_key(UserName=user, AccessKeyId=caller.key[0])
    iam.delete_user(UserName=user)
    with refused("InvalidClientTokenId"):
        session.sts.get_caller_identity()


# Tokens are bound to their key: cut, changed or swapped, they open nothing.
def test_forged_tokens(new_user, session_of, server):
    _, caller = new_user()
    one, two = session_of(caller), session_of(caller)
    middle = len(one.token) // 2
    changed = one.token[:middle] + ("A" if one.token[middle] != "A" else "B") + one.token[middle + 1:]
    for token in (one.token[:-4], changed, two.token, "AAAA", None):
        with refused("InvalidClientTokenId"):
            Identity(server.endpoint, *one.key, token).sts.get_caller_identity()
    with refused("InvalidClientTokenId"):
        Identity(server.endpoint, *caller.key, one.token).sts.get_caller_identity()
    with refused("SignatureDoesNotMatch"):
        Identity(server.endpoint, one.key[0], two.key[1], one.token).sts.get_caller_identity()


# A trust policy sees that a session came without MFA.
def test_mfa_key(new_user, session_of, new_role, account, assume):
    import json

    _, caller = new_user(allow("sts:AssumeRole"))
    role = new_role(json.loads(trust({"AWS": account}, condition={"Bool": {"aws:MultiFactorAuthPresent": "false"}})))
    assume(session_of(caller), role)
    with refused("AccessDenied"):  # the key is absent for long-term credentials
        assume(caller, role)
