"""The log: JSON lines for programs, plain lines on a terminal, and either where it is asked for."""

import json
import os
import pty
import signal
import subprocess

import pytest


def log_of(binary, tmp_path, *arguments, terminal=False):
    """What a server that starts and stops writes on standard error."""
    ours, theirs = pty.openpty() if terminal else os.pipe()
    server = subprocess.Popen([str(binary), "serve", "--memory", "--listen", "127.0.0.1:0", *arguments],
                              stdout=subprocess.PIPE, stderr=theirs, text=True)
    os.close(theirs)
    for line in server.stdout:
        if line.startswith("ready "):
            break
    server.send_signal(signal.SIGTERM)
    server.stdout.read()
    assert server.wait(20) == 0
    text = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # a terminal whose other end is gone
            break
        if not piece:
            break
        text += piece
    os.close(ours)
    return text.decode().replace("\r\n", "\n").splitlines()


@pytest.mark.parametrize("arguments, terminal, is_json", [
    ([], False, True),
    ([], True, False),
    (["--log-format", "json"], True, True),
    (["--log-format", "text"], False, False),
    (["--log-format", "auto"], True, False),
])
def test_form(binary, tmp_path, arguments, terminal, is_json):
    lines = log_of(binary, tmp_path, *arguments, terminal=terminal)
    ready = next(line for line in lines if "ready" in line)
    if is_json:
        assert json.loads(ready)["message"] == "ready"
    else:
        assert ready[8:].startswith(" info     ready  url=http://127.0.0.1:")


def test_file_gets_json_even_from_a_terminal(binary, tmp_path):
    path = tmp_path / "log"
    assert not log_of(binary, tmp_path, "--log-file", str(path), terminal=True)
    assert [json.loads(line)["message"] for line in path.read_text().splitlines()][-1] == "stopped"


def test_unknown_form_is_refused(binary):
    ended = subprocess.run([str(binary), "serve", "--memory", "--log-format", "xml"], capture_output=True, text=True, timeout=20)
    assert ended.returncode == 2
    assert "auto, json or text" in ended.stderr
