"""`wardkeep doctor` on healthy and on spoilt installations: what it finds, and that it changes nothing."""

import json
import os
import socket
import subprocess

import certificates
import pytest
from wardkeep_server import WardkeepServer


def doctor(binary, *arguments, environment=None):
    """The exit status, and the findings as (level, subject, text)."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("WARDKEEP_")}
    ended = subprocess.run([str(binary), "doctor", "--json", *arguments], capture_output=True, text=True, timeout=30,
                           env={**given, **(environment or {})})
    if ended.returncode == 2:
        return 2, ended.stderr
    findings = json.loads(ended.stdout)["findings"]
    return ended.returncode, [(one["level"], one["subject"], one["text"] + " | " + one["advice"]) for one in findings]


def of(findings, subject, level=None):
    return [text for found, about, text in findings if about == subject and level in (None, found)]


@pytest.fixture
def data(binary, tmp_path):
    """The data folder of a server that has been stopped."""
    folder = tmp_path / "data"
    with WardkeepServer(binary, data=str(folder)):
        pass
    return folder


def test_before_the_first_start(binary, tmp_path):
    status, findings = doctor(binary, "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0")
    assert status == 0, findings
    assert not (tmp_path / "data").exists()
    assert {"configuration", "data folder", "master key", "database", "disk", "address", "open files", "server",
            "certificate", "clock"} == {subject for _, subject, _ in findings}


def test_healthy_installation_is_left_as_it_is(binary, data):
    # The lock is taken while the database is read, so that no server begins to write meanwhile.
    def look():
        return sorted((path.name, path.name.endswith(".lock") or path.read_bytes()) for path in data.iterdir())

    before = look()
    status, findings = doctor(binary, "--data", str(data), "--listen", "127.0.0.1:0")
    assert status == 0, findings
    assert of(findings, "database", "ok") and of(findings, "master key", "ok")
    assert look() == before


def test_beside_a_running_server(binary, tmp_path):
    folder = str(tmp_path / "data")
    with WardkeepServer(binary, data=folder) as running:
        status, findings = doctor(binary, "--data", folder, "--listen", f"127.0.0.1:{running.port}")
        assert status == 0, findings
        assert of(findings, "server", "ok") and of(findings, "address", "ok")


def spoil_folder_mode(folder):
    folder.chmod(0o750)


def spoil_key_mode(folder):
    (folder / "master.key").chmod(0o644)


def spoil_key(folder):
    (folder / "master.key").write_text("no key\n")


def remove_key(folder):
    (folder / "master.key").unlink()


def spoil_database(folder):
    (folder / "wardkeep.db").write_bytes(b"This is no database at all." * 100)


@pytest.mark.parametrize("spoil, subject, word", [
    (spoil_folder_mode, "data folder", "chmod 700"),
    (spoil_key_mode, "master key", "chmod 600"),
    (spoil_key, "master key", "copy"),
    (remove_key, "master key", "missing"),
    (spoil_database, "database", "backup"),
])
def test_spoilt_files_are_problems_with_a_way_out(binary, data, spoil, subject, word):
    spoil(data)
    status, findings = doctor(binary, "--data", str(data), "--listen", "127.0.0.1:0")
    assert status == 1, findings
    assert word in " ".join(of(findings, subject, "problem")), findings


def test_port_of_another_program(binary, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, findings = doctor(binary, "--data", str(tmp_path / "data"), "--listen", f"127.0.0.1:{port}")
    assert status == 1
    assert f"port {port}" in of(findings, "address", "problem")[0]


@pytest.mark.parametrize("days, level, status", [(400, "ok", 0), (5, "warning", 0), (-1, "problem", 1)])
def test_dates_of_the_certificate(binary, tmp_path, days, level, status):
    key = tmp_path / "key.pem"
    key.write_text(certificates.private_key())
    chain = tmp_path / "chain.pem"
    arguments = ["req", "-x509", "-key", str(key), "-subj", "/CN=localhost"]
    if days > 0:
        chain.write_text(certificates.openssl(*arguments, "-days", str(days)))
    else:
        chain.write_text(certificates.openssl("x509", "-req", "-signkey", str(key), "-days", "-1", given=certificates.openssl(
            "req", "-new", "-key", str(key), "-subj", "/CN=localhost")))
    ended, findings = doctor(binary, "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0", "--tls-certificate",
                             str(chain), "--tls-key", str(key))
    assert ended == status, findings
    assert of(findings, "certificate", level), findings


def test_key_of_another_certificate(binary, tmp_path):
    (tmp_path / "key.pem").write_text(certificates.private_key(number=1))
    (tmp_path / "other.pem").write_text(certificates.private_key())
    (tmp_path / "chain.pem").write_text(certificates.openssl(
        "req", "-x509", "-key", str(tmp_path / "other.pem"), "-subj", "/CN=localhost"))
    status, findings = doctor(binary, "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0", "--tls-certificate",
                              str(tmp_path / "chain.pem"), "--tls-key", str(tmp_path / "key.pem"))
    assert status == 1
    assert of(findings, "certificate", "problem")


@pytest.mark.parametrize("arguments, environment, level, word", [
    (["--memory"], {}, "warning", "forgotten"),
    (["--listen", "0.0.0.0:0", "--insecure-http"], {}, "warning", "plain HTTP"),
    (["--trusted-proxies", "0.0.0.0/0"], {}, "problem", "trusted proxy"),
    ([], {"WARDKEEP_LISTN": "127.0.0.1:1"}, "warning", "WARDKEEP_LISTN"),
    (["--bootstrap-access-key", "A" * 16 + ":secret"], {}, "warning", "first start"),
])
def test_risky_settings_get_a_word(binary, tmp_path, arguments, environment, level, word):
    listen = [] if "--listen" in arguments else ["--listen", "127.0.0.1:0"]
    status, findings = doctor(binary, "--data", str(tmp_path / "data"), *listen, *arguments, environment=environment)
    assert status == (1 if level == "problem" else 0), findings
    assert word in " ".join(of(findings, "configuration", level)), findings
    assert "secret" not in " ".join(text for _, _, text in findings).replace("secrets", "").replace("its secret", "")


def test_configuration_that_cannot_be_read(binary, tmp_path):
    (tmp_path / "wardkeep.toml").write_text("listn = '127.0.0.1:0'\n")
    status, errors = doctor(binary, "--config", str(tmp_path / "wardkeep.toml"))
    assert status == 2
    assert "line 1" in errors and "listn" in errors


def test_room_is_told(binary, tmp_path):
    """Whatever the disk is like, its room is told in numbers."""
    _, findings = doctor(binary, "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0")
    assert "MiB are free" in of(findings, "disk")[0]
