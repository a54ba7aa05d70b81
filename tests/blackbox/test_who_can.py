"""`wardkeep who-can` and `what-can` over what GetAccountAuthorizationDetails says of a running account: what they list
is what the server does."""

import json
import subprocess

import botocore.exceptions
import pytest

GROUP_POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["iam:Get*", "sts:AssumeRole"],
                                                        "Resource": "*"}]}
BOUNDARY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"}]}


@pytest.fixture(scope="module")
def details(server, admin, tmp_path_factory):
    """The server's answer as the aws CLI prints it, for an account with users asked about."""
    iam, account = admin.iam, server.account_id
    iam.create_group(GroupName="wc-readers")
    iam.put_group_policy(GroupName="wc-readers", PolicyName="reads", PolicyDocument=json.dumps(GROUP_POLICY))
    boundary = iam.create_policy(PolicyName="wc-boundary", PolicyDocument=json.dumps(BOUNDARY))["Policy"]["Arn"]
    for name, more in (("wc-ann", {}), ("wc-bob", {"PermissionsBoundary": boundary}), ("wc-cat", {})):
        iam.create_user(UserName=name, **more)
    for name in ("wc-ann", "wc-bob"):
        iam.add_user_to_group(GroupName="wc-readers", UserName=name)
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {
        "AWS": f"arn:aws:iam::{account}:root"}}]}
    iam.create_role(RoleName="wc-role", AssumeRolePolicyDocument=json.dumps(trust))
    answer = {}
    for page in iam.get_paginator("get_account_authorization_details").paginate():
        for key in ("UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"):
            answer.setdefault(key, []).extend(page[key])
    path = tmp_path_factory.mktemp("who-can") / "details.json"
    path.write_text(json.dumps(answer, default=str))
    return path


def run(binary, command, details, *arguments):
    done = subprocess.run([str(binary), command, "--details", str(details), *arguments], capture_output=True, text=True,
                          timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def may(identity, user):
    try:
        identity.iam.get_user(UserName=user)
        return True
    except botocore.exceptions.ClientError as error:
        assert error.response["Error"]["Code"] == "AccessDenied"
        return False


def test_who_can_agrees_with_the_server(binary, server, admin, details):
    account = server.account_id
    asked = f"arn:aws:iam::{account}:user/wc-cat"
    answer = run(binary, "who-can", details, "--action", "iam:GetUser", "--resource", asked)
    listed = {entry["principal"] for entry in answer["allowed"]}
    assert answer["unreadable"] == [] and f"arn:aws:iam::{account}:root" in listed
    for name, expected in (("wc-ann", True), ("wc-bob", True), ("wc-cat", False)):
        key = admin.iam.create_access_key(UserName=name)["AccessKey"]
        assert may(type(admin).of_access_key(server.endpoint, key), "wc-cat") == expected
        assert (f"arn:aws:iam::{account}:user/{name}" in listed) == expected
    (reason,) = [entry for entry in answer["allowed"] if entry["principal"].endswith("user/wc-ann")]
    assert reason == {"principal": reason["principal"], "policyType": "identity", "policy": "wc-readers/reads", "statement": 0}


def test_who_can_assume_a_role(binary, server, details):
    role = f"arn:aws:iam::{server.account_id}:role/wc-role"
    answer = run(binary, "who-can", details, "--action", "sts:AssumeRole", "--resource", role)
    names = {entry["principal"].rpartition("/")[2] for entry in answer["allowed"]}
    assert "wc-ann" in names and not names & {"wc-bob", "wc-cat"}


def test_what_can(binary, server, details):
    bob = f"arn:aws:iam::{server.account_id}:user/wc-bob"
    answer = run(binary, "what-can", details, "--principal", bob, "--resource", bob)
    assert answer["allowed"] == ["iam:GetUser"] and answer["asked"] > 100


@pytest.mark.parametrize("arguments", [("--action", "s3:GetObject", "--context", "novalue"), ("--action", "s3:GetObject", "--resource-account", "1"),
                                       ("--action", "s3:GetObject", "--resource-policy", "/nonexistent")])
def test_unusable_arguments(binary, details, arguments):
    done = subprocess.run([str(binary), "who-can", "--details", str(details), *arguments], capture_output=True, text=True)
    assert done.returncode == 2 and done.stderr and not done.stdout


def test_unusable_file(binary, tmp_path):
    path = tmp_path / "other.json"
    for text in ("", "{}", "[]", "{" * 100):
        path.write_text(text)
        done = subprocess.run([str(binary), "who-can", "--details", str(path), "--action", "s3:GetObject"], capture_output=True, text=True)
        assert done.returncode == 2 and done.stderr


# A pattern, and a name that no service has, is no question that has one answer.
@pytest.mark.parametrize("wrong", ["iam:Get*", "iam:*", "iam:Get?ser", "iam:GetUzer", "nosuch:Get", "GetUser"])
def test_actions_that_are_no_names(binary, server, details, wrong):
    user = f"arn:aws:iam::{server.account_id}:user/wc-ann"
    for command in (["who-can", "--action", wrong], ["what-can", "--principal", user, "--action", wrong]):
        done = subprocess.run([str(binary), *command, "--details", str(details)], capture_output=True, text=True)
        assert done.returncode == 2 and wrong in done.stderr and not done.stdout


def test_one_page_of_several(binary, admin, tmp_path):
    page = admin.iam.get_account_authorization_details(MaxItems=2)
    assert page["IsTruncated"]
    path = tmp_path / "page.json"
    path.write_text(json.dumps(page, default=str))
    done = subprocess.run([str(binary), "who-can", "--details", str(path), "--action", "iam:GetUser"], capture_output=True,
                          text=True)
    assert done.returncode == 2 and "one page" in done.stderr and not done.stdout


# The policies of AWS can be read by whoever is allowed to, and changed by nobody.
def test_policies_of_aws(binary, server, details):
    policy = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    answer = run(binary, "who-can", details, "--action", "iam:GetPolicy", "--resource", policy)
    names = {entry["principal"].rpartition(":")[2] for entry in answer["allowed"]}
    assert {"root", "user/wc-ann"} <= names and "user/wc-bob" not in names
    assert run(binary, "who-can", details, "--action", "iam:DeletePolicy", "--resource", policy)["allowed"] == []


def test_facts_that_are_not_in_the_file(binary, server, details):
    bob = f"arn:aws:iam::{server.account_id}:user/wc-cat"
    done = subprocess.run([str(binary), "who-can", "--details", str(details), "--action", "iam:ChangePassword", "--resource", bob],
                          capture_output=True, text=True)
    assert done.returncode == 3 and "AllowUsersToChangePassword" in done.stdout
