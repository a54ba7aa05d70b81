"""OpenID Connect providers: URLs, client ids, thumbprints, quotas, and the certificate asked from the provider."""

import http.server
import json
import socket
import ssl
import subprocess
import threading

import pytest
from conftest import Identity
from refusals import refused
from wardkeep_server import WardkeepServer

PRINT = "0123456789abcdef0123456789abcdef01234567"
OTHER_PRINT = "89ABCDEF0123456789abcdef0123456789abcdef"


@pytest.fixture
def create(iam, name):
    """Creates a provider of a fresh host and returns its ARN."""

    def create(path="", **more):
        url = f"https://{name('idp')}.example.com{path}"
        return iam.create_open_id_connect_provider(Url=url, **{"ThumbprintList": [PRINT], **more})["OpenIDConnectProviderArn"]

    return create


# The ARN is made of the URL; answers show the URL without its scheme and everything that was given.
def test_create_open_id_connect_provider_and_get_open_id_connect_provider(iam, name, account):
    host = f"{name('Idp')}.example.com"
    made = iam.create_open_id_connect_provider(Url=f"https://{host}/Tenant/1", ClientIDList=["b", "a", "b"],
                                               ThumbprintList=[PRINT, OTHER_PRINT, PRINT.upper()],
                                               Tags=[{"Key": "env", "Value": "prod"}])
    arn = made["OpenIDConnectProviderArn"]
    assert arn == f"arn:aws:iam::{account}:oidc-provider/{host}/Tenant/1"
    assert made["Tags"] == [{"Key": "env", "Value": "prod"}]
    got = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    assert got["Url"] == f"{host}/Tenant/1"
    assert got["ClientIDList"] == ["b", "a"]
    assert got["ThumbprintList"] == [PRINT, OTHER_PRINT.lower(), PRINT]  # lower case, doubles kept
    assert got["Tags"] == [{"Key": "env", "Value": "prod"}] and got["CreateDate"]


# A slash at the end belongs to the URL: issuers are compared byte by byte.
def test_create_open_id_connect_provider_with_a_slash_at_the_end(iam, create):
    arn = create("/")
    assert arn.endswith(".example.com/")
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["Url"].endswith("/")
    iam.tag_open_id_connect_provider(OpenIDConnectProviderArn=arn, Tags=[{"Key": "k", "Value": "v"}])
    assert len(iam.list_open_id_connect_provider_tags(OpenIDConnectProviderArn=arn)["Tags"]) == 1


@pytest.mark.parametrize("url", [
    "http://plain.example.com", "ftp://x.example.com", "host.example.com", "https://", "https:///path",
    "https://host.example.com:8443/x", "https://user@host.example.com",
    "https://ho st.example.com", "https://host..example.com", "https://-host.example.com", "https://host-.example.com",
    "https://host.example.com/a b", "https://host.example.com/%zz", "https://host.example.com/../x",
    "https://[::1]/x", "https://hóst.example.com", "https://host.example.com/x\ny",
])
def test_create_open_id_connect_provider_refuses_url(iam, url):
    with refused("ValidationError", "Invalid Open ID Connect Provider URL"):
        iam.create_open_id_connect_provider(Url=url, ThumbprintList=[PRINT])


@pytest.mark.parametrize("url", ["https://host.example.com?query", "https://host.example.com/x?y=1",
                                 "https://host.example.com:443#part"])
def test_create_open_id_connect_provider_refuses_queries_and_fragments(iam, url):
    with refused("InvalidInput", "Unknown"):
        iam.create_open_id_connect_provider(Url=url, ThumbprintList=[PRINT])


def test_create_open_id_connect_provider_cuts_the_port_off(iam, name, account):
    host = f"{name('idp')}.example.com"
    arn = iam.create_open_id_connect_provider(Url=f"https://{host}:443/x", ThumbprintList=[PRINT])["OpenIDConnectProviderArn"]
    assert arn == f"arn:aws:iam::{account}:oidc-provider/{host}/x"
    with refused("EntityAlreadyExists", f"Provider with url https://{host}/x already exists."):
        iam.create_open_id_connect_provider(Url=f"https://{host}/x", ThumbprintList=[PRINT])


# The model's own bound comes first.
def test_create_open_id_connect_provider_refuses_long_url(iam):
    with refused("ValidationError", containing="Member must have length less than or equal to 255"):
        iam.create_open_id_connect_provider(Url="https://" + "a" * 248, ThumbprintList=[PRINT])


def test_create_open_id_connect_provider_twice(iam, name):
    url = f"https://{name('twice')}.example.com"
    iam.create_open_id_connect_provider(Url=url, ThumbprintList=[PRINT])
    with refused("EntityAlreadyExists", f"Provider with url {url} already exists."):
        iam.create_open_id_connect_provider(Url=url, ThumbprintList=[PRINT])
    # Without a thumbprint too, and then nobody is asked for one.
    with refused("EntityAlreadyExists", f"Provider with url {url} already exists."):
        iam.create_open_id_connect_provider(Url=url)
    with refused("EntityAlreadyExists"):
        iam.create_open_id_connect_provider(Url=url.upper(), ThumbprintList=[PRINT])


@pytest.mark.parametrize("prints, code, text", [
    ([f"{i:040d}" for i in range(6)], "InvalidInput", "Thumbprint list must contain fewer than 5 entries."),
    (["0" * 39], "ValidationError", None),
    (["0" * 41], "ValidationError", None),
])
def test_update_open_id_connect_provider_thumbprint_refuses(iam, create, prints, code, text):
    arn = create()
    with refused(code, text):
        iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=prints)
    with refused(code, text):
        create(ThumbprintList=prints)
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ThumbprintList"] == [PRINT]


# 40 characters are enough: whether they are digits is not looked at.
def test_update_open_id_connect_provider_thumbprint_takes_any_characters(iam, create):
    arn = create()
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=["G" * 40, "g" * 40])
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ThumbprintList"] == ["g" * 40, "g" * 40]


# The new list takes the place of the old one.
def test_update_open_id_connect_provider_thumbprint(iam, create):
    arn = create()
    five = [f"{i:040d}" for i in range(5)]
    iam.update_open_id_connect_provider_thumbprint(OpenIDConnectProviderArn=arn, ThumbprintList=five)
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ThumbprintList"] == five


# Adding one that is there and removing one that is not change nothing.
def test_add_client_id_to_open_id_connect_provider_and_remove_client_id_from_open_id_connect_provider(iam, create):
    arn = create(ClientIDList=["one"])
    for client in ("two", "one"):
        iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID=client)
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"] == ["one", "two"]
    for client in ("one", "never-there"):
        iam.remove_client_id_from_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID=client)
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ClientIDList"] == ["two"]


def test_hundred_client_ids(iam, create):
    arn = create(ClientIDList=[f"c{i}" for i in range(100)])
    iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="c7")
    with refused("LimitExceeded", "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"):
        iam.add_client_id_to_open_id_connect_provider(OpenIDConnectProviderArn=arn, ClientID="c100")
    with refused("LimitExceeded", "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"):
        create(ClientIDList=[f"c{i}" for i in range(101)])


# A hundred providers, all listed at once; the summary counts them.
def test_list_open_id_connect_providers_up_to_the_quota(fresh):
    iam = fresh.admin.iam
    arns = [iam.create_open_id_connect_provider(Url=f"https://h{i}.example.com", ThumbprintList=[PRINT])
            ["OpenIDConnectProviderArn"] for i in range(100)]
    with refused("LimitExceeded", "Cannot exceed quota for OpenIDConnectProvidersPerAccount: 100"):
        iam.create_open_id_connect_provider(Url="https://h100.example.com", ThumbprintList=[PRINT])
    listed = [p["Arn"] for p in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]]
    assert sorted(listed) == sorted(arns)
    assert iam.get_account_summary()["SummaryMap"]["Providers"] == 100


def test_delete_open_id_connect_provider(iam, create):
    arn = create()
    iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    with refused("NoSuchEntity", f"OpenIDConnect Provider not found for arn {arn}"):
        iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    with refused("NoSuchEntity", f"OpenId connect Provider {arn} cannot be found."):
        iam.delete_open_id_connect_provider(OpenIDConnectProviderArn=arn)


# What is kept survives a kill of the server.
def test_open_id_connect_provider_survives_restart(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path) as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        arn = iam.create_open_id_connect_provider(Url="https://kept.example.com/p", ClientIDList=["x"],
                                                  ThumbprintList=[PRINT], Tags=[{"Key": "k", "Value": "v"}]
                                                  )["OpenIDConnectProviderArn"]
        before = iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
        server.kill()
    with WardkeepServer(binary, data=tmp_path) as server:
        after = Identity(server.endpoint, *server.admin_key).iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)
    for answer in (before, after):
        answer.pop("ResponseMetadata")
    assert before == after


# Nobody answers at that name: AWS's error, and no provider.
def test_create_open_id_connect_provider_without_thumbprint_and_answer(iam):
    url = "https://nobody.invalid"
    with refused("OpenIdIdpCommunicationError",
                 f"Please check .well-known/openid-configuration of provider: {url} is valid."):
        iam.create_open_id_connect_provider(Url=url)
    assert not [p for p in iam.list_open_id_connect_providers()["OpenIDConnectProviderList"] if "nobody" in p["Arn"]]


def make_certificate(folder, host, name, *, issuer=None):
    """A certificate of `host`, signed by itself or by the certificate called `issuer`."""
    files = ["-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"]
    signer = ["-CA", folder / f"{issuer}.pem", "-CAkey", folder / f"{issuer}.key"] if issuer else []
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days",
                    "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=IP:{host}", *files, *signer],
                   check=True, capture_output=True)
    return folder / f"{name}.pem"


class Discovery(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        host = f"https://{self.server.server_address[0]}"
        issuer = host if self.server.honest else "https://somebody.else"
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"issuer": issuer, "jwks_uri": f"{host}/keys"}).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def asking(binary):
    """The administrator of a server that may ask identity providers on loopback."""
    with WardkeepServer(binary, arguments=["--allow-private-issuers", "127.83.12.0/24"]) as server:
        yield Identity(server.endpoint, *server.admin_key)


@pytest.fixture
def provider_host(tmp_path):
    """An identity provider on port 443 of a loopback address, with a chain of two certificates; yields it and SHA-1 of the last."""
    host = "127.83.12.7"
    try:
        server = http.server.ThreadingHTTPServer((host, 443), Discovery)
    except (PermissionError, OSError) as fault:
        pytest.skip(f"port 443 of {host} cannot be had: {fault}")
    top = make_certificate(tmp_path, host, "top")
    leaf = make_certificate(tmp_path, host, "leaf", issuer="top")
    chain = tmp_path / "chain.pem"
    chain.write_text(leaf.read_text() + top.read_text())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, tmp_path / "leaf.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.honest = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shown = subprocess.run(["openssl", "x509", "-in", top, "-noout", "-fingerprint", "-sha1"], check=True,
                           capture_output=True, text=True).stdout
    yield server, shown.split("=")[1].replace(":", "").strip().lower()
    server.shutdown()
    server.server_close()


# The last certificate of the chain that the provider presents is recorded.
def test_create_open_id_connect_provider_asks_for_the_thumbprint(asking, provider_host):
    server, thumbprint = provider_host
    iam = asking.iam
    arn = iam.create_open_id_connect_provider(Url=f"https://{server.server_address[0]}")["OpenIDConnectProviderArn"]
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["ThumbprintList"] == [thumbprint]


# A discovery document that names another issuer is none of this provider.
def test_create_open_id_connect_provider_of_a_foreign_issuer(asking, provider_host):
    provider_host[0].honest = False
    with refused("OpenIdIdpCommunicationError"):
        asking.iam.create_open_id_connect_provider(Url=f"https://{provider_host[0].server_address[0]}")


# A provider that takes the connection and says nothing costs seconds, and nobody else waits for it.
def test_create_open_id_connect_provider_of_a_silent_host(asking):
    listener = socket.socket()
    try:
        listener.bind(("127.83.12.8", 443))
    except OSError as fault:
        pytest.skip(f"port 443 cannot be had: {fault}")
    listener.listen()
    listener.settimeout(20)
    outcome = []

    def call():
        with refused("OpenIdIdpCommunicationError"):
            asking.iam.create_open_id_connect_provider(Url="https://127.83.12.8")
        outcome.append("refused")

    waiting = threading.Thread(target=call)
    waiting.start()
    connection, _ = listener.accept()
    asking.iam.create_user(UserName="meanwhile")
    assert outcome == []
    waiting.join(timeout=20)
    connection.close()
    listener.close()
    assert outcome == ["refused"]


# Tags of a provider count in conditions on it.
def test_open_id_connect_provider_tags_in_conditions(iam, create, new_user):
    arn = create(Tags=[{"Key": "env", "Value": "dev"}])
    _, caller = new_user({"Effect": "Allow", "Action": "iam:*", "Resource": "*",
                        "Condition": {"StringEquals": {"aws:ResourceTag/env": "dev"}}})
    caller.iam.untag_open_id_connect_provider(OpenIDConnectProviderArn=arn, TagKeys=["env"])
    with refused("AccessDenied", containing=f"iam:GetOpenIDConnectProvider on resource: {arn}"):
        caller.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)


# A provider of another account belongs to somebody else: no policy reaches it.
def test_get_open_id_connect_provider_of_another_account(iam):
    with refused("AccessDenied"):
        iam.get_open_id_connect_provider(OpenIDConnectProviderArn="arn:aws:iam::999999999999:oidc-provider/x.example.com")


def federated(principal):
    return json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"Federated": principal},
                                                              "Action": "sts:AssumeRoleWithWebIdentity"}})


# A role may trust a provider before it exists and keeps its policy when the provider goes; other forms are refused.
def test_trust_of_a_provider(iam, name, account, create):
    later = f"arn:aws:iam::{account}:oidc-provider/later.example.com/tenant/1"
    for principal in (create(), create("/"), later, f"arn:aws:iam::{account}:saml-provider/Corp.1", "accounts.google.com"):
        role = name("role")
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=federated(principal))
        shown = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
        assert shown["Statement"]["Principal"] == {"Federated": principal}
    for principal in ("provider", f"arn:aws:iam::{account}:user/x", f"arn:aws:iam::{account}:oidc-provider/",
                      f"arn:aws:sts::{account}:oidc-provider/x.example.com", "https://accounts.google.com"):
        with refused("MalformedPolicyDocument", "Federated principals must be valid domain names or SAML metadata ARNs"):
            iam.create_role(RoleName=name("role"), AssumeRolePolicyDocument=federated(principal))
