"""`wardkeep rotate-key` against the running server: every step killed and resumed, and what it refuses."""

import configparser
import os
import signal
import stat
import subprocess

import pytest
from conftest import Identity

# Where a run may end; the order is that of the rotation.
POINTS = ["planned", "answered", "created", "verified", "replaced", "written", "switched-off", "deactivated", "deleted"]
SELF_SERVICE = {"Effect": "Allow", "Resource": "*",
                "Action": ["iam:CreateAccessKey", "iam:ListAccessKeys", "iam:UpdateAccessKey", "iam:DeleteAccessKey",
                           "iam:GetAccessKeyLastUsed"]}


@pytest.fixture
def rotated(binary, server, iam, new_user, tmp_path):
    """A user whose key is in a credentials file with other profiles and comments; runs rotate-key on it."""
    user, identity = new_user(SELF_SERVICE)
    path = tmp_path / "credentials"

    class Rotated:
        name = user
        old = identity.key
        file = path
        before = (f"# personal\n[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n\n"
                  f"; of the team\n[work]\nregion = eu-west-1\naws_access_key_id={identity.key[0]}\n"
                  f"aws_secret_access_key = {identity.key[1]}  \n[last]\nx = y")

        @staticmethod
        def run(*words, endpoint=server.endpoint, profile="work"):
            environment = {**os.environ, "AWS_SHARED_CREDENTIALS_FILE": str(path), "no_proxy": "127.0.0.1"}
            environment.pop("AWS_ENDPOINT_URL", None)
            command = [str(binary), "rotate-key", "--profile", profile, "--endpoint-url", endpoint, *words]
            return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)

        @staticmethod
        def profile():
            parser = configparser.RawConfigParser()
            parser.read(path)
            return parser["work"]["aws_access_key_id"], parser["work"]["aws_secret_access_key"].strip()

        @staticmethod
        def keys():
            return {k["AccessKeyId"]: k["Status"] for k in iam.list_access_keys(UserName=user)["AccessKeyMetadata"]}

        @staticmethod
        def works():
            arn = Identity(server.endpoint, *Rotated.profile()).sts.get_caller_identity()["Arn"]
            return arn.endswith("/" + user)

        @staticmethod
        def left_over():
            return sorted(p.name for p in tmp_path.iterdir() if p.name != "credentials")

    path.write_text(Rotated.before)
    path.chmod(0o640)
    return Rotated


# Old key off at once and gone after the grace; the rest of the file is as it was, to the byte and the mode.
def test_rotation(rotated):
    done = rotated.run()
    assert done.returncode == 0, done.stderr
    key, secret = rotated.profile()
    assert rotated.keys() == {rotated.old[0]: "Inactive", key: "Active"} and rotated.works()
    assert rotated.file.read_text() == rotated.before.replace(rotated.old[0], key).replace(rotated.old[1], secret)
    assert stat.S_IMODE(rotated.file.stat().st_mode) == 0o640
    assert secret not in done.stdout + done.stderr
    assert rotated.old[1] not in done.stdout + done.stderr
    state, = rotated.left_over()
    assert stat.S_IMODE((rotated.file.parent / state).stat().st_mode) == 0o600
    assert secret not in (rotated.file.parent / state).read_text()
    again = rotated.run()
    assert again.returncode == 0 and f"{rotated.old[0]} is inactive" in again.stdout
    assert rotated.keys() == {rotated.old[0]: "Inactive", key: "Active"}
    assert rotated.run("--grace", "0").returncode == 0
    assert rotated.keys() == {key: "Active"} and rotated.left_over() == []


# Killed at every point, the profile holds a key that works, and the next run finishes.
@pytest.mark.parametrize("point", POINTS)
def test_killed_and_run_again(rotated, point):
    grace = ["--grace", "0"] if point == "deleted" else []
    assert rotated.run("--stop-after", point, *grace).returncode == -signal.SIGKILL
    assert rotated.works()
    for _ in range(2):
        done = rotated.run("--grace", "0")
        assert done.returncode == 0, done.stderr
        if not rotated.left_over():
            break
    key, _ = rotated.profile()
    assert rotated.keys() == {key: "Active"} and key != rotated.old[0] and rotated.works()
    assert rotated.left_over() == []


# Killed twice in a row at different points, in every order.
@pytest.mark.parametrize("first, second", [(a, b) for i, a in enumerate(POINTS[:8]) for b in POINTS[i:8]])
def test_killed_twice(rotated, first, second):
    rotated.run("--stop-after", first)
    rotated.run("--stop-after", second)
    assert rotated.works()
    assert rotated.run("--grace", "0").returncode == 0
    key, _ = rotated.profile()
    assert rotated.keys() == {key: "Active"} and rotated.works() and rotated.left_over() == []


def test_second_rotation_follows_the_first(rotated):
    seen = {rotated.old[0]}
    for _ in range(3):
        assert rotated.run("--grace", "0").returncode == 0
        key, _ = rotated.profile()
        assert key not in seen and rotated.keys() == {key: "Active"}
        seen.add(key)


# Somebody put another key into the profile: every run says so and what to do, in the grace time and after it, and after
# --forget that key is rotated.
def test_profile_that_somebody_changed(rotated, iam):
    assert rotated.run().returncode == 0
    made, secret = rotated.profile()
    iam.delete_access_key(UserName=rotated.name, AccessKeyId=rotated.old[0])
    other = iam.create_access_key(UserName=rotated.name)["AccessKey"]
    iam.delete_access_key(UserName=rotated.name, AccessKeyId=made)
    rotated.file.write_text(rotated.file.read_text().replace(made, other["AccessKeyId"])
                            .replace(secret, other["SecretAccessKey"]))
    for grace in ([], ["--grace", "0"], ["--grace", "0"]):
        ended = rotated.run(*grace)
        assert ended.returncode == 1
        assert other["AccessKeyId"] in ended.stderr and made in ended.stderr and "--forget" in ended.stderr
    ended = rotated.run("--forget")
    assert ended.returncode == 0 and rotated.old[0] in ended.stdout
    assert rotated.run("--grace", "0").returncode == 0
    assert rotated.profile()[0] not in (made, other["AccessKeyId"]) and rotated.works()
    assert rotated.left_over() == []
    ended = rotated.run("--forget")
    assert ended.returncode == 0 and "no rotation" in ended.stdout


def test_two_keys(rotated, iam):
    other = iam.create_access_key(UserName=rotated.name)["AccessKey"]["AccessKeyId"]
    refused = rotated.run()
    assert refused.returncode == 1
    assert "two access keys already" in refused.stderr and other in refused.stderr
    assert rotated.file.read_text() == rotated.before and rotated.left_over() == []


# Whoever lacks a right is told which, and the profile still works; once allowed, the rotation goes on.
@pytest.mark.parametrize("action", ["CreateAccessKey", "ListAccessKeys", "UpdateAccessKey", "DeleteAccessKey"])
def test_denied(rotated, iam, action):
    iam.put_user_policy(UserName=rotated.name, PolicyName="no", PolicyDocument=(
        '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"iam:%s","Resource":"*"}}' % action))
    refused = rotated.run("--grace", "0")
    assert refused.returncode == 1
    assert "AccessDenied" in refused.stderr and f"iam:{action}" in refused.stderr
    assert rotated.works()
    iam.delete_user_policy(UserName=rotated.name, PolicyName="no")
    assert rotated.run("--grace", "0").returncode == 0
    assert len(rotated.keys()) == 1 and rotated.works()


def test_dead_key(rotated, iam):
    iam.update_access_key(UserName=rotated.name, AccessKeyId=rotated.old[0], Status="Inactive")
    refused = rotated.run()
    assert refused.returncode == 1 and "the key of profile `work` was refused: InvalidClientTokenId" in refused.stderr


def test_nobody_answers(rotated):
    refused = rotated.run(endpoint="http://127.0.0.1:9")
    assert refused.returncode == 1 and "no answer" in refused.stderr
    assert rotated.file.read_text() == rotated.before


@pytest.mark.parametrize("words, status", [
    (["--grace", "soon"], 2), (["--grace", "-1h"], 2), (["--grace", "9999d"], 2), (["--stop-after", "lunch"], 2),
    (["--endpoint-url", "ftp://x"], 2),
])
def test_wrong_words(rotated, words, status):
    done = rotated.run(*words)
    assert done.returncode == status and done.stderr
    assert rotated.file.read_text() == rotated.before


@pytest.mark.parametrize("text, part", [
    ("[other]\nx = y\n", "no profile"), ("[work]\nrole_arn = x\n", "no access key"),
    ("[work]\naws_access_key_id = A\naws_secret_access_key = B\naws_session_token = C\n", "temporary credentials"),
])
def test_wrong_file(rotated, text, part):
    rotated.file.write_text(text)
    done = rotated.run()
    assert done.returncode == 1 and part in done.stderr
    assert rotated.file.read_text() == text


def test_no_file(rotated):
    rotated.file.unlink()
    done = rotated.run()
    assert done.returncode == 1 and "there is no file" in done.stderr
