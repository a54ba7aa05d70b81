"""A passkey as the second factor at sign-in, driven by the software authenticator, and every answer that is none."""

import base64
import concurrent.futures

import pytest
from account_digest import stored_documents
from conftest import Identity
from documents import allow
from one_time_codes import enable_device
from passkey_client import PasskeyClient
from soft_authenticator import EDDSA, ES256, PRESENT, RS256, VERIFIED, SoftAuthenticator, base64url, flip_bit
from signin_client import root_password, send, sign_in
from wardkeep_server import WardkeepServer

GOOD = "Tide-Lantern-42"
MEMBERS = {"CredentialId": "credentialId", "ClientDataJSON": "clientDataJSON", "AuthenticatorData": "authenticatorData",
           "Signature": "signature"}


@pytest.fixture
def person(iam, name, new_user):
    """Makes a user with a password and a passkey; returns (name, authenticator)."""

    def make(**how):
        user, identity = new_user(allow("iam:EnableMFADevice"), allow("iam:ListUsers", condition={"Bool": {"aws:MultiFactorAuthPresent": "true"}}),
                                  allow("iam:ListRoles", condition={"NumericLessThan": {"aws:MultiFactorAuthAge": "60"}}))
        iam.create_login_profile(UserName=user, Password=GOOD)
        authenticator = SoftAuthenticator(**how)
        authenticator.serial = PasskeyClient(identity).register(authenticator)
        return user, authenticator

    return make


def bytes_of(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def members(answer):
    """The answer of the authenticator as members of a sign-in."""
    return {MEMBERS[key]: base64url(value) for key, value in answer.items()}


def challenge(server, user, **more):
    """The challenge of a first call."""
    asked = sign_in(server, user, GOOD, **more)
    assert asked.status == 401 and asked.code == "MfaRequired" and not asked.set_cookie, asked.text
    return bytes_of(asked.json["publicKey"]["challenge"])


# The question is that of WebAuthn; the answer opens a session with MFA.
@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_passkey_signs_in(server, person, algorithm):
    user, authenticator = person(algorithm=algorithm)
    asked = sign_in(server, user, GOOD)
    assert asked.status == 401 and asked.code == "MfaRequired" and not asked.set_cookie
    question = asked.json["publicKey"]
    assert question["allowCredentials"] == [{"type": "public-key", "id": base64url(authenticator.id)}]
    assert question["rpId"] == "localhost" and question["userVerification"] == "preferred" and question["timeout"] == 300_000
    assert len(bytes_of(question["challenge"])) == 32
    done = sign_in(server, user, GOOD, **members(authenticator.answer(bytes_of(question["challenge"]))))
    assert done.status == 200 and done.json["mfaAuthenticated"] is True, done.text
    session = done.identity(server).iam
    session.list_users(MaxItems=1)
    session.list_roles(MaxItems=1)
    again = send(server, "POST", "/signin/credentials", cookie=done.cookie)
    again.identity(server).iam.list_users(MaxItems=1)


# Nobody is asked before the password is right, and nobody gets in with the passkey alone.
def test_the_password_comes_first(server, person):
    user, authenticator = person()
    asked = sign_in(server, user, GOOD + "0")
    assert asked.status == 401 and asked.code == "AuthenticationFailed" and "publicKey" not in asked.json
    answer = members(authenticator.answer(challenge(server, user)))
    assert sign_in(server, user, GOOD + "0", **answer).code == "AuthenticationFailed"
    assert sign_in(server, user, "", **answer).code == "InvalidRequest"
    assert sign_in(server, user, GOOD, **answer).status == 200, "it was not looked at"


def test_an_answer_works_once(server, person):
    for counts in (True, False):
        user, authenticator = person(counts=counts)
        answer = members(authenticator.answer(challenge(server, user)))
        assert sign_in(server, user, GOOD, **answer).status == 200
        replayed = sign_in(server, user, GOOD, **answer)
        assert replayed.status == 401 and replayed.code == "AuthenticationFailed" and not replayed.set_cookie


def test_one_of_many_answers_at_once_wins(server, person):
    user, authenticator = person(counts=False)
    answer = members(authenticator.answer(challenge(server, user)))
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: sign_in(server, user, GOOD, **answer).status, range(4)))
    assert statuses.count(200) == 1 and set(statuses) <= {200, 401}, statuses


# One thing wrong each. What is wrong is not said; a right answer goes in afterwards.
WRONG = {
    "another origin": lambda a, c: a.answer(c, client_changes={"origin": "https://evil.example"}),
    "a registration": lambda a, c: a.answer(c, client_changes={"type": "webauthn.create"}),
    "a frame of another site": lambda a, c: a.answer(c, client_changes={"crossOrigin": True}),
    "another challenge": lambda a, c: a.answer(b"x" * 32),
    "another relying party": lambda a, c: changed(a, rp_id="example.com").answer(c),
    "nobody there": lambda a, c: changed(a, flags=VERIFIED).answer(c),
    "an unknown credential": lambda a, c: {**a.answer(c), "CredentialId": b"unknown"},
    "a flipped bit of the signature": lambda a, c: {**a.answer(c), "Signature": flip_bit(a.answer(c)["Signature"])},
    "a flipped bit of the data": lambda a, c: {**(made := a.answer(c)), "AuthenticatorData": flip_bit(made["AuthenticatorData"])},
    "cut data": lambda a, c: {**(made := a.answer(c)), "AuthenticatorData": made["AuthenticatorData"][:-1]},
    "client data that are no JSON": lambda a, c: {**a.answer(c), "ClientDataJSON": b"{"},
    "a counter that stands": lambda a, c: changed(a, counter=a.counter - 1).answer(c),
    "a counter that goes back": lambda a, c: changed(a, counter=-1).answer(c),
}


def changed(authenticator, **attributes):
    """The same credential with other attributes."""
    other = SoftAuthenticator.__new__(SoftAuthenticator)
    other.__dict__ = {**authenticator.__dict__, **attributes}
    return other


@pytest.mark.parametrize("case", WRONG)
def test_wrong_answers(server, person, case):
    user, authenticator = person()
    assert sign_in(server, user, GOOD, **members(authenticator.answer(challenge(server, user)))).status == 200
    given = challenge(server, user)
    refusal = sign_in(server, user, GOOD, **members(WRONG[case](authenticator, given)))
    assert refusal.status == 401 and refusal.code == "AuthenticationFailed" and not refusal.set_cookie, refusal.text
    assert "publicKey" not in refusal.json
    authenticator.counter += 5
    assert sign_in(server, user, GOOD, **members(authenticator.answer(challenge(server, user)))).status == 200


# A challenge and a credential are one user's.
def test_passkeys_and_challenges_of_others(server, person):
    user, authenticator = person()
    other, other_authenticator = person()
    for wrong in (other_authenticator.answer(challenge(server, user)), authenticator.answer(challenge(server, other))):
        assert sign_in(server, user, GOOD, **members(wrong)).code == "AuthenticationFailed"
    assert sign_in(server, other, GOOD, **members(other_authenticator.answer(challenge(server, other)))).status == 200


# The counter is durable before the answer, the challenge is not: after a kill both refuse the old answer.
def test_counter_survives_a_kill(binary, tmp_path):
    authenticator = SoftAuthenticator()
    with WardkeepServer(binary, data=tmp_path) as server:
        identity = Identity(server.endpoint, *server.admin_key)
        PasskeyClient(identity).register(authenticator)
        identity.iam.create_login_profile(UserName="admin", Password=GOOD)
        authenticator.counter = 40
        assert sign_in(server, "admin", GOOD, **members(authenticator.answer(challenge(server, "admin")))).status == 200
        server.kill()
    with WardkeepServer(binary, data=tmp_path) as server:
        authenticator.counter -= 1
        answer = members(authenticator.answer(challenge(server, "admin")))
        assert sign_in(server, "admin", GOOD, **answer).code == "AuthenticationFailed"
        assert sign_in(server, "admin", GOOD, **members(authenticator.answer(challenge(server, "admin")))).status == 200


# Wrong answers are guesses: they slow down like wrong codes.
def test_wrong_answers_slow_down(server, person):
    user, authenticator = person()
    given = challenge(server, user)
    for _ in range(5):
        wrong = members(authenticator.answer(b"x" * 32))
        assert sign_in(server, user, GOOD, **wrong).code == "AuthenticationFailed"
    assert sign_in(server, user, GOOD, **members(authenticator.answer(given))).code == "TooManyAttempts"


# A password that must be replaced: the answer may come with the new one, or a new challenge is given for it.
def test_passkey_and_new_password(server, iam, person):
    user, authenticator = person()
    iam.attach_user_policy(UserName=user, PolicyArn="arn:aws:iam::aws:policy/IAMUserChangePassword")
    for new in (GOOD + "1", GOOD + "2"):
        iam.update_login_profile(UserName=user, Password=GOOD, PasswordResetRequired=True)
        asked = sign_in(server, user, GOOD, **members(authenticator.answer(challenge(server, user))))
        assert asked.status == 403 and asked.code == "PasswordChangeRequired"
        given = bytes_of(asked.json["publicKey"]["challenge"])
        weak = sign_in(server, user, GOOD, newPassword="short", **members(authenticator.answer(given)))
        assert weak.code == "PasswordPolicyViolation"
        given = bytes_of(weak.json["publicKey"]["challenge"])
        done = sign_in(server, user, GOOD, newPassword=new, **members(authenticator.answer(given)))
        assert done.status == 200 and done.json["mfaAuthenticated"] is True
        iam.update_login_profile(UserName=user, Password=GOOD)


# Whoever has both kinds of device uses either; whoever has codes only is asked for no passkey.
def test_codes_and_passkeys(server, iam, name, person, new_user):
    user, authenticator = person()
    device = enable_device(iam, user, name("device"))
    assert sign_in(server, user, GOOD, mfaCode=device.code()).status == 200
    given = challenge(server, user)
    both = sign_in(server, user, GOOD, mfaCode=device.code(1), **members(authenticator.answer(given)))
    assert both.status == 400 and both.code == "InvalidRequest"
    assert sign_in(server, user, GOOD, **members(authenticator.answer(given))).status == 200
    plain, _ = new_user()
    iam.create_login_profile(UserName=plain, Password=GOOD)
    enable_device(iam, plain, name("device"))
    assert "publicKey" not in sign_in(server, plain, GOOD).json


# A removed passkey opens nothing, not even with a challenge of before.
def test_removed_passkey(server, iam, person):
    user, authenticator = person()
    PasskeyClient(Identity.of_access_key(server.endpoint, iam.create_access_key(UserName=user)["AccessKey"])).register(SoftAuthenticator())
    answer = members(authenticator.answer(challenge(server, user)))
    iam.deactivate_mfa_device(UserName=user, SerialNumber=authenticator.serial)
    assert sign_in(server, user, GOOD, **answer).code == "AuthenticationFailed"


BAD = {
    "one member": lambda a: {"credentialId": a["credentialId"]},
    "no signature": lambda a: {k: v for k, v in a.items() if k != "signature"},
    "an empty signature": lambda a: {**a, "signature": ""},
    "standard base64": lambda a: {**a, "signature": "+/+/"},
    "no base64": lambda a: {**a, "clientDataJSON": "*"},
    "a list": lambda a: {**a, "signature": ["x"]},
}


@pytest.mark.parametrize("case", BAD)
def test_malformed_members(server, person, case):
    user, authenticator = person()
    given = challenge(server, user)
    refusal = sign_in(server, user, GOOD, **BAD[case](members(authenticator.answer(given))))
    assert refusal.status == 400 and refusal.code == "InvalidRequest", refusal.text
    assert sign_in(server, user, GOOD, **members(authenticator.answer(given))).status == 200


def test_user_verification_when_it_is_required(binary):
    with WardkeepServer(binary, arguments=["--passkeys-require-verification"]) as server:
        identity, authenticator = Identity(server.endpoint, *server.admin_key), SoftAuthenticator()
        PasskeyClient(identity).register(authenticator)
        identity.iam.create_login_profile(UserName="admin", Password=GOOD)
        assert sign_in(server, "admin", GOOD).json["publicKey"]["userVerification"] == "required"
        authenticator.flags = PRESENT
        answer = members(authenticator.answer(challenge(server, "admin")))
        assert sign_in(server, "admin", GOOD, **answer).code == "AuthenticationFailed"
        authenticator.flags = PRESENT | VERIFIED
        assert sign_in(server, "admin", GOOD, **members(authenticator.answer(challenge(server, "admin")))).status == 200


# The root user enrols a passkey with its first session, and signs in with it.
def test_root_enrols_a_passkey_and_signs_in(binary):
    with WardkeepServer(binary) as server:
        first = sign_in(server, None, root_password(server), root=True, newPassword=GOOD)
        assert first.json["mfaEnrolmentRequired"] is True
        authenticator = SoftAuthenticator()
        serial = PasskeyClient(first.identity(server)).register(authenticator)
        assert ":u2f/root-account-mfa-device/" in serial
        given = challenge(server, None, root=True)
        wrong = SoftAuthenticator()
        assert sign_in(server, None, GOOD, root=True, **members(wrong.answer(given))).code == "AuthenticationFailed"
        done = sign_in(server, None, GOOD, root=True, **members(authenticator.answer(challenge(server, None, root=True))))
        assert done.status == 200 and done.json["mfaAuthenticated"] is True and "mfaEnrolmentRequired" not in done.json
        done.identity(server).iam.create_user(UserName="by-root")
        task = {"action": "ChangeName", "name": "N", "password": GOOD}
        assert send(server, "POST", "/signin/root", task, cookie=done.cookie).status == 200


# The record of sign-ins names the device.
def test_the_record_names_the_passkey(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path) as server:
        identity, authenticator = Identity(server.endpoint, *server.admin_key), SoftAuthenticator()
        serial = PasskeyClient(identity).register(authenticator)
        identity.iam.create_login_profile(UserName="admin", Password=GOOD)
        assert sign_in(server, "admin", GOOD, **members(authenticator.answer(challenge(server, "admin")))).status == 200
        server.close()
    records = [body for (_, kind, _), (_, body) in stored_documents(tmp_path).items() if kind == "signin_attempt"]
    assert sum(serial in str(body) for body in records) == 1, records
