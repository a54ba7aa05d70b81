"""Hygiene rules on the running server: notice, deactivation, the report command, and what is no rule."""

import json
import subprocess
import time

import pytest
from conftest import Identity
from wardkeep_server import ACCOUNT_ID, StartFailed, WardkeepServer

RULE = f"{ACCOUNT_ID} max-key-age=4s notice=2s"


def await_true(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.1)


def findings(server):
    done = subprocess.run([server.binary, "hygiene", "--data", str(server.data), "--json"], capture_output=True, text=True,
                          check=True, timeout=30)
    return json.loads(done.stdout)["findings"]


def events(server, message):
    return [json.loads(line) for line in server.output if f'"{message}"' in line]


# An old key is reported, shown by the command, and switched off no sooner than the notice says; the root user stays.
def test_max_key_age(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path, arguments=["--hygiene-accounts", RULE, "--hygiene-interval", "200ms"]) as server:
        root = Identity(server.endpoint, *server.root_key)
        root.iam.create_user(UserName="old")
        key = root.iam.create_access_key(UserName="old")["AccessKey"]
        await_true(lambda: [f for f in findings(server) if f.get("access_key_id") == key["AccessKeyId"] and f["reported"]])
        status = lambda: root.iam.list_access_keys(UserName="old")["AccessKeyMetadata"][0]["Status"]  # noqa: E731
        assert status() == "Active"
        await_true(lambda: status() == "Inactive")
        await_true(lambda: [event for event in events(server, "credential deactivated by hygiene rule")
                            if event["credential"] == key["AccessKeyId"]])  # the key of the first user is old too
        said = [event for event in server.output if key["AccessKeyId"] in event]
        assert "will be deactivated" in said[0] and "deactivated by hygiene rule" in said[-1]
        assert key["SecretAccessKey"] not in "\n".join(server.output)
        assert root.sts.get_caller_identity()["Arn"].endswith(":root")
        table = subprocess.run([binary, "hygiene", "--data", str(tmp_path)], capture_output=True, text=True, check=True).stdout
        # The administrator's own key may be due, or gone too: then there is nothing left to list.
        assert table.startswith(("ACCOUNT", "No credential is about to be deactivated"))
        assert key["AccessKeyId"] not in table


# Without a rule nothing is reported, ever.
def test_off_by_default(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path) as server:
        assert findings(server) == []
        said = subprocess.run([binary, "hygiene", "--data", str(tmp_path)], capture_output=True, text=True, check=True).stdout
        assert said.startswith("The server has no rules") and "--hygiene-accounts" in said


# A key that was given notice keeps it over a restart.
def test_notice_survives_restart(binary, tmp_path):
    arguments = ["--hygiene-accounts", f"{ACCOUNT_ID} max-key-age=1s notice=1h", "--hygiene-interval", "200ms"]
    with WardkeepServer(binary, data=tmp_path, arguments=arguments) as server:
        await_true(lambda: [f for f in findings(server) if f["reported"]])
        before = findings(server)
        server.kill()
    with WardkeepServer(binary, data=tmp_path, arguments=arguments) as server:
        assert findings(server) == before


@pytest.mark.parametrize("rule", ["everyone unused-keys=1d", "* unused-keys=soon", "* notice=1d", "* max-age=1d", "*"])
def test_wrong_rules(binary, rule):
    with pytest.raises(StartFailed) as failed:
        WardkeepServer(binary, arguments=["--hygiene-accounts", rule])
    assert "hygiene" in str(failed.value)


def test_command_without_a_server(binary, tmp_path):
    done = subprocess.run([binary, "hygiene", "--data", str(tmp_path)], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1 and "no server" in done.stderr
