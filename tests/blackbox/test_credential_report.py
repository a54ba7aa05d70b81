"""The credential report: AWS's columns, always fresh, in AWS's states."""

import csv
import io
import re

import pytest
from botocore.exceptions import ClientError
from conftest import Identity
from wardkeep_server import WardkeepServer

COLUMNS = ["user", "arn", "user_creation_time", "password_enabled", "password_last_used", "password_last_changed",
           "password_next_rotation", "mfa_active",
           *[f"access_key_{n}_{what}" for n in (1, 2)
             for what in ("active", "last_rotated", "last_used_date", "last_used_region", "last_used_service")],
           *[f"cert_{n}_{what}" for n in (1, 2) for what in ("active", "last_rotated")]]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def report(iam):
    iam.generate_credential_report()
    content = iam.get_credential_report()["Content"].decode()
    assert "\r" not in content and not content.endswith("\n")
    rows = list(csv.DictReader(io.StringIO(content)))
    return {row["user"]: row for row in rows}, content


# Before any, then STARTED, then COMPLETE: what scripts that wait for it expect.
def test_generate_credential_report_goes_through_the_states(fresh):
    iam = fresh.admin.iam
    with pytest.raises(ClientError) as caught:
        iam.get_credential_report()
    error = caught.value.response
    assert error["Error"]["Code"] == "ReportNotPresent" and error["ResponseMetadata"]["HTTPStatusCode"] == 410
    assert error["Error"]["Message"] == "Unknown"  # AWS's own word
    first, second = iam.generate_credential_report(), iam.generate_credential_report()
    assert first["State"] == "STARTED"
    assert first["Description"] == "No report exists. Starting a new report generation task"
    assert second["State"] == "COMPLETE" and "Description" not in second
    answer = iam.get_credential_report()
    assert answer["ReportFormat"] == "text/csv" and answer["GeneratedTime"].tzinfo is not None


def test_get_credential_report_has_the_columns_of_aws_and_root_first(fresh):
    rows, content = report(fresh.admin.iam)
    lines = content.split("\n")
    assert lines[0].split(",") == COLUMNS
    root = rows["<root_account>"]
    assert lines[1].startswith("<root_account>,") and root["arn"] == f"arn:aws:iam::{fresh.account_id}:root"
    assert [root[c] for c in ("password_last_changed", "password_next_rotation")] == ["not_supported"] * 2
    assert TIME.fullmatch(root["user_creation_time"]) and root["mfa_active"] == "false"
    assert root["access_key_1_active"] == "true" and TIME.fullmatch(root["access_key_1_last_rotated"])  # the tests' own


# Whether root has a password is said in plain words, so that checks of the root user have something to go by.
def test_get_credential_report_of_root(fresh):
    row = report(fresh.admin.iam)[0]["<root_account>"]
    assert row["password_enabled"] == "true" and row["password_last_used"] == "no_information"


# A root user who never had a key shows none: the first start of an installation makes an administrator's key alone.
def test_get_credential_report_shows_no_root_key_that_is_not_there(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path, bootstrap=False) as running:
        printed = "\n".join(running.output)
        key_id = re.search(r"AKIA[A-Z2-7]{16}", printed)[0]
        secret = re.search(r"secret access key[: ]+(\S+)", printed, re.IGNORECASE)[1]
        iam = Identity(running.endpoint, key_id, secret).iam
        rows = report(iam)[0]
        root = rows["<root_account>"]
        for n in (1, 2):
            assert root[f"access_key_{n}_active"] == "false"
            assert [root[f"access_key_{n}_{c}"] for c in ("last_rotated", "last_used_date", "last_used_region",
                                                           "last_used_service")] == ["N/A"] * 4
        assert root["password_enabled"] == "true" and root["password_last_used"] == "no_information"
        assert iam.get_account_summary()["SummaryMap"]["AccountAccessKeysPresent"] == 0


def test_get_credential_report_of_a_user_without_credentials(iam, name):
    user = name("user,with,commas")
    iam.create_user(UserName=user, Path="/x/")
    row = report(iam)[0][user]
    assert row["arn"].endswith(f":user/x/{user}") and TIME.fullmatch(row["user_creation_time"])
    for column in COLUMNS[3:]:
        expected = "false" if column.endswith(("active", "enabled")) else "N/A"
        assert row[column] == expected, column


# Fresh: every change is in the next report, without waiting for a new one to be generated.
def test_get_credential_report_follows_keys_at_once(iam, new_user):
    user, identity = new_user()
    before = report(iam)[0][user]
    assert before["access_key_1_active"] == "true" and before["access_key_2_active"] == "false"
    assert TIME.fullmatch(before["access_key_1_last_rotated"])
    assert [before[f"access_key_1_last_used_{c}"] for c in ("date", "region", "service")] == ["N/A"] * 3
    identity.sts.get_caller_identity()
    used = report(iam)[0][user]
    assert TIME.fullmatch(used["access_key_1_last_used_date"])
    assert (used["access_key_1_last_used_region"], used["access_key_1_last_used_service"]) == ("us-east-1", "sts")
    iam.update_access_key(UserName=user, AccessKeyId=identity.key[0], Status="Inactive")
    iam.create_access_key(UserName=user)
    after = report(iam)[0][user]
    assert after["access_key_1_active"] == "false" and after["access_key_2_active"] == "true"
    assert after["access_key_1_last_rotated"] >= before["access_key_1_last_rotated"]


def test_get_credential_report_knows_passwords(fresh):
    iam = fresh.admin.iam
    iam.create_user(UserName="pass")
    iam.create_login_profile(UserName="pass", Password="correct-Horse-7-battery")
    row = report(iam)[0]["pass"]
    assert row["password_enabled"] == "true" and row["password_last_used"] == "no_information"
    assert TIME.fullmatch(row["password_last_changed"]) and row["password_next_rotation"] == "N/A"
    iam.update_account_password_policy(MaxPasswordAge=90)
    rotated = report(iam)[0]["pass"]["password_next_rotation"]
    assert TIME.fullmatch(rotated) and rotated > row["password_last_changed"]


def test_get_credential_report_needs_permission(new_user):
    _, identity = new_user({"Effect": "Allow", "Action": "iam:GenerateCredentialReport", "Resource": "*"})
    assert identity.iam.generate_credential_report()["State"] in ("STARTED", "COMPLETE")
    with pytest.raises(ClientError, match="iam:GetCredentialReport"):
        identity.iam.get_credential_report()
