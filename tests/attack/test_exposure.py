"""What a stranger can see, and what the server refuses to start with."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import urllib.error
import urllib.request

import pytest
from conftest import Identity
from test_oidc_providers import make_certificate
from wardkeep_server import StartFailed, WardkeepServer


def status_of(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


# The public address has no metrics, whatever the request claims; the address of the metrics has nothing else.
def test_metrics_are_not_public(server):
    for headers in ({}, {"X-Forwarded-For": "127.0.0.1"}, {"Host": "localhost"}):
        status, text = status_of(server.endpoint + "/metrics", **headers)
        assert status == 404 and "process_" not in text
    assert "process_resident_memory_bytes" in server.metrics()
    assert status_of(server.metrics_endpoint + "/health/live")[0] == 404
    assert status_of(server.metrics_endpoint + "/")[0] == 404


# The operator's socket shows them too, without an address.
def test_metrics_on_the_administration_socket(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path / "data"), socket.socket(socket.AF_UNIX) as peer:
        peer.connect(str(tmp_path / "data" / "admin.sock"))
        peer.sendall(b"GET /metrics HTTP/1.0\r\n\r\n")
        assert b" 200 " in peer.recv(100)


@pytest.fixture
def secure_port(binary, tmp_path):
    certificate = make_certificate(tmp_path, "127.0.0.1", "server")
    process = subprocess.Popen([binary, "serve", "--memory", "--listen", "127.0.0.1:0", "--tls-certificate", certificate,
                                "--tls-key", tmp_path / "server.key"], stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if line.startswith("ready https://"):
            break
    yield int(line.split()[1].rsplit(":", 1)[1])
    process.terminate()
    process.wait(timeout=20)


def handshake(port, ciphers, *, oldest=ssl.TLSVersion.TLSv1_2, newest=ssl.TLSVersion.TLSv1_2):
    """The suite that is agreed on, or nothing."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version, context.maximum_version = oldest, newest
    context.set_ciphers(ciphers)
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=10) as plain:
        with context.wrap_socket(plain) as peer:
            return peer.cipher()[0]
    return None


# Suites without forward secrecy or without authenticated encryption are not spoken, nor are old versions.
def test_only_modern_tls(secure_port):
    for old in ("kRSA:@SECLEVEL=0", "ECDHE+SHA1:ECDHE+SHA256:ECDHE+SHA384:!AESGCM:!CHACHA20:@SECLEVEL=0",
                "DHE:!ECDHE:@SECLEVEL=0"):
        assert handshake(secure_port, old) is None, old
    assert handshake(secure_port, "ALL:@SECLEVEL=0", oldest=ssl.TLSVersion.TLSv1, newest=ssl.TLSVersion.TLSv1_1) is None
    for suite in ("ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"):
        assert handshake(secure_port, suite) == suite
    assert handshake(secure_port, "ALL", newest=ssl.TLSVersion.TLSv1_3).startswith("TLS_")


# A folder that others can read or write is refused, with the command that helps.
@pytest.mark.parametrize("mode", [0o777, 0o755, 0o750, 0o701, 0o770])
def test_an_open_data_folder_is_refused(binary, tmp_path, mode):
    data = tmp_path / "data"
    data.mkdir()
    data.chmod(mode)
    with pytest.raises(StartFailed, match=f"run `chmod 700 {data}`"):
        WardkeepServer(binary, data=data)
    assert list(data.iterdir()) == []
    data.chmod(0o700)
    WardkeepServer(binary, data=data).close()


# The folder that the server makes is its own, whatever the umask says.
def test_a_new_data_folder_is_private(binary, tmp_path):
    before = os.umask(0)
    try:
        WardkeepServer(binary, data=tmp_path / "data").close()
    finally:
        os.umask(before)
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 4 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("needs root to mount a small file system")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", folder], check=False).returncode != 0:
        pytest.skip("a file system cannot be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True)


# A server that cannot write is alive and not ready, and ready again when there is room.
def test_readiness_on_a_full_disk(binary, small_disk):
    with WardkeepServer(binary, data=small_disk / "data") as server:
        assert status_of(server.endpoint + "/health/ready")[0] == 200
        with open(small_disk / "filler", "wb", buffering=0) as filler, contextlib.suppress(OSError):
            while filler.write(b"x" * 4096):
                pass
        for _ in range(100):
            status = await_new_answer(server)
            if status != 200:
                break
        assert status == 503
        assert status_of(server.endpoint + "/health/live")[0] == 200
        Identity(server.endpoint, *server.admin_key).sts.get_caller_identity()
        (small_disk / "filler").unlink()
        assert await_new_answer(server) == 200


def await_new_answer(server):
    """Readiness, later than the second for which an answer is kept; a write before it makes the log longer."""
    import time

    time.sleep(1.1)
    with contextlib.suppress(Exception):
        Identity(server.endpoint, *server.admin_key).iam.create_user(UserName=f"u{time.monotonic_ns()}")
    return status_of(server.endpoint + "/health/ready")[0]
