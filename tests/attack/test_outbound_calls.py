"""Identity providers that a caller chooses: who waits for them, and which hosts the server can be made to ask."""

import contextlib
import http.server
import json
import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import botocore.exceptions
import pytest
from conftest import Identity
from refusals import refused
from test_cross_account import account_command
from test_oidc_providers import make_certificate
from wardkeep_server import WardkeepServer

SILENT = "127.83.14.1"
FLOOD = 66


@contextlib.contextmanager
def silent_host(address):
    """Takes connections on port 443 and never says a word; yields the list of them."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((address, 443))
    except OSError as fault:
        pytest.skip(f"port 443 cannot be had: {fault}")
    listener.listen(256)
    listener.settimeout(0.1)
    met, ending = [], threading.Event()

    def accept():
        while not ending.is_set():
            with contextlib.suppress(TimeoutError):
                met.append(listener.accept()[0])

    thread = threading.Thread(target=accept)
    thread.start()
    yield met
    ending.set()
    thread.join()
    for connection in met:
        connection.close()
    listener.close()


def ask(identity, url):
    """The error code of a CreateOpenIDConnectProvider without a thumbprint; nothing when it succeeds."""
    try:
        identity.iam.create_open_id_connect_provider(Url=url)
    except botocore.exceptions.ClientError as refusal:
        return refusal.response["Error"]["Code"]
    except botocore.exceptions.BotoCoreError as fault:
        return type(fault).__name__
    return None


@pytest.fixture
def loopback(binary):
    with WardkeepServer(binary, arguments=["--allow-private-issuers", "127.83.0.0/16"]) as server:
        yield server


def percentile(call, count=60):
    """Seconds of the slowest of many calls but one."""
    times = []
    for _ in range(count):
        begin = time.monotonic()
        call()
        times.append(time.monotonic() - begin)
    return sorted(times)[-2]


# Calls of one account that wait for a silent host are on threads of their own, few of them, and the rest is refused at
# once: nobody else notices. The bound is twice the time without the flood, and 50 ms for the machine's own noise.
def test_a_flood_of_waiting_calls_delays_nobody(binary, tmp_path):
    arguments = ["--allow-private-issuers", "127.83.0.0/16"]
    with silent_host(SILENT) as met, WardkeepServer(binary, data=tmp_path / "data", arguments=arguments) as server:
        attacker = Identity(server.endpoint, *server.admin_key)
        made = account_command(server, "create", "--name", "second", "--email", "second@example.com")
        iam = Identity(server.endpoint, made["access_key_id"], made["secret_access_key"]).iam
        heavy = iam.get_account_authorization_details
        calm = percentile(heavy), percentile(iam.list_users)
        with ThreadPoolExecutor(FLOOD) as flood:
            asked = [flood.submit(ask, attacker, f"https://{SILENT}/{i}") for i in range(FLOOD)]
            deadline = time.monotonic() + 20
            while not met and time.monotonic() < deadline:
                time.sleep(0.02)
            under_attack = percentile(heavy), percentile(iam.list_users)
            waiting = sum(1 for one in asked if not one.done())
            outcomes = [one.result() for one in asked]
        assert waiting > 0, "the flood was over before the measurement"
        assert set(outcomes) == {"Throttling", "OpenIdIdpCommunicationError"}
        assert outcomes.count("OpenIdIdpCommunicationError") <= 10
        assert len(met) <= 10
        for before, after in zip(calm, under_attack, strict=True):
            assert after < 2 * before + 0.05


# SIGTERM ends what waits: the calls that hang and those behind them are answered, and the process ends.
def test_stopping_waits_for_no_silent_host(loopback):
    with silent_host(SILENT) as met:
        attacker = Identity(loopback.endpoint, *loopback.admin_key)
        with ThreadPoolExecutor(FLOOD) as flood:
            asked = [flood.submit(ask, attacker, f"https://{SILENT}/{i}") for i in range(FLOOD)]
            # Until only those are left that wait: the others are on their way no more.
            deadline = time.monotonic() + 20
            while sum(one.done() for one in asked) < FLOOD - 10 and time.monotonic() < deadline:
                time.sleep(0.02)
            assert not all(one.done() for one in asked)
            begin = time.monotonic()
            loopback.close()
            assert time.monotonic() - begin < 2.5
            assert None not in [one.result() for one in asked]


# Without the operator's leave the server connects to nothing but the public internet, however the host is written.
@pytest.mark.parametrize("host", ["127.83.14.2", "localhost", "2138246658", "0x7f530e02", "0177.0123.016.02", "127.5443074"])
def test_private_addresses_are_not_asked(server, host):
    with silent_host("127.83.14.2") as met:
        begin = time.monotonic()
        assert ask(Identity(server.endpoint, *server.admin_key), f"https://{host}") == "OpenIdIdpCommunicationError"
        # As long as a host that says nothing: the time tells nothing either.
        assert time.monotonic() - begin > 4.5
    assert met == []


class Discovery(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        host = f"https://{self.server.server_address[0]}"
        self.server.paths.append(self.path)
        if self.server.redirect:
            self.send_response(302)
            self.send_header("Location", self.server.redirect)
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"issuer": host, "jwks_uri": self.server.jwks_uri or f"{host}/keys"}).encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def provider(tmp_path):
    host = "127.83.14.3"
    try:
        server = http.server.ThreadingHTTPServer((host, 443), Discovery)
    except OSError as fault:
        pytest.skip(f"port 443 of {host} cannot be had: {fault}")
    top = make_certificate(tmp_path, host, "top")
    leaf = make_certificate(tmp_path, host, "leaf", issuer="top")
    other = make_certificate(tmp_path, host, "other")
    chains = {"good": leaf.read_text() + top.read_text(), "broken": leaf.read_text() + other.read_text()}
    for name, text in chains.items():
        (tmp_path / f"{name}.chain").write_text(text)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "good.chain", tmp_path / "leaf.key")
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.tls, server.folder, server.paths, server.redirect, server.jwks_uri = context, tmp_path, [], None, None
    server.url = f"https://{host}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


# A key set elsewhere, a redirect elsewhere: the other host is never met.
@pytest.mark.parametrize("way", ["jwks_uri", "redirect"])
def test_no_other_host_is_asked(loopback, provider, way):
    caller = Identity(loopback.endpoint, *loopback.admin_key)
    with silent_host("127.83.14.4") as met:
        setattr(provider, way, "https://127.83.14.4/keys")
        assert ask(caller, provider.url) == "OpenIdIdpCommunicationError"
        assert met == []
    assert provider.paths == ["/.well-known/openid-configuration"]
    setattr(provider, way, None)
    assert ask(caller, provider.url) is None


# A chain whose certificates do not sign each other proves nothing about its last one.
def test_a_broken_chain_is_refused(loopback, provider):
    caller = Identity(loopback.endpoint, *loopback.admin_key)
    provider.tls.load_cert_chain(provider.folder / "broken.chain", provider.folder / "leaf.key")
    with refused("OpenIdIdpCommunicationError"):
        caller.iam.create_open_id_connect_provider(Url=provider.url)
