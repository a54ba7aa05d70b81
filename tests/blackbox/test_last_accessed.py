"""Service last accessed: which services the policies of an entity reach, and what the server saw of them."""

import datetime
import json

import pytest
from botocore.exceptions import ClientError

ORGANIZATION = "o-a1b2c3d4e5/r-f6g7h8i9j0example/ou-1a2b3c-k9l8m7n6o5example"


def allow(action, resource="*"):
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def details(iam, arn, **more):
    job = iam.generate_service_last_accessed_details(Arn=arn, **more)["JobId"]
    assert len(job) == 36
    answer = iam.get_service_last_accessed_details(JobId=job)
    assert answer["JobStatus"] == "COMPLETED" and answer["JobType"] == more.get("Granularity", "SERVICE_LEVEL")
    assert answer["JobCompletionDate"] >= answer["JobCreationDate"]
    return {row["ServiceNamespace"]: row for row in answer["ServicesLastAccessed"]}, job


def recent(time):
    return abs((datetime.datetime.now(datetime.timezone.utc) - time).total_seconds()) < 120


def arn_of(account, user):
    return f"arn:aws:iam::{account}:user/{user}"


# Every service that a policy allows is listed, tried or not; what is denied counts as tried.
def test_get_service_last_accessed_details_of_a_user(iam, new_user, account):
    user, identity = new_user(allow(["iam:GetUser", "sts:*", "s3:GetObject", "ec2:Nonsense"]))
    arn = arn_of(account, user)
    before, _ = details(iam, arn)
    assert sorted(before) == ["iam", "s3", "sts"]
    assert before["iam"]["ServiceName"] == "AWS Identity and Access Management (IAM)"
    assert all(row["TotalAuthenticatedEntities"] == 0 and "LastAuthenticated" not in row for row in before.values())
    with pytest.raises(ClientError, match="AccessDenied"):
        identity.iam.list_users()
    after, _ = details(iam, arn)
    assert recent(after["iam"]["LastAuthenticated"])
    assert after["iam"]["LastAuthenticatedEntity"] == arn and after["iam"]["LastAuthenticatedRegion"] == "us-east-1"
    assert after["iam"]["TotalAuthenticatedEntities"] == 1 and after["sts"]["TotalAuthenticatedEntities"] == 0


def test_get_service_last_accessed_details_knows_actions(iam, new_user, account):
    user, identity = new_user(allow(["iam:GetUser", "iam:ListUsers", "iam:PassRole", "sts:GetCallerIdentity"]))
    identity.iam.get_user()
    rows, _ = details(iam, arn_of(account, user), Granularity="ACTION_LEVEL")
    actions = {row["ActionName"]: row for row in rows["iam"]["TrackedActionsLastAccessed"]}
    assert sorted(actions) == ["GetUser", "ListUsers"]
    assert recent(actions["GetUser"]["LastAccessedTime"])
    assert actions["GetUser"]["LastAccessedEntity"] == arn_of(account, user)
    assert actions["GetUser"]["LastAccessedRegion"] == "us-east-1"
    assert list(actions["ListUsers"]) == ["ActionName"]
    plain, _ = details(iam, arn_of(account, user))
    assert "TrackedActionsLastAccessed" not in plain["iam"]


def test_get_service_last_accessed_details_of_a_role_counts_its_sessions(iam, admin, new_role, assume, account):
    role = new_role({"AWS": account}, allow("sts:*"))
    assume(admin, role).sts.get_caller_identity()
    rows, _ = details(iam, role)
    assert list(rows) == ["sts"] and rows["sts"]["LastAuthenticatedEntity"] == role


@pytest.fixture
def team(iam, name, new_user):
    """A group with a policy of its own and an attached one, and two members of whom one has done something."""
    group, busy, idle = name("group"), new_user(), new_user()
    policy = iam.create_policy(PolicyName=name("policy"), PolicyDocument=document(allow("sts:*")))["Policy"]["Arn"]
    iam.create_group(GroupName=group)
    iam.attach_group_policy(GroupName=group, PolicyArn=policy)
    iam.put_group_policy(GroupName=group, PolicyName="own", PolicyDocument=document(allow("sqs:*")))
    for user, _ in (busy, idle):
        iam.add_user_to_group(GroupName=group, UserName=user)
    busy[1].sts.get_caller_identity()
    return group, policy, busy[0], idle[0]


@pytest.mark.parametrize("subject", ["group", "policy"])
def test_get_service_last_accessed_details_with_entities(iam, team, account, subject):
    group, policy, busy, idle = team
    arn = policy if subject == "policy" else f"arn:aws:iam::{account}:group/{group}"
    rows, job = details(iam, arn)
    assert sorted(rows) == (["sts"] if subject == "policy" else ["sqs", "sts"])
    assert rows["sts"]["TotalAuthenticatedEntities"] == 1
    assert rows["sts"]["LastAuthenticatedEntity"] == arn_of(account, busy)
    answer = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="sts")
    assert answer["JobStatus"] == "COMPLETED" and answer["IsTruncated"] is False
    entities = {row["EntityInfo"]["Name"]: row for row in answer["EntityDetailsList"]}
    assert sorted(entities) == sorted([busy, idle])
    info = entities[busy]["EntityInfo"]
    assert (info["Type"], info["Arn"], info["Path"]) == ("USER", arn_of(account, busy), "/")
    assert info["Id"].startswith("AIDA") and recent(entities[busy]["LastAuthenticated"])
    assert "LastAuthenticated" not in entities[idle]
    page = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="sts", MaxItems=1)
    assert page["IsTruncated"] and len(page["EntityDetailsList"]) == 1
    rest = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="sts", Marker=page["Marker"])
    assert len(rest["EntityDetailsList"]) == 1 and not rest["IsTruncated"]


def test_get_service_last_accessed_details_with_entities_of_a_user_shows_that_user(iam, team, account):
    _, job = details(iam, arn_of(account, team[2]))
    entity, = iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="sts")["EntityDetailsList"]
    assert entity["EntityInfo"]["Name"] == team[2] and recent(entity["LastAuthenticated"])
    with pytest.raises(ClientError) as caught:
        iam.get_service_last_accessed_details_with_entities(JobId=job, ServiceNamespace="shop")
    assert caught.value.response["Error"]["Code"] == "InvalidInput"


def test_generate_service_last_accessed_details_of_an_aws_policy_pages_through_all_services(iam, account):
    job = iam.generate_service_last_accessed_details(Arn="arn:aws:iam::aws:policy/AdministratorAccess")["JobId"]
    names, marker = [], {}
    while True:
        page = iam.get_service_last_accessed_details(JobId=job, MaxItems=150, **marker)
        names += [row["ServiceNamespace"] for row in page["ServicesLastAccessed"]]
        if not page["IsTruncated"]:
            break
        marker = {"Marker": page["Marker"]}
    assert len(names) == 456 and names == sorted(names)


# A job is its owner's, is about something, and fails when that is gone.
def test_generate_service_last_accessed_details_gives_jobs_to_their_owner_only(iam, new_user, account, name):
    other, identity = new_user(allow("iam:*"))
    user = name("user")
    iam.create_user(UserName=user)
    job = iam.generate_service_last_accessed_details(Arn=arn_of(account, user))["JobId"]
    for stranger, wanted in ((identity.iam, job), (iam, "0" * 36), (iam, job[:-1] + ("A" if job[-1] != "A" else "B"))):
        with pytest.raises(ClientError) as caught:
            stranger.get_service_last_accessed_details(JobId=wanted)
        assert caught.value.response["Error"]["Code"] == "NoSuchEntity"
    iam.delete_user(UserName=user)
    answer = iam.get_service_last_accessed_details(JobId=job)
    assert answer["JobStatus"] == "FAILED" and answer["Error"]["Code"] == "NoSuchEntity"
    for arn, code in ((arn_of(account, user), "NoSuchEntity"), (f"arn:aws:iam::{account}:policy/none", "NoSuchEntity"),
                      (f"arn:aws:iam::{account}:root", "InvalidInput")):
        with pytest.raises(ClientError) as caught:
            iam.generate_service_last_accessed_details(Arn=arn)
        assert caught.value.response["Error"]["Code"] == code


# What was seen is still there after a restart, and so is the job.
def test_get_service_last_accessed_details_survives_a_restart(binary, tmp_path):
    from conftest import Identity
    from wardkeep_server import WardkeepServer
    with WardkeepServer(binary, data=tmp_path / "data") as running:
        iam = Identity(running.endpoint, *running.admin_key).iam
        arn = iam.get_user()["User"]["Arn"]
        job = iam.generate_service_last_accessed_details(Arn=arn)["JobId"]
        first = iam.get_service_last_accessed_details(JobId=job, MaxItems=1000)["ServicesLastAccessed"]
    with WardkeepServer(binary, data=tmp_path / "data") as running:
        iam = Identity(running.endpoint, *running.admin_key).iam
        second = iam.get_service_last_accessed_details(JobId=job, MaxItems=1000)["ServicesLastAccessed"]
    used = [row for row in first if row["TotalAuthenticatedEntities"]]
    assert [row["ServiceNamespace"] for row in used] == ["iam"]
    assert [row for row in second if row["TotalAuthenticatedEntities"]] == used


def test_list_policies_granting_service_access_names_each_policy(iam, team, account):
    group, policy, busy, _ = team
    iam.put_user_policy(UserName=busy, PolicyName="mine", PolicyDocument=document({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}))
    answer = iam.list_policies_granting_service_access(Arn=arn_of(account, busy), ServiceNamespaces=["sts", "iam", "sqs", "shop"])
    assert answer["IsTruncated"] is False
    mine = {"PolicyName": "mine", "PolicyType": "INLINE", "EntityType": "USER", "EntityName": busy}
    own = {"PolicyName": "own", "PolicyType": "INLINE", "EntityType": "GROUP", "EntityName": group}
    managed = {"PolicyName": policy.split("/")[-1], "PolicyType": "MANAGED", "PolicyArn": policy}
    assert answer["PoliciesGrantingServiceAccess"] == [
        {"ServiceNamespace": "sts", "Policies": [mine, managed]}, {"ServiceNamespace": "iam", "Policies": []},
        {"ServiceNamespace": "sqs", "Policies": [mine, own]}, {"ServiceNamespace": "shop", "Policies": []}]


def test_generate_organizations_access_report_is_for_management_accounts(iam):
    with pytest.raises(ClientError) as caught:
        iam.generate_organizations_access_report(EntityPath=ORGANIZATION)
    assert caught.value.response["Error"]["Code"] == "AccessDenied"


def test_get_organizations_access_report_knows_no_job(iam):
    with pytest.raises(ClientError) as caught:
        iam.get_organizations_access_report(JobId="0" * 36)
    assert caught.value.response["Error"]["Code"] == "NoSuchEntity"
