"""Credentials beside access keys: they survive a restart, and no secret of theirs is in the database."""

from certificates import certificate, openssh, private_key
from conftest import Identity
from wardkeep_server import WardkeepServer

GIT, BEDROCK = "codecommit.amazonaws.com", "bedrock.amazonaws.com"


def everything(iam):
    """All that the operations show of them."""
    shown = {name: getattr(iam, name)(**more) for name, more in {
        "list_ssh_public_keys": {"UserName": "bob"}, "list_signing_certificates": {"UserName": "bob"},
        "list_service_specific_credentials": {"UserName": "bob"}, "get_server_certificate": {"ServerCertificateName": "web"},
        "get_account_summary": {}}.items()}
    for answer in shown.values():
        del answer["ResponseMetadata"]
    return shown


def test_credentials_survive_a_restart_and_secrets_are_not_stored(binary, tmp_path):
    key = private_key()
    with WardkeepServer(binary, data=tmp_path) as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        iam.create_user(UserName="bob")
        iam.upload_ssh_public_key(UserName="bob", SSHPublicKeyBody=openssh(key))
        iam.upload_signing_certificate(UserName="bob", CertificateBody=certificate(key))
        made = [iam.create_service_specific_credential(UserName="bob", ServiceName=service)["ServiceSpecificCredential"]
                for service in (GIT, BEDROCK)]
        iam.upload_server_certificate(ServerCertificateName="web", CertificateBody=certificate(key), PrivateKey=key,
                                      Path="/p/", Tags=[{"Key": "k", "Value": "v"}])
        Identity(server.endpoint, *server.root_key).iam.upload_signing_certificate(CertificateBody=certificate(key, "root"))
        before = everything(iam)
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"service_credentials" in stored and b"sealed_key" in stored, "the documents are not compressed"
    # The first lines of a private key are its modulus, which is public.
    secrets = [made[0]["ServicePassword"], made[1]["ServiceCredentialSecret"], *key.splitlines()[8:-1]]
    assert [secret for secret in secrets if secret.encode() in stored] == []
    with WardkeepServer(binary, data=tmp_path, bootstrap=False) as server:
        assert everything(Identity(server.endpoint, *server.admin_key).iam) == before
