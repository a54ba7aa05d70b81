"""The unmodified aws CLI: the commands of README.md, in their order, and a few more."""

import json
import os
import pathlib
import re
import subprocess
import sys
import time

import pytest
from wardkeep_server import WardkeepServer

README = pathlib.Path(__file__).resolve().parents[2] / "README.md"


def readme_commands():
    """The shell commands of the section "Walk through", one per line."""
    section = README.read_text().split("## Walk through", 1)[1].split("\n## ", 1)[0]
    return [line for block in re.findall(r"```sh\n(.*?)```", section, re.DOTALL) for line in block.splitlines()]


@pytest.fixture
def cli(fresh, tmp_path):
    """Runs a shell line with the aws CLI of the tests, as the administrator of a new server."""
    environment = {
        "PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "AWS_PAGER": "",
        "AWS_ENDPOINT_URL": fresh.endpoint, "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": fresh.admin_key[0], "AWS_SECRET_ACCESS_KEY": fresh.admin_key[1],
    }

    def run(line, **more):
        return subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60, env={**environment, **more})

    return run


def has_debian_cli():
    """Whether /usr/bin/aws is there: Debian 12 has 2.9, which does not know AWS_ENDPOINT_URL."""
    return os.access("/usr/bin/aws", os.X_OK)


# A new user follows the README to the letter, with the newest CLI or with Debian's; if a command there breaks, this breaks.
@pytest.mark.parametrize("folder", [
    pathlib.Path(sys.executable).parent,
    pytest.param("/usr/bin", marks=pytest.mark.skipif(not has_debian_cli(), reason="Debian's awscli is not installed")),
])
def test_readme(fresh, tmp_path, folder):
    function, export, *commands, denied = readme_commands()
    assert function.startswith("aws() { ") and export.startswith("export ") and len(commands) + 3 < 12
    given = {"AWS_ACCESS_KEY_ID": fresh.admin_key[0], "AWS_SECRET_ACCESS_KEY": fresh.admin_key[1]}
    function = function.replace("http://127.0.0.1:8480", fresh.endpoint)
    for name, value in given.items():
        export = re.sub(rf"{name}=\S+", f"{name}={value}", export)

    def run(line):
        return subprocess.run(["bash", "-c", f"{function}\n{export}\n{line}"], capture_output=True, text=True, timeout=60,
                              env={"PATH": f"{folder}:/usr/bin:/bin", "HOME": str(tmp_path), "AWS_PAGER": ""})

    answers = {}
    for command in commands:
        done = run(command)
        assert done.returncode == 0, (command, done.stderr)
        answers[command.split()[2]] = json.loads(done.stdout) if done.stdout.strip() else None
    assert answers["create-user"]["User"]["UserName"] == "alice"
    assert answers["assume-role"]["AssumedRoleUser"]["Arn"].endswith(":assumed-role/auditor/demo")
    key = answers["create-access-key"]["AccessKey"]
    denied = denied.replace("AWS_ACCESS_KEY_ID=AKIA...", f"AWS_ACCESS_KEY_ID={key['AccessKeyId']}")
    denied = denied.replace("AWS_SECRET_ACCESS_KEY=...", f"AWS_SECRET_ACCESS_KEY={key['SecretAccessKey']}")
    refused = run(denied)
    assert refused.returncode != 0
    shown = re.search(r"\n```\n(An error occurred.*?)```", README.read_text(), re.DOTALL)[1]
    assert " ".join(refused.stderr.split()) == " ".join(shown.split())


# What ./run prints once it serves is the README's recipe.
def test_next_steps(binary):
    with WardkeepServer(binary, arguments=["--next-steps"]) as server:
        deadline = time.monotonic() + 5
        while "iam create-user" not in "\n".join(server.output) and time.monotonic() < deadline:
            time.sleep(0.05)
        said = [line.strip() for line in server.output]
    function = readme_commands()[0].replace("http://127.0.0.1:8480", server.endpoint)
    assert function in said and any(line.startswith("export AWS_DEFAULT_REGION=") for line in said)


# Lists page by themselves, documents come out decoded, errors come out as AWS's.
def test_more_commands(cli):
    policies = json.loads(cli("aws iam list-policies --scope AWS --query 'length(Policies)'").stdout)
    assert policies == 1594
    version = json.loads(cli("aws iam get-policy-version --policy-arn arn:aws:iam::aws:policy/AdministratorAccess --version-id v1").stdout)
    assert version["PolicyVersion"]["Document"]["Statement"][0]["Action"] == "*"
    identity = json.loads(cli("aws sts get-caller-identity").stdout)
    assert set(identity) == {"UserId", "Account", "Arn"}
    missing = cli("aws iam get-user --user-name nobody")
    assert "An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name nobody cannot be found." in missing.stderr


# A profile with role_arn assumes the role by itself.
def test_profile_with_a_role(cli, tmp_path, fresh):
    trust = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"sts:AssumeRole"}}'
    assert cli(f"aws iam create-role --role-name ops --assume-role-policy-document '{trust}'").returncode == 0
    config = tmp_path / "config"
    config.write_text("[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/ops\nsource_profile = base\nregion = us-east-1\n"
                      f"[profile base]\naws_access_key_id = {fresh.admin_key[0]}\naws_secret_access_key = {fresh.admin_key[1]}\n")
    done = cli("env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY aws --profile ops sts get-caller-identity",
               AWS_CONFIG_FILE=str(config))
    assert done.returncode == 0, done.stderr
    assert ":assumed-role/ops/" in json.loads(done.stdout)["Arn"]
