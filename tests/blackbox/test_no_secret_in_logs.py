"""What the server writes about its work holds no secret: neither at the noisiest level nor about requests that fail."""

import json
import re
import urllib.parse

import botocore.exceptions
import pytest
from certificates import certificate, private_key
from conftest import Identity
from documents import trust
from signed_request import Connection, form, sign
from wardkeep_server import WardkeepServer

MFA_PARAMETERS = {"TokenCode": "918273", "SerialNumber": "arn:aws:iam::123456789012:mfa/none"}


class Watched(Identity):
    """An identity whose clients note the signatures they send."""

    def __init__(self, endpoint, key_id, secret, token=None, *, seen):
        super().__init__(endpoint, key_id, secret, token)
        self.seen = seen
        seen.update(part for part in (secret, token) if part)

    def client(self, service, **settings):
        made = super().client(service, **settings)

        def note(request, **_):
            header = request.headers["Authorization"]
            header = header.decode() if isinstance(header, bytes) else header
            self.seen.add(header.rsplit("Signature=", 1)[1])

        made.meta.events.register("before-send", note)
        return made

    def of(self, credentials):
        return Watched(self.endpoint, credentials["AccessKeyId"], credentials["SecretAccessKey"],
                       credentials.get("SessionToken"), seen=self.seen)


def refused_call(call, **parameters):
    with pytest.raises(botocore.exceptions.ClientError):
        call(**parameters)


def other_credentials(admin, seen):
    """The secrets of a service-specific credential and of server certificates, taken and refused."""
    seen.add(admin.iam.create_service_specific_credential(
        UserName="bob", ServiceName="codecommit.amazonaws.com")["ServiceSpecificCredential"]["ServicePassword"])
    key, other = private_key(), private_key(2048, 1)
    for one in (key, other):
        seen.update(one.splitlines()[8:-1])  # the first lines are the modulus, which is public
    given = {"ServerCertificateName": "web", "CertificateBody": certificate(key)}
    admin.iam.upload_server_certificate(PrivateKey=key, **given)
    for bad in (other, key + key, key[:-40]):
        refused_call(admin.iam.upload_server_certificate, PrivateKey=bad, **given)


def run_everything(server, seen):
    """Key creation, sessions of each kind, a presigned URL, and every way to fail to authenticate."""
    admin = Watched(server.endpoint, *server.admin_key, seen=seen)
    root = Watched(server.endpoint, *server.root_key, seen=seen)
    admin.iam.create_user(UserName="bob")
    bob = admin.of(admin.iam.create_access_key(UserName="bob")["AccessKey"])
    root.of(root.iam.create_access_key()["AccessKey"]).sts.get_caller_identity()
    admin.iam.create_role(RoleName="r", AssumeRolePolicyDocument=trust({"AWS": server.account_id}))
    arn = f"arn:aws:iam::{server.account_id}:role/r"
    session = admin.of(admin.sts.assume_role(RoleArn=arn, RoleSessionName="s1", ExternalId="word-of-the-third-party")["Credentials"])
    session.sts.get_caller_identity()
    bob.of(bob.sts.get_session_token()["Credentials"]).sts.get_caller_identity()
    admin.of(admin.sts.get_federation_token(Name="fed")["Credentials"]).sts.get_caller_identity()
    other_credentials(admin, seen)
    presigned = bob.sts.generate_presigned_url("get_caller_identity", HttpMethod="GET")
    signature = urllib.parse.parse_qs(urllib.parse.urlsplit(presigned).query)["X-Amz-Signature"][0]
    seen.add(signature)
    plain = Connection(server.endpoint, bob.key)
    assert plain.send("GET", presigned[len(server.endpoint):]).status == 200

    refused_call(bob.iam.list_users)
    refused_call(admin.sts.assume_role, RoleArn=arn, RoleSessionName="s1", **MFA_PARAMETERS)
    refused_call(Watched(server.endpoint, bob.key[0], "w" * 40, seen=seen).sts.get_caller_identity)
    refused_call(Watched(server.endpoint, "AKIAIOSFODNN7EXAMPLE", bob.key[1], seen=seen).sts.get_caller_identity)
    forged = session.token[:-12] + "AAAAAAAAAAAA"
    refused_call(Watched(server.endpoint, session.key[0], session.key[1], forged, seen=seen).sts.get_caller_identity)
    spoil_headers(plain)
    plain.close()


def spoil_headers(plain):
    """Requests that put a secret where it does not belong, as people do by mistake."""
    body = form("GetCallerIdentity", service="sts")
    secret = plain.key[1]
    good = sign(plain.key, body, plain.host, service="sts")
    name = next(key for key in good if key.lower() == "authorization")
    for value in (f"AWS4-HMAC-SHA256 Credential={secret}/20250101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=1",
                  f"Basic {secret}", good[name].replace("Signature=", "Signatur="), good[name].replace("/sts/", "/s3/")):
        assert plain.send("POST", "/", {**good, name: value}, body).status in (400, 403)
    plain.send("POST", f"/?SecretAccessKey={urllib.parse.quote(secret, safe='')}", good, body)


@pytest.mark.parametrize("to_file", [True, False], ids=["file", "standard error"])
def test_no_secret_in_logs(request, binary, tmp_path, to_file):
    seen = set()
    log = tmp_path / "log"
    arguments = ["--log-level", "debug"] + (["--log-file", str(log)] if to_file else [])
    with WardkeepServer(binary, data=tmp_path / "data", arguments=arguments,
                        start_timeout=request.config.getoption("--start-timeout")) as server:
        run_everything(server, seen)
    server._reader.join(timeout=10)  # the last lines may still be in the pipe
    printed = "\n".join(server.output)
    # Shown once on standard output, on purpose, and nowhere else.
    password = re.search(r"root user password\s+(\S+)", printed)[1]
    written = log.read_text() if to_file else printed.replace(password, "", 1)
    requests = [json.loads(line) for line in written.splitlines() if '"request"' in line]
    assert len(requests) > 15, "the log must tell of the requests"
    assert {"AssumeRole", "CreateAccessKey", "GetFederationToken"} <= {line.get("operation") for line in requests}
    assert len(seen) > 20
    for secret in seen | {password}:
        # Any long piece of it gives it away, and so does its encoded form.
        for piece in {secret, secret[:20], secret[-20:], urllib.parse.quote(secret, safe="")}:
            assert piece not in written, f"the log holds a secret: {piece[:4]}..."
    for line in requests:
        assert set(line) <= {"time", "level", "message", "request_id", "caller", "service", "operation", "status", "error_code",
                             "duration_us", "peer"}
