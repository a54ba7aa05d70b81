"""Keys and certificates for the tests, made with the openssl program and remembered, as RSA keys take a moment."""

import base64
import functools
import hashlib
import pathlib
import re
import struct
import subprocess
import tempfile


def openssl(*arguments, given=""):
    """The output of one openssl command."""
    done = subprocess.run(["openssl", *arguments], input=given, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


@functools.cache
def private_key(bits=2048, number=0):
    """An RSA private key in PKCS#8; another one for each number."""
    del number
    return openssl("genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", f"rsa_keygen_bits:{bits}")


@functools.cache
def ec_key(curve="P-256"):
    return openssl("genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{curve}")


def public_key(key, pkcs1=False):
    """The public half in PEM."""
    if pkcs1:
        return openssl("rsa", "-RSAPublicKey_out", given=key)
    return openssl("pkey", "-pubout", given=key)


def wire(key):
    """The SSH wire form of the public half of an RSA key."""
    text = openssl("pkey", "-noout", "-text", given=key)
    digits = re.search(r"modulus:\n([\s0-9a-f:]+)", text)[1]
    modulus = bytes.fromhex(re.sub(r"[\s:]", "", digits))
    parts = [b"ssh-rsa", (65537).to_bytes(3, "big"), modulus]
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def openssh(key):
    return "ssh-rsa " + base64.b64encode(wire(key)).decode()


def fingerprint(key):
    return ":".join(f"{byte:02x}" for byte in hashlib.md5(wire(key)).digest())


def certificate(key, name="test", issuer=None, days=30, ca=False, start=None):
    """An X.509 certificate for the key, signed by itself or by `issuer`, a pair of certificate and key. `start` and
    `days` may make one that is over or not yet begun (start: days from now)."""
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "key.pem").write_text(key)
        request = openssl("req", "-new", "-key", str(folder / "key.pem"), "-subj", f"/CN={name}")
        (folder / "request.pem").write_text(request)
        usage = "keyCertSign,cRLSign" if ca else "digitalSignature"
        (folder / "extensions").write_text(f"basicConstraints=critical,CA:{'TRUE' if ca else 'FALSE'}\nkeyUsage=critical,{usage}\n")
        if start is not None:
            return _with_period(folder, key, start, days)
        signer = ["-signkey", str(folder / "key.pem")]
        if issuer:
            (folder / "issuer.pem").write_text(issuer[0])
            (folder / "issuer-key.pem").write_text(issuer[1])
            signer = ["-CA", str(folder / "issuer.pem"), "-CAkey", str(folder / "issuer-key.pem"), "-CAcreateserial"]
        return openssl("x509", "-req", "-in", str(folder / "request.pem"), "-days", str(days), "-sha256",
                       "-extfile", str(folder / "extensions"), *signer)


def _with_period(folder, key, start, days):
    """Self-signed with a start that is not now: only `openssl ca` can say that."""
    import datetime
    (folder / "index").write_text("")
    (folder / "serial").write_text("01\n")
    (folder / "config").write_text(
        f"[ca]\ndefault_ca=d\n[d]\ndatabase={folder}/index\nserial={folder}/serial\nnew_certs_dir={folder}\n"
        "default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n")
    begin = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=start)
    end = begin + datetime.timedelta(days=days)
    form = "%Y%m%d%H%M%SZ"
    openssl("ca", "-batch", "-selfsign", "-notext", "-config", str(folder / "config"), "-in", str(folder / "request.pem"),
            "-keyfile", str(folder / "key.pem"), "-startdate", begin.strftime(form), "-enddate", end.strftime(form),
            "-out", str(folder / "out.pem"))
    return (folder / "out.pem").read_text()


def expiration(pem):
    """notAfter as openssl prints it: "Jun  1 12:00:00 2026 GMT"."""
    return openssl("x509", "-noout", "-enddate", given=pem).strip().removeprefix("notAfter=")


def saml_metadata(pem, entity="https://idp.example.com/metadata"):
    """The metadata of a SAML identity provider that signs with the certificate."""
    base64_text = "".join(line for line in pem.splitlines() if "-----" not in line)
    return (f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">'
            '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">'
            f'<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{base64_text}</X509Certificate></X509Data>'
            '</KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" '
            'Location="https://idp.example.com/sso"/></IDPSSODescriptor></EntityDescriptor>')
