"""Terraform with the unmodified AWS provider: every resource and data source of IAM and STS is applied, planned anew
without a difference, changed, planned, imported and destroyed, and nothing stays behind.

Runs where `terraform` and the provider are installed: `terraform init` must succeed without the network, by a mirror that
Terraform knows by itself or one of the folders of plugin_folders(). Elsewhere it is skipped.
"""

import glob
import json
import os
import pathlib
import shutil
import subprocess

import pytest
from certificates import certificate, openssh, private_key, saml_metadata

HERE = pathlib.Path(__file__).resolve().parent

# What the provider offers and the configuration leaves out, each with its reason.
LEFT_OUT = {
    "aws_iam_organizations_features": "needs an organization, and the account must be its management account",
}

# Resources that the provider cannot import, or not without a difference that is its own, each with its reason.
NOT_IMPORTED = {
    "aws_iam_group_membership": "the provider has no import for it",
    "aws_iam_policy_attachment": "the provider has no import for it",
    "aws_iam_security_token_service_preferences": "the provider has no import for it",
    "aws_iam_server_certificate": "the private key cannot be read, so the plan always replaces the certificate",
    "aws_iam_user_login_profile": "length and reset flag cannot be read, so the plan always replaces the profile",
}

# Settings of the provider itself, which no server holds; an import cannot find them.
OF_THE_PROVIDER = {"force_destroy", "force_detach_policies"}

# How the provider wants a resource named on import, where that is not the id in its state.
IMPORT_ID = {
    "aws_iam_group_policies_exclusive": lambda one: one["group_name"],
    "aws_iam_role_policies_exclusive": lambda one: one["role_name"],
    "aws_iam_user_policies_exclusive": lambda one: one["user_name"],
    "aws_iam_group_policy_attachments_exclusive": lambda one: one["group_name"],
    "aws_iam_role_policy_attachments_exclusive": lambda one: one["role_name"],
    "aws_iam_user_policy_attachments_exclusive": lambda one: one["user_name"],
    "aws_iam_group_policy_attachment": lambda one: f"{one['group']}/{one['policy_arn']}",
    "aws_iam_role_policy_attachment": lambda one: f"{one['role']}/{one['policy_arn']}",
    "aws_iam_user_policy_attachment": lambda one: f"{one['user']}/{one['policy_arn']}",
    "aws_iam_user_group_membership": lambda one: "/".join([one["user"], *one["groups"]]),
    "aws_iam_user_ssh_key": lambda one: f"{one['username']}:{one['ssh_public_key_id']}:{one['encoding']}",
}


def plugin_folders():
    """Folders that may hold the provider as `terraform init -plugin-dir` wants it."""
    named = [os.environ.get(name) for name in ("WARDKEEP_TERRAFORM_PLUGINS", "TF_PLUGIN_CACHE_DIR")]
    usual = [path for root in ("/opt", "/usr/share", "/usr/lib", "/usr/local/share", "/usr/local/lib")
             for path in sorted(glob.glob(f"{root}/*"))]
    return [path for path in [*named, *usual]
            if path and pathlib.Path(path, "registry.terraform.io/hashicorp/aws").is_dir()]


class Terraform:
    """One working folder with the configuration."""

    def __init__(self, folder, server):
        self.folder, self.server = folder, server
        key_id, secret = server.admin_key
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "TF_VAR_"))}
        self.environment = {**kept, "AWS_ACCESS_KEY_ID": key_id, "AWS_SECRET_ACCESS_KEY": secret, "CHECKPOINT_DISABLE": "1",
                            "TF_IN_AUTOMATION": "1", "HTTPS_PROXY": "http://127.0.0.1:9", "NO_PROXY": "127.0.0.1"}
        folder.mkdir()
        for source in HERE.glob("*.tf"):
            shutil.copy(source, folder)

    def __call__(self, *arguments, expected=(0,), timeout=300):
        done = subprocess.run(["terraform", *arguments], cwd=self.folder, env=self.environment, text=True,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
        assert done.returncode in expected, f"terraform {arguments[0]}: status {done.returncode}\n{done.stderr}\n{done.stdout[-20000:]}"
        return done

    def init(self):
        """False when the provider is not on this machine."""
        arguments = ["init", "-no-color", "-input=false", "-backend=false"]
        ways = [[*arguments, f"-plugin-dir={path}"] for path in plugin_folders()] + [arguments]
        return any(self(*way, expected=range(256), timeout=120).returncode == 0 for way in ways)

    def variables(self, material, revision):
        values = {"endpoint": self.server.endpoint, "revision": revision, "material": material}
        (self.folder / "given.auto.tfvars.json").write_text(json.dumps(values))

    def apply(self):
        self("apply", "-auto-approve", "-no-color", "-input=false", "-parallelism=20")

    def assert_no_difference(self):
        done = self("plan", "-detailed-exitcode", "-no-color", "-input=false", "-parallelism=20", expected=(0, 2))
        assert done.returncode == 0, done.stdout[-20000:]

    def shown(self, *arguments):
        return json.loads(self("show", "-json", *arguments).stdout)


@pytest.fixture(scope="module")
def material():
    """Two sets of metadata, a chain of certificates, a signing certificate and an SSH key."""
    root_key, leaf_key = private_key(2048, 21), private_key(2048, 22)
    root = certificate(root_key, "root", ca=True)
    return {"leaf": certificate(leaf_key, "leaf", (root, root_key)), "leaf_key": leaf_key, "chain": root,
            "signing_certificate": certificate(private_key(2048, 23)),
            "ssh": openssh(private_key(2048, 24)) + " bob@example.com",
            "metadata": saml_metadata(root) + " " * 400,
            "other_metadata": saml_metadata(root, "https://other.example.com/metadata") + " " * 400}


@pytest.fixture
def terraform(fresh, tmp_path):
    """A folder that `terraform init` has made ready, against a server of its own."""
    if shutil.which("terraform") is None:
        pytest.skip("terraform is not installed")
    made = Terraform(tmp_path / "main", fresh)
    if not made.init():
        pytest.skip("the AWS provider of Terraform is not installed")
    return made


def left_behind(iam):
    """What an account holds, but for the preference that the provider does not take back."""
    summary = {key: value for key, value in iam.get_account_summary()["SummaryMap"].items()
               if key not in ("GlobalEndpointTokenVersion",)}
    return summary, iam.list_account_aliases()["AccountAliases"], iam.list_roles()["Roles"]


def resources(terraform):
    """(address, type, values) of everything that the state holds, data sources left out."""
    root = terraform.shown()["values"]["root_module"]
    return [(one["address"], one["type"], one["values"]) for one in root["resources"] if one["mode"] == "managed"]


def assert_imports_without_difference(terraform, folder, material):
    """A new state that imports every resource plans no change of any."""
    blocks = [f'import {{\n  to = {address}\n  id = {json.dumps(IMPORT_ID.get(kind, lambda one: one["id"])(values))}\n}}\n'
              for address, kind, values in resources(terraform) if kind not in NOT_IMPORTED]
    second = Terraform(folder, terraform.server)
    (second.folder / "import.tf").write_text("\n".join(blocks))
    assert second.init()
    second.variables(material, "2")
    second("plan", "-no-color", "-input=false", "-parallelism=20", "-out=plan")
    changes = [one for one in second.shown("plan")["resource_changes"] if one["type"] not in NOT_IMPORTED and one["mode"] == "managed"]
    assert len(changes) == len(blocks)
    held = lambda values: {name: value for name, value in values.items() if name not in OF_THE_PROVIDER}
    wrong = {one["address"]: one["change"] for one in changes if one["change"]["actions"] != ["no-op"]
             and (one["change"]["actions"] != ["update"] or held(one["change"]["before"]) != held(one["change"]["after"]))}
    assert not wrong, json.dumps(wrong, indent=1)[:20000]


def assert_everything_is_covered(terraform):
    """The provider offers nothing of IAM and STS that the configuration does not use or LEFT_OUT does not explain."""
    schema, = json.loads(terraform("providers", "schema", "-json").stdout)["provider_schemas"].values()
    ours = lambda names: {name for name in names if name.startswith(("aws_iam_", "aws_sts_", "aws_caller_"))}
    texts = "".join(path.read_text() for path in HERE.glob("*.tf"))
    used = lambda block, name: f'{block} "{name}" ' in texts
    assert {name for name in ours(schema["resource_schemas"]) if not used("resource", name)} == set(LEFT_OUT)
    assert {name for name in ours(schema["data_source_schemas"]) if not used("data", name)} == set()


def test_every_resource_and_data_source(terraform, material, tmp_path, fresh):
    iam = fresh.admin.iam
    before = left_behind(iam)
    assert_everything_is_covered(terraform)
    terraform.variables(material, "1")
    terraform.apply()
    terraform.assert_no_difference()
    found = terraform.shown()["values"]["outputs"]["found"]["value"]
    assert found["account"] == fresh.account_id and found["alias"] == "terraform" and found["allowed"] is True
    assert found["users"] == 3 and found["keys"] == 1 and found["members"] == ["bob"] and found["roles"] == ["service"]
    terraform.variables(material, "2")
    terraform.apply()
    terraform.assert_no_difference()
    assert_imports_without_difference(terraform, tmp_path / "second", material)
    terraform("destroy", "-auto-approve", "-no-color", "-input=false", "-parallelism=20")
    assert left_behind(iam) == before
