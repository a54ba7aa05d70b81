"""Two accounts in one server: apart from each other, and joined by trust."""

import json
import subprocess

import pytest
from conftest import Identity
from documents import allow, policy, trust
from refusals import refused


def account_command(server, *arguments):
    """Runs `wardkeep account ... --json` against the running server and returns its answer."""
    done = subprocess.run([server.binary, "account", *arguments, "--json", "--data", str(server.data)], capture_output=True,
                          text=True, timeout=30)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def two(request, binary, tmp_path_factory):
    """A server with its first account and a second one made by the command line."""
    from wardkeep_server import WardkeepServer

    data = tmp_path_factory.mktemp("data")
    with WardkeepServer(binary, data=data, start_timeout=request.config.getoption("--start-timeout")) as server:
        made = account_command(server, "create", "--name", "second", "--email", "second@example.com")
        server.first = Identity(server.endpoint, *server.admin_key)
        server.second = Identity(server.endpoint, made["access_key_id"], made["secret_access_key"])
        server.second_id = made["account_id"]
        yield server


# The new account has its own administrator, and its keys carry its id.
def test_second_account(two):
    identity = two.second.sts.get_caller_identity()
    assert identity["Account"] == two.second_id != two.account_id
    assert two.first.sts.get_access_key_info(AccessKeyId=two.second.key[0])["Account"] == two.second_id


# Both are listed.
def test_list(two):
    accounts = account_command(two, "list")["accounts"]
    assert {account["account_id"] for account in accounts} == {two.account_id, two.second_id}
    assert [a["name"] for a in accounts if a["account_id"] == two.second_id] == ["second"]


# The same name in two accounts is two users; neither sees the other.
def test_accounts_are_apart(two):
    for identity in (two.first, two.second):
        identity.iam.create_user(UserName="same-name")
    assert [u["Arn"] for u in two.second.iam.list_users()["Users"] if u["UserName"] == "same-name"] == [
        f"arn:aws:iam::{two.second_id}:user/same-name"]
    foreign = two.first.iam.create_policy(PolicyName="only-first", PolicyDocument=policy(allow("s3:*")))["Policy"]["Arn"]
    with refused("AccessDenied"):
        two.second.iam.get_policy(PolicyArn=foreign)


def make_role(identity, name, principal, **more):
    return identity.iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust(principal, **more))["Role"]["Arn"]


# Both sides must agree: the role trusts, and the caller's own account permits.
def test_assume_across(two):
    role = make_role(two.first, "across", {"AWS": two.second_id})
    two.first.iam.put_role_policy(RoleName="across", PolicyName="p", PolicyDocument=policy(allow("iam:ListUsers")))
    answer = two.second.sts.assume_role(RoleArn=role, RoleSessionName="visit")
    session = Identity.of_credentials(two.endpoint, answer["Credentials"])
    assert session.sts.get_caller_identity()["Account"] == two.account_id
    assert all(u["Arn"].split(":")[4] == two.account_id for u in session.iam.list_users()["Users"])


# Naming the user in the trust policy does not free it from its own account's rules, unlike within one account.
def test_own_permission_needed(two):
    two.second.iam.create_user(UserName="visitor")
    key = two.second.iam.create_access_key(UserName="visitor")["AccessKey"]
    visitor = Identity.of_access_key(two.endpoint, key)
    role = make_role(two.first, "named", {"AWS": f"arn:aws:iam::{two.second_id}:user/visitor"})
    with refused("AccessDenied", f"User: arn:aws:iam::{two.second_id}:user/visitor is not authorized to perform: "
                                 f"sts:AssumeRole on resource: {role}"):
        visitor.sts.assume_role(RoleArn=role, RoleSessionName="visit")
    two.second.iam.put_user_policy(UserName="visitor", PolicyName="p", PolicyDocument=policy(allow("sts:AssumeRole", role)))
    visitor.sts.assume_role(RoleArn=role, RoleSessionName="visit")


# Without trust the caller's permission is worth nothing.
def test_trust_needed(two):
    role = make_role(two.first, "closed", {"AWS": two.account_id})
    with refused("AccessDenied"):
        two.second.sts.assume_role(RoleArn=role, RoleSessionName="visit")


# The confused deputy: the external id keeps third parties apart.
def test_external_id(two):
    role = make_role(two.first, "deputy", {"AWS": two.second_id}, condition={"StringEquals": {"sts:ExternalId": "c-17"}})
    with refused("AccessDenied"):
        two.second.sts.assume_role(RoleArn=role, RoleSessionName="visit")
    two.second.sts.assume_role(RoleArn=role, RoleSessionName="visit", ExternalId="c-17")


# A principal of the other account is checked for existence as well when the trust policy is saved.
def test_unknown_foreign_user(two):
    with refused("MalformedPolicyDocument", containing="Invalid principal in policy"):
        make_role(two.first, "ghost", {"AWS": f"arn:aws:iam::{two.second_id}:user/ghost"})


# What the command refuses, it refuses with a message and a status.
@pytest.mark.parametrize("arguments", [["create", "--name", "", "--email", "a@example.com"], ["create", "--name", "x"],
                                       ["create", "--name", "x" * 129, "--email", "a@example.com"], ["destroy"]])
def test_bad_commands(two, arguments):
    done = subprocess.run([two.binary, "account", *arguments, "--data", str(two.data)], capture_output=True, text=True, timeout=30)
    assert done.returncode not in (0, -6, -11) and (done.stdout + done.stderr).strip()


# Aliases are unique over all accounts of the server.
def test_alias_is_global(two):
    two.first.iam.create_account_alias(AccountAlias="taken-alias")
    with refused("EntityAlreadyExists"):
        two.second.iam.create_account_alias(AccountAlias="taken-alias")
