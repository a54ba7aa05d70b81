"""A FIDO2 authenticator and browser in software: what WebAuthn calls the client and the authenticator, speaking its real
structures. Attributes and arguments spoil single parts, so that a test can say what exactly is wrong."""

import base64
import datetime
import hashlib
import json
import os

import cbor2
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.x509.oid import NameOID, ObjectIdentifier

ES256, EDDSA, RS256 = -7, -8, -257
PRESENT, VERIFIED, CREDENTIAL = 1, 4, 64
AAGUID = bytes(range(16))


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def width(number, size):
    return number.to_bytes(size, "big")


class Key:
    """A key pair of one of the three algorithms."""

    def __init__(self, algorithm):
        self.algorithm = algorithm
        make = {ES256: lambda: ec.generate_private_key(ec.SECP256R1()), EDDSA: ed25519.Ed25519PrivateKey.generate,
                RS256: lambda: rsa.generate_private_key(65537, 2048)}
        self.private = make[algorithm]()

    def cose(self):
        public = self.private.public_key()
        if self.algorithm == ES256:
            numbers = public.public_numbers()
            return {1: 2, 3: ES256, -1: 1, -2: width(numbers.x, 32), -3: width(numbers.y, 32)}
        if self.algorithm == EDDSA:
            return {1: 1, 3: EDDSA, -1: 6, -2: public.public_bytes_raw()}
        numbers = public.public_numbers()
        return {1: 3, 3: RS256, -1: width(numbers.n, 256), -2: width(numbers.e, 3)}

    def point(self):
        """The uncompressed point that U2F signs."""
        numbers = self.private.public_key().public_numbers()
        return b"\x04" + width(numbers.x, 32) + width(numbers.y, 32)

    def sign(self, data):
        if self.algorithm == ES256:
            return self.private.sign(data, ec.ECDSA(hashes.SHA256()))
        if self.algorithm == EDDSA:
            return self.private.sign(data)
        return self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())


def attestation_certificate(key):
    """A certificate of the maker of authenticators, for its own key (WebAuthn section 8.2.1)."""
    name = x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tests"),
                      x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Authenticator Attestation"),
                      x509.NameAttribute(NameOID.COMMON_NAME, "Soft authenticator")])
    now = datetime.datetime.now(datetime.timezone.utc)
    aaguid = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4"), b"\x04\x10" + AAGUID)
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.private.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=1)).add_extension(x509.BasicConstraints(False, None), True)
            .add_extension(aaguid, False).sign(key.private, hashes.SHA256()))
    return made.public_bytes(serialization.Encoding.DER)


class SoftAuthenticator:
    """One credential. `counts` says whether its counter grows; `flags` what it says of its user."""

    def __init__(self, *, algorithm=ES256, format="none", origin="http://localhost:8480", rp_id="localhost",
                 flags=PRESENT | VERIFIED, counts=True):
        self.key, self.format, self.origin, self.rp_id = Key(algorithm), format, origin, rp_id
        self.flags, self.counts, self.counter = flags, counts, 0
        self.id = os.urandom(32)
        self.maker = Key(ES256)

    def client_data(self, kind, challenge, changes=None):
        data = {"type": kind, "challenge": base64url(challenge), "origin": self.origin, "crossOrigin": False, **(changes or {})}
        return json.dumps(data).encode()

    def _data(self, extra_flags=0, attested=b""):
        if self.counts:
            self.counter += 1
        return (hashlib.sha256(self.rp_id.encode()).digest() + bytes([self.flags | extra_flags]) + width(self.counter, 4)
                + attested)

    def _statement(self, authenticator_data, client_hash):
        signed = authenticator_data + client_hash
        if self.format == "packed":  # with the credential's own key
            return {"alg": self.key.algorithm, "sig": self.key.sign(signed)}
        if self.format == "packed-certificate":
            return {"alg": ES256, "sig": self.maker.sign(signed), "x5c": [attestation_certificate(self.maker)]}
        if self.format == "fido-u2f":
            u2f = b"\x00" + authenticator_data[:32] + client_hash + self.id + self.key.point()
            return {"sig": self.maker.sign(u2f), "x5c": [attestation_certificate(self.maker)]}
        return {}

    def register(self, challenge, *, client_changes=None, spoil=lambda attestation: attestation):
        """The members of FinishPasskeyRegistration."""
        client = self.client_data("webauthn.create", challenge, client_changes)
        aaguid = bytes(16) if self.format == "fido-u2f" else AAGUID
        attested = aaguid + width(len(self.id), 2) + self.id + cbor2.dumps(self.key.cose(), canonical=True)
        data = self._data(CREDENTIAL, attested)
        statement = self._statement(data, hashlib.sha256(client).digest())
        attestation = {"fmt": self.format.removesuffix("-certificate"), "attStmt": statement, "authData": data}
        encoded = cbor2.dumps(spoil(attestation), canonical=True)
        return {"ClientDataJSON": client, "AttestationObject": encoded}

    def answer(self, challenge, *, client_changes=None):
        """The members of FinishPasskeyAssertion."""
        client = self.client_data("webauthn.get", challenge, client_changes)
        data = self._data()
        signature = self.key.sign(data + hashlib.sha256(client).digest())
        return {"CredentialId": self.id, "ClientDataJSON": client, "AuthenticatorData": data, "Signature": signature}


def flip_bit(data, bit=0):
    """The bytes with one bit of the last one turned."""
    return data[:-1] + bytes([data[-1] ^ (1 << bit)])
