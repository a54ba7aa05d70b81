"""FIDO2: registration and assertion driven by a software authenticator, and what must be refused."""

import concurrent.futures
import contextlib
import re

import pytest
from conftest import Identity
from documents import allow, deny
from passkey_client import PasskeyClient, PasskeyRefusal
from refusals import refused
from soft_authenticator import EDDSA, ES256, PRESENT, RS256, VERIFIED, SoftAuthenticator, flip_bit
from wardkeep_server import WardkeepServer

MALFORMED = "The answer of the authenticator is malformed."
WRONG_TYPE = "The client data belong to another ceremony."
WRONG_CHALLENGE = "The challenge is unknown, used or expired."
WRONG_ORIGIN = "The origin is not one of this service."
WRONG_PARTY = "The answer was made for another relying party."
NOT_PRESENT = "The authenticator did not see its user."
NOT_VERIFIED = "The authenticator did not verify its user."
BAD_ALGORITHM = "The algorithm of the credential is not supported."
BAD_FORMAT = "The attestation format is not supported."
BAD_SIGNATURE = "The signature is not valid."
COUNTER_BACK = "The signature counter went back."


@contextlib.contextmanager
def passkey_refused(message, code="PasskeyRefused", status=400):
    with pytest.raises(PasskeyRefusal) as caught:
        yield
    assert (caught.value.status, caught.value.code, caught.value.message) == (status, code, message)


@pytest.fixture
def person(new_user):
    """A user that may do everything; returns (name, Identity, PasskeyClient)."""

    def make(*statements):
        user, identity = new_user(*(statements or (allow("*"),)))
        return user, identity, PasskeyClient(identity)

    return make


# The options are those of WebAuthn.
def test_begin_passkey_registration(person, iam):
    user, identity, client = person()
    options = client.call("BeginPasskeyRegistration")
    assert options["RelyingPartyId"] == "localhost" and options["UserName"] == user
    assert options["Algorithms"] == [ES256, EDDSA, RS256] and options["UserVerification"] == "preferred"
    assert len(options["Challenge"]) == 32 and options["ExcludeCredentials"] == []
    assert options["UserHandle"].decode() == identity.sts.get_caller_identity()["UserId"]
    authenticator = SoftAuthenticator()
    client.register(authenticator)
    assert client.call("BeginPasskeyRegistration")["ExcludeCredentials"] == [authenticator.id]
    with pytest.raises(PasskeyRefusal) as caught:
        client.call("BeginPasskeyRegistration", UserName="nobody")
    assert (caught.value.status, caught.value.code) == (404, "NoSuchEntity")


# Each attestation format with each algorithm it takes; the device is one of IAM's.
@pytest.mark.parametrize("form, algorithm", [
    ("none", ES256), ("none", EDDSA), ("none", RS256), ("packed", ES256), ("packed", EDDSA), ("packed", RS256),
    ("packed-certificate", ES256), ("packed-certificate", EDDSA), ("fido-u2f", ES256)])
def test_finish_passkey_registration(person, iam, account, form, algorithm):
    user, _, client = person()
    options = client.call("BeginPasskeyRegistration")
    made = SoftAuthenticator(format=form, algorithm=algorithm).register(options["Challenge"])
    serial = client.call("FinishPasskeyRegistration", DeviceName="yubi", **made)["SerialNumber"]
    assert re.fullmatch(rf"arn:aws:iam::{account}:u2f/user/{user}/yubi-[A-Z2-7]{{26}}", serial)
    (listed,) = iam.list_mfa_devices(UserName=user)["MFADevices"]
    assert (listed["SerialNumber"], listed["UserName"]) == (serial, user)
    assert iam.get_mfa_device(SerialNumber=serial, UserName=user)["EnableDate"] == listed["EnableDate"]
    assert serial not in [d["SerialNumber"] for d in iam.list_virtual_mfa_devices()["VirtualMFADevices"]]


# An assertion gives credentials with MFA, as GetSessionToken with a code does.
@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_finish_passkey_assertion(person, server, algorithm):
    user, caller, client = person(allow("iam:*"), deny("iam:ListUsers", condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}))
    authenticator = SoftAuthenticator(algorithm=algorithm)
    serial = client.register(authenticator)
    with refused("AccessDenied", containing="with an explicit deny in an identity-based policy"):
        caller.iam.list_users(MaxItems=1)
    answer = client.assertion(authenticator, DurationSeconds=900)
    assert answer["SerialNumber"] == serial
    session = Identity.of_credentials(server.endpoint, answer["Credentials"])
    session.iam.list_users(MaxItems=1)
    assert session.iam.get_user()["User"]["UserName"] == user
    for operation in ("BeginPasskeyAssertion", "FinishPasskeyAssertion"):
        with passkey_refused(f"Cannot call {operation} with session credentials", "AccessDeniedException", 403):
            members = {} if operation.startswith("Begin") else authenticator.answer(b"x" * 32)
            PasskeyClient(session).call(operation, **members)


def test_begin_passkey_assertion(person):
    _, _, client = person()
    with passkey_refused("The caller has no passkey.", "NoSuchEntity", 404):
        client.call("BeginPasskeyAssertion")
    authenticators = [SoftAuthenticator(), SoftAuthenticator()]
    for authenticator in authenticators:
        client.register(authenticator)
    options = client.call("BeginPasskeyAssertion")
    assert options["AllowCredentials"] == [a.id for a in authenticators] and options["RelyingPartyId"] == "localhost"


def spoiled(change):
    """An attestation of which `change` edits the map."""
    def spoil(attestation):
        edited = dict(attestation)
        change(edited)
        return edited
    return spoil


def set_flags(attestation, flags):
    data = attestation["authData"]
    attestation["authData"] = data[:32] + bytes([flags]) + data[33:]


# One thing wrong each; a challenge that was refused is used.
REGISTRATIONS = {
    "wrong challenge": ({}, {"client_changes": {"challenge": "AAAAAAAAAAAAAAAAAAAAAA"}}, WRONG_CHALLENGE),
    "challenge with padding": ({}, {"client_changes": {"challenge": "YWI="}}, MALFORMED),
    "wrong origin": ({"origin": "https://localhost:8480"}, {}, WRONG_ORIGIN),
    "origin of a longer name": ({"origin": "http://localhost:8480.example.com"}, {}, WRONG_ORIGIN),
    "wrong relying party": ({"rp_id": "example.com"}, {}, WRONG_PARTY),
    "another ceremony": ({}, {"client_changes": {"type": "webauthn.get"}}, WRONG_TYPE),
    "framed by another site": ({}, {"client_changes": {"crossOrigin": True}}, WRONG_TYPE),
    "nobody there": ({"flags": VERIFIED}, {}, NOT_PRESENT),
    "unknown format": ({}, {"spoil": spoiled(lambda a: a.update(fmt="tpm2"))}, BAD_FORMAT),
    "none with a statement": ({}, {"spoil": spoiled(lambda a: a.update(attStmt={"alg": -7}))}, MALFORMED),
    "packed without a statement": ({}, {"spoil": spoiled(lambda a: a.update(fmt="packed"))}, BAD_SIGNATURE),
    "a member too many": ({}, {"spoil": spoiled(lambda a: a.update(more=1))}, MALFORMED),
    "a member too few": ({}, {"spoil": spoiled(lambda a: a.pop("attStmt"))}, MALFORMED),
    "data of the wrong type": ({}, {"spoil": spoiled(lambda a: a.update(authData="text"))}, MALFORMED),
    "data cut": ({}, {"spoil": spoiled(lambda a: a.update(authData=a["authData"][:-1]))}, MALFORMED),
    "data too long": ({}, {"spoil": spoiled(lambda a: a.update(authData=a["authData"] + b"\0"))}, MALFORMED),
    "no credential in the data": ({}, {"spoil": spoiled(lambda a: set_flags(a, PRESENT))}, MALFORMED),
    "a flipped bit of a packed signature": ({"format": "packed"}, {"spoil": spoiled(
        lambda a: a.update(attStmt={**a["attStmt"], "sig": flip_bit(a["attStmt"]["sig"])}))}, BAD_SIGNATURE),
    "a flipped bit of a certified signature": ({"format": "packed-certificate"}, {"spoil": spoiled(
        lambda a: a.update(attStmt={**a["attStmt"], "sig": flip_bit(a["attStmt"]["sig"])}))}, BAD_SIGNATURE),
    "a flipped bit of a U2F signature": ({"format": "fido-u2f"}, {"spoil": spoiled(
        lambda a: a.update(attStmt={**a["attStmt"], "sig": flip_bit(a["attStmt"]["sig"])}))}, BAD_SIGNATURE),
    "a flag the signature does not cover": ({"format": "packed"}, {"spoil": spoiled(lambda a: set_flags(a, PRESENT | 64))},
                                            BAD_SIGNATURE),
}


@pytest.mark.parametrize("case", REGISTRATIONS)
def test_registration_refused(person, iam, case):
    how, spoil, message = REGISTRATIONS[case]
    user, _, client = person()
    authenticator = SoftAuthenticator(**how)
    challenge = client.call("BeginPasskeyRegistration")["Challenge"]
    with passkey_refused(message):
        client.call("FinishPasskeyRegistration", DeviceName="key", **authenticator.register(challenge, **spoil))
    assert iam.list_mfa_devices(UserName=user)["MFADevices"] == []


def test_unsupported_algorithm(person):
    _, _, client = person()
    authenticator = SoftAuthenticator()
    authenticator.key.cose = lambda: {1: 2, 3: -35, -1: 2, -2: bytes(48), -3: bytes(48)}
    challenge = client.call("BeginPasskeyRegistration")["Challenge"]
    with passkey_refused(BAD_ALGORITHM):
        client.call("FinishPasskeyRegistration", DeviceName="key", **authenticator.register(challenge))


# CBOR that is cut anywhere, or says that more follows than does, is malformed and nothing worse.
def test_truncated_cbor(person):
    _, _, client = person()
    whole = None
    for cut in (1, 2, 10, 40, 100, -1, "huge map", "huge bytes", "deep", "indefinite"):
        challenge = client.call("BeginPasskeyRegistration")["Challenge"]
        made = SoftAuthenticator(format="packed-certificate").register(challenge)
        whole = made["AttestationObject"]
        named = {"huge map": b"\xbb" + b"\xff" * 8, "huge bytes": whole[:1] + b"\x63fmt\x7b" + b"\xff" * 8, "deep": b"\x81" * 5000,
                 "indefinite": b"\xbf" + whole[1:] + b"\xff"}
        bad = named[cut] if cut in named else whole[:cut]
        with passkey_refused(MALFORMED):
            client.call("FinishPasskeyRegistration", DeviceName="key", ClientDataJSON=made["ClientDataJSON"], AttestationObject=bad)


# A challenge is for one person, one ceremony and one answer.
def test_challenges_work_once(person):
    _, _, client = person()
    _, _, stranger = person()
    authenticator = SoftAuthenticator()
    options = client.call("BeginPasskeyRegistration")
    made = authenticator.register(options["Challenge"])
    with passkey_refused(WRONG_CHALLENGE):
        stranger.call("FinishPasskeyRegistration", DeviceName="key", **made)
    client.call("FinishPasskeyRegistration", DeviceName="key", **made)
    with passkey_refused(WRONG_CHALLENGE):
        client.call("FinishPasskeyRegistration", DeviceName="key", **made)
    for_registration = client.call("BeginPasskeyRegistration")["Challenge"]
    with passkey_refused(WRONG_CHALLENGE):
        client.call("FinishPasskeyAssertion", **authenticator.answer(for_registration))
    # A counter that does not count leaves the challenge alone to tell an old answer.
    silent = SoftAuthenticator(counts=False)
    client.register(silent)
    answer = silent.answer(client.call("BeginPasskeyAssertion")["Challenge"])
    client.call("FinishPasskeyAssertion", **answer)
    with passkey_refused(WRONG_CHALLENGE):
        client.call("FinishPasskeyAssertion", **answer)


def test_concurrent_answers_to_one_challenge(person):
    _, _, client = person()
    silent = SoftAuthenticator(counts=False)
    client.register(silent)
    answer = silent.answer(client.call("BeginPasskeyAssertion")["Challenge"])

    def send(_):
        try:
            client.call("FinishPasskeyAssertion", **answer)
            return True
        except PasskeyRefusal as refusal:
            assert refusal.message == WRONG_CHALLENGE
            return False

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, range(8))) == 1


def test_assertions_refused(person):
    _, _, client = person()
    authenticator = SoftAuthenticator()
    client.register(authenticator)
    _, _, other_client = person()
    other = SoftAuthenticator()
    other_client.register(other)

    def challenge():
        return client.call("BeginPasskeyAssertion")["Challenge"]

    def refuse(message, **answer):
        with passkey_refused(message):
            client.call("FinishPasskeyAssertion", **answer)

    good = authenticator.answer(challenge())
    refuse(BAD_SIGNATURE, **{**good, "Signature": flip_bit(good["Signature"])})
    good = authenticator.answer(challenge())
    data = good["AuthenticatorData"]
    refuse(BAD_SIGNATURE, **{**good, "AuthenticatorData": flip_bit(data)})  # a counter that is not signed
    good = authenticator.answer(challenge())
    refuse(MALFORMED, **{**good, "AuthenticatorData": good["AuthenticatorData"][:-1]})
    good = authenticator.answer(challenge())
    refuse(MALFORMED, **{**good, "AuthenticatorData": good["AuthenticatorData"] + b"\0"})
    refuse(WRONG_CHALLENGE, **authenticator.answer(b"x" * 32))
    refuse(WRONG_TYPE, **authenticator.answer(challenge(), client_changes={"type": "webauthn.create"}))
    refuse(WRONG_ORIGIN, **authenticator.answer(challenge(), client_changes={"origin": "https://evil.example"}))
    refuse(BAD_SIGNATURE, **{**authenticator.answer(challenge()), "CredentialId": b"unknown"})
    refuse(BAD_SIGNATURE, **other.answer(challenge()))  # a credential of someone else
    authenticator.rp_id = "example.com"
    refuse(WRONG_PARTY, **authenticator.answer(challenge()))
    authenticator.rp_id, authenticator.flags = "localhost", VERIFIED
    refuse(NOT_PRESENT, **authenticator.answer(challenge()))
    authenticator.flags = PRESENT
    client.call("FinishPasskeyAssertion", **authenticator.answer(challenge()))


# A counter that stands still or goes back means a copy of the key.
def test_counter_must_grow(person):
    _, _, client = person()
    authenticator = SoftAuthenticator()
    client.register(authenticator)
    authenticator.counter = 10
    client.assertion(authenticator)
    for counter in (10, 4, -1):
        authenticator.counter = counter  # answers with one more
        with passkey_refused(COUNTER_BACK):
            client.assertion(authenticator)
    authenticator.counter = 11
    client.assertion(authenticator)


# The credential of a device that was deactivated is gone; the id of a present one cannot be registered again.
def test_deactivate_passkey(person, iam):
    user, _, client = person()
    authenticator = SoftAuthenticator()
    serial = client.register(authenticator)
    challenge = client.call("BeginPasskeyRegistration")["Challenge"]
    with passkey_refused(MALFORMED):
        client.call("FinishPasskeyRegistration", DeviceName="again", **authenticator.register(challenge))
    with refused("NoSuchEntity"):
        iam.delete_virtual_mfa_device(SerialNumber=serial)
    with refused("DeleteConflict"):
        iam.delete_user(UserName=stripped(iam, user))
    iam.deactivate_mfa_device(UserName=user, SerialNumber=serial)
    assert iam.list_mfa_devices(UserName=user)["MFADevices"] == []


def stripped(iam, user):
    """The user without policies and keys, so that only its devices keep it."""
    iam.delete_user_policy(UserName=user, PolicyName="own")
    for key in iam.list_access_keys(UserName=user)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=user, AccessKeyId=key["AccessKeyId"])
    return user


# A passkey has no codes.
def test_passkey_has_no_token_code(person):
    _, caller, client = person()
    serial = client.register(SoftAuthenticator())
    with refused("AccessDenied", containing="unable to validate MFA code."):
        caller.sts.get_session_token(SerialNumber=serial, TokenCode="123456")


# Who may enable MFA devices of a user may register passkeys of it; eight devices of any kind are the most.
def test_permission_and_quota(person, new_user, account):
    user, _, client = person(allow("iam:EnableMFADevice", f"arn:aws:iam::{account}:user/${{aws:username}}"))
    other, _ = new_user()
    with pytest.raises(PasskeyRefusal) as caught:
        client.call("BeginPasskeyRegistration", UserName=other)
    assert caught.value.code == "AccessDeniedException" and "iam:EnableMFADevice" in caught.value.message
    for _ in range(8):
        client.register(SoftAuthenticator(), UserName=user)
    with passkey_refused("Cannot exceed quota for MFADevicesPerUser: 8", "LimitExceeded", 409):
        client.call("BeginPasskeyRegistration")


def test_constraints_and_bodies(person):
    _, _, client = person()
    made = SoftAuthenticator().register(client.call("BeginPasskeyRegistration")["Challenge"])
    for members in ({**made, "DeviceName": "a b"}, {**made, "DeviceName": ""}, {**made, "DeviceName": "x" * 65}, made,
                    {"DeviceName": "key", "ClientDataJSON": made["ClientDataJSON"]}):
        with pytest.raises(PasskeyRefusal) as caught:
            client.call("FinishPasskeyRegistration", **members)
        assert caught.value.code == "ValidationException", caught.value
    for body in (b"", b"[]", b"{", b'{"DeviceName":1}', b'{"DeviceName":"k","ClientDataJSON":"*","AttestationObject":"*"}'):
        status, answer = client.raw("FinishPasskeyRegistration", body)
        assert status == 400 and answer["__type"] in ("SerializationException", "ValidationException"), answer
    status, answer = client.raw("Nothing", b"{}")
    assert (status, answer["__type"]) == (400, "UnknownOperationException")


# Root has passkeys too, and everything survives a restart: the counter as well.
def test_root_restart_and_verification(binary, tmp_path, request):
    settings = ["--passkeys-relying-party", "iam.example.com", "--passkeys-origins", "https://iam.example.com,https://b.example.com",
                "--passkeys-require-verification"]
    timeout = request.config.getoption("--start-timeout")
    where = {"origin": "https://b.example.com", "rp_id": "iam.example.com"}
    with WardkeepServer(binary, data=tmp_path / "data", arguments=settings, start_timeout=timeout) as running:
        root = Identity(running.endpoint, *running.root_key)
        client = PasskeyClient(root)
        assert client.call("BeginPasskeyRegistration")["UserVerification"] == "required"
        careless = SoftAuthenticator(**where, flags=PRESENT)
        with passkey_refused(NOT_VERIFIED):
            client.register(careless)
        authenticator = SoftAuthenticator(**where)
        serial = client.register(authenticator)
        assert serial.startswith(f"arn:aws:iam::{running.account_id}:u2f/root-account-mfa-device/key-")
        assert root.iam.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 1
        authenticator.counter = 41
        client.assertion(authenticator)
        running.kill()
    with WardkeepServer(binary, data=tmp_path / "data", arguments=settings, start_timeout=timeout) as running:
        client = PasskeyClient(Identity(running.endpoint, *running.root_key))
        authenticator.counter = 41
        with passkey_refused(COUNTER_BACK):
            client.assertion(authenticator)
        session = Identity.of_credentials(running.endpoint, client.assertion(authenticator, DurationSeconds=43200)["Credentials"])
        session.iam.list_users()
