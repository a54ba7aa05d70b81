"""`wardkeep policy summary`, as someone without a server would run it."""

import json
import subprocess

import pytest

MIXED = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": ["s3:Get*", "s3:List*"], "Resource": ["arn:aws:s3:::logs", "arn:aws:s3:::logs/*"]},
        {"Effect": "Allow", "Action": "iam:*AccessKey*", "Resource": "arn:aws:iam::*:user/${aws:username}",
         "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}},
        {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::logs/secret/*"},
        {"Effect": "Allow", "Action": ["shop:Order", "iam:GetUzer"], "Resource": "*"},
    ],
}


def run(binary, *arguments, text=None):
    return subprocess.run([str(binary), "policy", "summary", *arguments], input=text, capture_output=True, text=True,
                          timeout=60)


def test_policy_summary_prints_the_tables_of_the_console(binary, tmp_path):
    (tmp_path / "policy.json").write_text(json.dumps(MIXED))
    done = run(binary, str(tmp_path / "policy.json"))
    assert done.returncode == 0 and done.stderr == ""
    assert done.stdout == (
        "Uncategorized services\nAllow shop:Order\n\nUnrecognized actions\niam:GetUzer\n\n"
        "Explicit deny (1 of 456 services)\n"
        "Service    Access level   Resource                    Request condition\n"
        "Amazon S3  Limited: Read  arn:aws:s3:::logs/secret/*  None\n\n"
        "Allow (2 of 456 services)\n"
        "Service                                   Access level                Resource                             "
        "Request condition\n"
        "AWS Identity and Access Management (IAM)  Limited: List, Read, Write  arn:aws:iam::*:user/${aws:username}  "
        "aws:MultiFactorAuthPresent | Bool | true\n"
        "Amazon S3                                 Limited: List, Read         Multiple                             None\n")


def test_policy_summary_gives_json_with_the_actions(binary):
    done = run(binary, "--json", "-", text=json.dumps(MIXED))
    assert done.returncode == 0
    summary = json.loads(done.stdout)
    assert summary["services"] == 456 and summary["catalogue"].startswith("0.21.")
    assert summary["uncategorized"] == [{"service": "shop", "effect": "Allow", "actions": ["shop:Order"]}]
    denied, = summary["explicitDeny"]
    assert [action["name"] for action in denied["actions"]] == ["GetObject"]
    iam, s3 = summary["allow"]
    assert (iam["service"], s3["service"]) == ("iam", "s3")
    assert iam["unknownActions"] == ["iam:GetUzer"]
    assert {a["name"]: a["level"] for a in iam["actions"]} == {
        "CreateAccessKey": "Write", "DeleteAccessKey": "Write", "GetAccessKeyLastUsed": "Read", "ListAccessKeys": "List",
        "UpdateAccessKey": "Write"}
    # An object is no bucket: the two actions name different ones of the two resources, both as they are written.
    assert {level["level"]: level["access"] for level in s3["levels"]} == {
        "List": "Limited", "Read": "Limited", "Write": "None", "Permissions management": "None", "Tagging": "None"}


# A NotAction lists what a statement is not about.
@pytest.mark.parametrize("effect", ["Allow", "Deny"])
def test_policy_summary_never_states_the_opposite_of_notaction(binary, effect):
    text = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": effect, "NotAction": ["prowler:action", "s3:NoSuch"], "Resource": "*"}]})
    lines = run(binary, "-", text=text).stdout.splitlines()
    assert lines[:2] == ["Uncategorized services", f"{effect:5} all but prowler:action"]
    assert not any(line.startswith(f"{effect:5} prowler") for line in lines)
    summary = json.loads(run(binary, "--json", "-", text=text).stdout)
    assert summary["uncategorized"] == []
    assert summary["uncategorizedLeftOut"] == [{"service": "prowler", "effect": effect, "actions": ["prowler:action"]}]


def test_policy_summary_of_everything_is_full_access(binary):
    text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
    done = run(binary, "-", text=text)
    lines = done.stdout.splitlines()
    assert lines[0] == "Allow (456 of 456 services)" and len(lines) == 458
    assert all("  Full access  " in line for line in lines[2:])


def test_policy_summary_refuses_what_is_no_policy(binary, tmp_path):
    done = run(binary, "-", text='{"Version":"2012-10-17"}')
    assert done.returncode == 2 and done.stdout == ""
    assert "MalformedPolicyDocument" in done.stderr
    assert run(binary, str(tmp_path / "absent")).returncode == 1
    assert run(binary).returncode == 2
