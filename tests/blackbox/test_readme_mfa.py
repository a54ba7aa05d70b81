"""The sections of README.md on the second factor, with the real aws CLI and codes of oathtool: commands and output."""

import json
import os
import pathlib
import re
import subprocess
import sys

import pytest
from one_time_codes import code_at, step_now

README = (pathlib.Path(__file__).resolve().parents[2] / "README.md").read_text()


def section(title):
    return README.split(f"### {title}\n", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]


def blocks(title):
    """(language, text) of the fenced blocks of a section."""
    return re.findall(r"```(\w*)\n(.*?)```", section(title), re.DOTALL)


def words(text):
    return " ".join(text.split())


@pytest.fixture
def cli(fresh, tmp_path):
    environment = {
        "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "AWS_PAGER": "",
        "AWS_ENDPOINT_URL": fresh.endpoint, "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": fresh.admin_key[0], "AWS_SECRET_ACCESS_KEY": fresh.admin_key[1],
    }

    def run(line, **more):
        return subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, cwd=tmp_path, env={**environment, **more})

    return run


def with_credentials(line, credentials):
    """The line with the dots of its credentials replaced."""
    for variable, member in (("AWS_ACCESS_KEY_ID", "AccessKeyId"), ("AWS_SECRET_ACCESS_KEY", "SecretAccessKey"),
                             ("AWS_SESSION_TOKEN", "SessionToken")):
        if member in credentials:
            line = re.sub(rf"{variable}=(AKIA|ASIA)?\.\.\.", f"{variable}={credentials[member]}", line)
    return line


def test_second_factor(cli, tmp_path):
    for line in ("aws iam create-user --user-name alice", "aws iam create-group --group-name readers"):
        assert cli(line).returncode == 0
    document = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:Get*","iam:List*"],"Resource":"*"}]}'
    assert cli(f"aws iam put-user-policy --user-name alice --policy-name read --policy-document '{document}'").returncode == 0
    key = json.loads(cli("aws iam create-access-key --user-name alice").stdout)["AccessKey"]

    (_, commands), (_, listed) = blocks("Give a user a second factor")
    create, enable, list_devices = commands.splitlines()
    made = cli(create)
    assert made.returncode == 0, made.stderr
    read = subprocess.run(["zbarimg", "--quiet", "--raw", str(tmp_path / "alice.png")], capture_output=True, text=True, timeout=20)
    seed = re.search(r"secret=([A-Z2-7]+)&", read.stdout)[1]
    step = step_now(room=20)
    enable = re.sub(r"(code1) \d{6}", rf"\1 {code_at(seed, step - 2)}", enable)
    enable = re.sub(r"(code2) \d{6}", rf"\1 {code_at(seed, step - 1)}", enable)
    enabled = cli(enable)
    assert enabled.returncode == 0, enabled.stderr
    dateless = re.compile(r'"EnableDate": "[^"]+"')
    assert dateless.sub("", words(cli(list_devices).stdout)) == dateless.sub("", words(listed))

    (_, policy), (_, alone), (_, denied), (_, session_lines), (_, users), (_, again) = blocks("Force its use")
    for line in policy.splitlines():
        done = cli(line)
        assert done.returncode == 0, done.stderr
    refusal = cli(with_credentials(alone, key))
    assert refusal.returncode != 0 and words(refusal.stderr) == words(denied)
    get_session, list_users = session_lines.splitlines()
    get_session = re.sub(r"(token-code) \d{6}", rf"\1 {code_at(seed, step)}", with_credentials(get_session, key))
    answer = cli(get_session)
    assert answer.returncode == 0, answer.stderr
    session = json.loads(answer.stdout)["Credentials"]
    shown = cli(with_credentials(list_users, session))
    assert shown.returncode == 0 and "alice" in json.loads(shown.stdout) and "alice" in json.loads(users)
    replayed = cli(get_session)
    assert replayed.returncode != 0 and words(replayed.stderr) == words(again)
