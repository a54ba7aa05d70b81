"""Service-specific credentials: user names and passwords for CodeCommit and Keyspaces, API keys for other services."""

import base64
import datetime
import re

import pytest
from refusals import refused

GIT, CASSANDRA, BEDROCK, LOGS = (f"{name}.amazonaws.com" for name in ("codecommit", "cassandra", "bedrock", "logs"))
UNKNOWN = "ACCAXXXXXXXXXXXXXXXXX"


@pytest.fixture
def user(iam, name):
    made = name("user")
    iam.create_user(UserName=made)
    return made


def create(iam, user, service, **more):
    return iam.create_service_specific_credential(UserName=user, ServiceName=service, **more)["ServiceSpecificCredential"]


# create_service_specific_credential, list_service_specific_credentials, update_service_specific_credential,
# reset_service_specific_credential, delete_service_specific_credential
@pytest.mark.parametrize("service", [GIT, CASSANDRA])
def test_life_of_service_specific_credentials(iam, user, account, service):
    made = create(iam, user, service)
    assert made["ServiceUserName"] == f"{user}-at-{account}" and made["Status"] == "Active"
    assert len(made["ServicePassword"]) == 60 and len(base64.b64decode(made["ServicePassword"])) == 45
    assert re.fullmatch(r"ACCA[A-Z2-7]{17}", made["ServiceSpecificCredentialId"])
    assert made["UserName"] == user and made["ServiceName"] == service and "ExpirationDate" not in made
    listed = iam.list_service_specific_credentials(UserName=user)["ServiceSpecificCredentials"]
    assert listed == [{name: made[name] for name in made if name != "ServicePassword"}], "the password is shown once"
    own = {"UserName": user, "ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    iam.update_service_specific_credential(Status="Inactive", **own)
    assert iam.list_service_specific_credentials(UserName=user)["ServiceSpecificCredentials"][0]["Status"] == "Inactive"
    reset = iam.reset_service_specific_credential(**own)["ServiceSpecificCredential"]
    assert reset["ServicePassword"] != made["ServicePassword"] and reset["ServiceUserName"] == made["ServiceUserName"]
    assert reset["Status"] == "Inactive" and reset["CreateDate"] == made["CreateDate"]
    iam.delete_service_specific_credential(**own)
    assert iam.list_service_specific_credentials(UserName=user)["ServiceSpecificCredentials"] == []


@pytest.mark.parametrize("service,prefix", [(BEDROCK, "ABSK"), (LOGS, "ACWL"), ("cloudwatch.amazonaws.com", "APIAACWM"),
                                            ("aws-external-anthropic.amazonaws.com", "AEAA")])
def test_create_service_specific_credential_as_api_key(iam, user, account, service, prefix):
    made = create(iam, user, service, CredentialAgeDays=30)
    alias, secret = made["ServiceCredentialAlias"], made["ServiceCredentialSecret"]
    assert alias == f"{user}-at-{account}" and "ServiceUserName" not in made and "ServicePassword" not in made
    assert secret.startswith(prefix) and base64.b64decode(secret.removeprefix(prefix)).decode().startswith(alias + ":")
    assert made["ExpirationDate"] - made["CreateDate"] == datetime.timedelta(days=30)
    listed = iam.list_service_specific_credentials(UserName=user, ServiceName=service)["ServiceSpecificCredentials"]
    assert listed == [{name: made[name] for name in made if name != "ServiceCredentialSecret"}]
    reset = iam.reset_service_specific_credential(
        UserName=user, ServiceSpecificCredentialId=made["ServiceSpecificCredentialId"])["ServiceSpecificCredential"]
    assert reset["ServiceCredentialSecret"] != secret and reset["ExpirationDate"] == made["ExpirationDate"]


def test_credential_age(iam, user):
    assert "ExpirationDate" not in create(iam, user, BEDROCK)
    for days in (0, 36601):
        with refused("ValidationError"):
            create(iam, user, BEDROCK, CredentialAgeDays=days)
    made = create(iam, user, GIT, CredentialAgeDays=1)
    assert made["ExpirationDate"] - made["CreateDate"] == datetime.timedelta(days=1)


# Services are found in any case, on making and on listing; what stands there is the service's own spelling.
def test_case_of_service_names(iam, user):
    assert create(iam, user, "CodeCommit.AmazonAWS.com")["ServiceName"] == GIT
    listed = iam.list_service_specific_credentials(UserName=user, ServiceName="CODECOMMIT.amazonaws.com")
    assert [one["ServiceName"] for one in listed["ServiceSpecificCredentials"]] == [GIT]
    create(iam, user, GIT)
    with refused("LimitExceeded"):
        create(iam, user, "codeCommit.amazonaws.com")


def test_status_expired_cannot_be_set(iam, user):
    made = create(iam, user, GIT)
    with refused("InvalidInput", "Operation does not support status Expired"):
        iam.update_service_specific_credential(
            UserName=user, ServiceSpecificCredentialId=made["ServiceSpecificCredentialId"], Status="Expired")


# Two per user and service; their names differ.
def test_quota_of_service_specific_credentials(iam, user, account):
    names = [create(iam, user, GIT)["ServiceUserName"] for _ in range(2)]
    assert names == [f"{user}-at-{account}", f"{user}+1-at-{account}"]
    with refused("LimitExceeded", "Cannot exceed quota for ContextSpecificCredentialsPerUserPerContext: 2"):
        create(iam, user, GIT)
    aliases = [create(iam, user, BEDROCK)["ServiceCredentialAlias"] for _ in range(2)]
    assert aliases == [f"{user}-at-{account}", f"{user}+1-at-{account}"]
    page = iam.list_service_specific_credentials(UserName=user, MaxItems=3)
    assert page["IsTruncated"] and len(page["ServiceSpecificCredentials"]) == 3
    rest = iam.list_service_specific_credentials(UserName=user, Marker=page["Marker"])
    assert not rest["IsTruncated"] and len(rest["ServiceSpecificCredentials"]) == 1


# A credential keeps its name when its user is renamed, and nobody else gets that name.
def test_names_of_renamed_users_stay_taken(iam, user, account, name):
    create(iam, user, GIT)
    iam.update_user(UserName=user, NewUserName=name("renamed"))
    iam.create_user(UserName=user)
    assert create(iam, user, GIT)["ServiceUserName"] == f"{user}+1-at-{account}"


@pytest.mark.parametrize("service", ["s3.amazonaws.com", "codecommit", ""])
def test_unsupported_services(iam, user, service):
    text = f"No such service {service} is supported for Service Specific Credentials"
    with refused("NoSuchEntity", text):
        create(iam, user, service)
    with refused("NoSuchEntity", text):
        iam.list_service_specific_credentials(UserName=user, ServiceName=service)


@pytest.mark.parametrize("service", ["code commit.amazonaws.com", "code_commit", "s3/x", "\u00e9"])
def test_characters_of_service_names(iam, user, service):
    for call in (lambda: create(iam, user, service),
                 lambda: iam.list_service_specific_credentials(UserName=user, ServiceName=service)):
        with refused("ValidationError", "ServiceName must match [a-zA-Z0-9.-]*"):
            call()


def test_unknown_service_specific_credentials(iam, user):
    own = {"UserName": user, "ServiceSpecificCredentialId": UNKNOWN}
    for call in (lambda: iam.update_service_specific_credential(Status="Active", **own),
                 lambda: iam.reset_service_specific_credential(**own), lambda: iam.delete_service_specific_credential(**own)):
        with refused("NoSuchEntity", f"No such credential {UNKNOWN} exists"):
            call()
    with refused("NoSuchEntity", "The user with name nobody-here cannot be found."):
        create(iam, "nobody-here", GIT)


# Without a name a user acts on its own credentials, and never on another's with the id alone.
def test_own_service_specific_credentials(iam, new_user, user):
    foreign = create(iam, user, GIT)["ServiceSpecificCredentialId"]
    statement = {"Effect": "Allow", "Action": "iam:*ServiceSpecificCredential*", "Resource": "arn:aws:iam::*:user/${aws:username}"}
    caller, identity = new_user(statement)
    made = create(identity.iam, caller, GIT)
    own = {"ServiceSpecificCredentialId": made["ServiceSpecificCredentialId"]}
    assert [one["UserName"] for one in identity.iam.list_service_specific_credentials()["ServiceSpecificCredentials"]] == [caller]
    identity.iam.update_service_specific_credential(Status="Inactive", **own)
    assert identity.iam.reset_service_specific_credential(**own)["ServiceSpecificCredential"]["ServicePassword"]
    for call in (identity.iam.reset_service_specific_credential, identity.iam.delete_service_specific_credential):
        with refused("ValidationError", f"User {caller} does not have a service specific credential with id {foreign}"):
            call(ServiceSpecificCredentialId=foreign)
    with refused("AccessDenied"):
        identity.iam.list_service_specific_credentials(AllUsers=True)
    identity.iam.delete_service_specific_credential(**own)


def test_list_service_specific_credentials_of_all_users(fresh):
    iam = fresh.admin.iam
    for user in ("bob", "alice"):
        iam.create_user(UserName=user)
        create(iam, user, GIT)
        create(iam, user, BEDROCK)
    everything = iam.list_service_specific_credentials(AllUsers=True)["ServiceSpecificCredentials"]
    assert sorted(one["UserName"] for one in everything) == ["alice", "alice", "bob", "bob"]
    keys = iam.list_service_specific_credentials(AllUsers=True, ServiceName=BEDROCK)["ServiceSpecificCredentials"]
    assert {one["ServiceName"] for one in keys} == {BEDROCK} and len(keys) == 2
    page = iam.list_service_specific_credentials(AllUsers=True, MaxItems=3)
    rest = iam.list_service_specific_credentials(AllUsers=True, Marker=page["Marker"])["ServiceSpecificCredentials"]
    assert page["ServiceSpecificCredentials"] + rest == everything
    with refused("ValidationError"):
        iam.list_service_specific_credentials(AllUsers=True, UserName="bob")


def test_service_name_and_age_are_condition_keys(iam, new_user, user):
    condition = {"StringEquals": {"iam:ServiceSpecificCredentialServiceName": BEDROCK},
                 "NumericLessThanEquals": {"iam:ServiceSpecificCredentialAgeDays": "90"}}
    _, identity = new_user({"Effect": "Allow", "Action": "iam:CreateServiceSpecificCredential", "Resource": "*",
                            "Condition": condition})
    create(identity.iam, user, BEDROCK, CredentialAgeDays=90)
    for service, more in ((BEDROCK, {"CredentialAgeDays": 91}), (BEDROCK, {}), (GIT, {})):
        with refused("AccessDenied"):
            create(identity.iam, user, service, **more)


def test_user_with_service_specific_credential_cannot_be_deleted(iam, user):
    made = create(iam, user, CASSANDRA)
    with refused("DeleteConflict", "Cannot delete entity, must remove referenced objects first."):
        iam.delete_user(UserName=user)
    iam.delete_service_specific_credential(UserName=user, ServiceSpecificCredentialId=made["ServiceSpecificCredentialId"])
    iam.delete_user(UserName=user)
