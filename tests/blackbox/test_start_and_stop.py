"""Starting, stopping and restarting the server: first start, bad databases, health, shutdown."""

import base64
import contextlib
import json
import re
import sqlite3
import subprocess
import urllib.request

import pytest
from conftest import Identity
from wardkeep_server import ADMIN_KEY, StartFailed, WardkeepServer


@pytest.fixture
def start(binary, request):
    """Starts servers over a data folder and stops them all at the end."""
    with contextlib.ExitStack() as running:
        yield lambda data=None, **more: running.enter_context(
            WardkeepServer(binary, data=data, start_timeout=request.config.getoption("--start-timeout"), **more))


def get(server, path):
    with urllib.request.urlopen(server.endpoint + path, timeout=5) as answer:
        return answer.status, answer.read().decode()


# What was made is there after a restart; SIGTERM ends with status 0.
def test_restart(start, tmp_path):
    first = start(tmp_path / "data")
    Identity(first.endpoint, *ADMIN_KEY).iam.create_user(UserName="survivor")
    first.close()
    second = start(tmp_path / "data")
    iam = Identity(second.endpoint, *ADMIN_KEY).iam
    assert "survivor" in [u["UserName"] for u in iam.list_users()["Users"]]


# The first account has an administrator in a group of administrators, and no root key beside the one asked for.
def test_first_account(start):
    server = start()
    iam = Identity(server.endpoint, *ADMIN_KEY).iam
    (user,) = iam.list_users()["Users"]
    assert [g["GroupName"] for g in iam.list_groups_for_user(UserName=user["UserName"])["Groups"]] == ["Administrators"]
    attached = iam.list_attached_group_policies(GroupName="Administrators")["AttachedPolicies"]
    assert [p["PolicyName"] for p in attached] == ["AdministratorAccess"]


# Health is open and plain; metrics have an address of their own.
def test_health_and_metrics(start):
    server = start()
    assert get(server, "/health/live")[0] == 200
    assert get(server, "/health/ready")[0] == 200
    assert "# TYPE" in server.metrics()


# The log has one JSON object per line and never a secret.
def test_log_has_no_secret(start):
    server = start()
    iam = Identity(server.endpoint, *ADMIN_KEY).iam
    iam.create_user(UserName="u")
    secret = iam.create_access_key(UserName="u")["AccessKey"]["SecretAccessKey"]
    server.close()
    text = "\n".join(server.output)
    assert secret not in text and ADMIN_KEY[1] not in text
    events = [json.loads(line) for line in server.output if line.startswith("{")]
    assert any("CreateUser" in json.dumps(event) for event in events)


def refuse_to_start(binary, data, *arguments):
    """Runs `serve` over a folder it must refuse; returns what it said."""
    done = subprocess.run([str(binary), "serve", "--listen", "127.0.0.1:0", "--data", str(data), *arguments], capture_output=True,
                          text=True, timeout=20)
    assert done.returncode not in (0, -11, -6), done
    assert "ready http" not in done.stdout
    return done.stdout + done.stderr


def database_of(data):
    """The SQLite file of a data folder."""
    found = [path for path in data.rglob("*") if path.is_file() and path.read_bytes()[:15] == b"SQLite format 3"]
    assert len(found) == 1, found
    return found[0]


# A damaged database is refused with a message, and left as it is.
def test_damaged_database(start, binary, tmp_path):
    data = tmp_path / "data"
    start(data).close()
    database = database_of(data)
    damaged = b"\x00\x13\x37" * (len(database.read_bytes()) // 3)
    database.write_bytes(damaged)
    assert refuse_to_start(binary, data).strip()
    assert database.read_bytes() == damaged


# So is one of another program.
def test_foreign_database(start, binary, tmp_path):
    data = tmp_path / "data"
    start(data).close()
    database = database_of(data)
    for path in data.glob(database.name + "*"):
        path.unlink()
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE somebody_elses (x)")
    connection.close()
    before = database.read_bytes()
    assert refuse_to_start(binary, data).strip()
    assert database.read_bytes() == before


# And one from the future.
def test_newer_database(start, binary, tmp_path):
    data = tmp_path / "data"
    start(data).close()
    database = database_of(data)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 2000000000")
    connection.close()
    assert refuse_to_start(binary, data).strip()


# A second server on the same folder is refused: one writer per file.
def test_second_server(start, binary, tmp_path):
    start(tmp_path / "data")
    assert refuse_to_start(binary, tmp_path / "data").strip()


# An open address without TLS must be asked for by name.
def test_open_address_needs_a_flag(binary, tmp_path):
    done = subprocess.run([str(binary), "serve", "--memory", "--listen", "0.0.0.0:0"], capture_output=True, text=True, timeout=20)
    assert done.returncode != 0 and "--insecure-http" in done.stdout + done.stderr


# Another master key than the store was sealed with is noticed at the start, not by every caller.
def test_wrong_master_key(start, tmp_path):
    assert start(tmp_path / "data").close() == 0
    key = tmp_path / "data" / "master.key"
    former = key.read_text()
    key.write_text(base64.b64encode(b"x" * 32).decode() + "\n")
    with pytest.raises(StartFailed, match="master key is not the one this store was sealed with"):
        start(tmp_path / "data")
    key.write_text(former)
    Identity(start(tmp_path / "data").endpoint, *ADMIN_KEY).iam.list_users()


# The master key is its owner's alone.
def test_master_key_mode(start, tmp_path):
    data = tmp_path / "data"
    start(data).close()
    private = [path for path in data.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
    assert not private, private


# Without bootstrap flags the first start prints a key, once, and that key works.
def test_printed_credentials(start, tmp_path):
    first = start(tmp_path / "data", bootstrap=False)
    printed = "\n".join(first.output)
    key = re.search(r"AKIA[A-Z2-7]{16}", printed)[0]
    secret = re.search(r"(?<![A-Za-z0-9/+])([A-Za-z0-9/+]{40})(?![A-Za-z0-9/+])", printed)[1]
    assert ":user/" in Identity(first.endpoint, key, secret).sts.get_caller_identity()["Arn"]
    first.close()
    second = start(tmp_path / "data", bootstrap=False)
    assert secret not in "\n".join(second.output)
    Identity(second.endpoint, key, secret).sts.get_caller_identity()
