"""The first start shows its secrets once: never in a start that then fails."""

import pathlib
import socket
import subprocess
import tempfile

import pytest
from wardkeep_server import StartFailed, WardkeepServer


@pytest.fixture
def busy_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def serve(binary, *arguments):
    return subprocess.run([str(binary), "serve", *arguments], capture_output=True, text=True, timeout=20)


def test_busy_port_changes_nothing(binary, busy_port, tmp_path):
    data = tmp_path / "data"
    ended = serve(binary, "--data", str(data), "--listen", f"127.0.0.1:{busy_port}")
    assert ended.returncode == 1
    assert "secret" not in ended.stdout + ended.stderr
    assert f"port {busy_port}" in ended.stderr and "--listen" in ended.stderr
    assert not data.exists()


def test_bad_certificate_changes_nothing(binary, tmp_path):
    (tmp_path / "chain.pem").write_text("no certificate\n")
    (tmp_path / "key.pem").write_text("no key\n")
    data = tmp_path / "data"
    ended = serve(binary, "--data", str(data), "--listen", "127.0.0.1:0", "--tls-certificate",
                  str(tmp_path / "chain.pem"), "--tls-key", str(tmp_path / "key.pem"))
    assert ended.returncode == 1
    assert "secret" not in ended.stdout + ended.stderr
    assert not data.exists()


def test_busy_administration_socket_shows_no_secret(binary, tmp_path):
    path = tmp_path / "admin.sock"
    path.write_text("not a socket")
    ended = serve(binary, "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0", "--admin-socket", str(path))
    assert ended.returncode == 1
    assert "secret" not in ended.stdout + ended.stderr


def test_next_start_after_a_failed_one_shows_the_key(binary, tmp_path):
    path = tmp_path / "admin.sock"
    path.write_text("not a socket")
    data = str(tmp_path / "data")
    serve(binary, "--data", data, "--listen", "127.0.0.1:0", "--admin-socket", str(path))
    with WardkeepServer(binary, data=data, bootstrap=False) as running:
        assert any("secret access key" in line for line in running.output)
