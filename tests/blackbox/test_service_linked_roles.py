"""Service-linked roles: made for a service, changed by nobody, deleted through a task."""

import pathlib

import pytest
from documents import READ_BUCKET, trust
from refusals import refused


@pytest.fixture
def role(fresh):
    return fresh, fresh.admin.iam.create_service_linked_role(AWSServiceName="elasticbeanstalk.amazonaws.com", Description="d")["Role"]


# Name, path and trust are the service's.
def test_create(role):
    server, made = role
    assert made["Path"] == "/aws-service-role/elasticbeanstalk.amazonaws.com/"
    assert made["RoleName"].startswith("AWSServiceRoleFor")
    assert made["Arn"] == f"arn:aws:iam::{server.account_id}:role{made['Path']}{made['RoleName']}"
    assert made["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": "elasticbeanstalk.amazonaws.com"} \
        or made["AssumeRolePolicyDocument"]["Statement"][0]["Principal"] == {"Service": ["elasticbeanstalk.amazonaws.com"]}


def test_twice(role):
    server, made = role
    with refused("InvalidInput", f"Service role name {made['RoleName']} has been taken in this account, please try a different suffix."):
        server.admin.iam.create_service_linked_role(AWSServiceName="elasticbeanstalk.amazonaws.com")


# Where a service takes no suffix, the refusal names the service.
def test_suffix_refused(fresh):
    with refused("InvalidInput", "Custom suffix is not allowed for elasticbeanstalk.amazonaws.com"):
        fresh.admin.iam.create_service_linked_role(AWSServiceName="elasticbeanstalk.amazonaws.com", CustomSuffix="x")


# Where it does, the name ends with it.
def test_suffix(fresh):
    made = fresh.admin.iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="mine")["Role"]
    assert made["RoleName"] == "AWSServiceRoleForAutoScaling_mine"


# The table of the services, words as in its head.
def table():
    path = pathlib.Path(__file__).resolve().parents[2] / "data" / "service_linked_roles.txt"
    return [line.split(" ") for line in path.read_text().splitlines() if line and not line.startswith("#")]


# Every service of the table gets its own name and policies, and no two of them are in each other's way.
def test_every_service(fresh):
    iam = fresh.admin.iam
    for service, name, policies, _, _ in table():
        made = iam.create_service_linked_role(AWSServiceName=service)["Role"]
        assert (made["RoleName"], made["Path"]) == (name, f"/aws-service-role/{service}/")
        attached = iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]
        prefix = "arn:aws:iam::aws:policy/aws-service-role/"
        assert [row["PolicyArn"] for row in attached] == sorted(prefix + policy for policy in policies.split(","))
    # Whatever is attached to such roles, the account can be shown.
    pages = iam.get_paginator("get_account_authorization_details").paginate(Filter=["Role"])
    assert sum(len(page["RoleDetailList"]) for page in pages) == len(table())


# A suffix is taken where the table says so, and nowhere else.
def test_suffixes_of_every_service(fresh):
    for service, name, _, takes, _ in table():
        request = {"AWSServiceName": service, "CustomSuffix": "mine"}
        if takes == "yes":
            assert fresh.admin.iam.create_service_linked_role(**request)["Role"]["RoleName"] == f"{name}_mine"
        else:
            with refused("InvalidInput", f"Custom suffix is not allowed for {service}"):
                fresh.admin.iam.create_service_linked_role(**request)


# Two suffixes of one service are two roles; the same one again is taken.
def test_suffixes_side_by_side(fresh):
    iam = fresh.admin.iam
    for suffix in ("", "one", "two"):
        more = {"CustomSuffix": suffix} if suffix else {}
        iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", **more)
    with refused("InvalidInput", "Service role name AWSServiceRoleForAutoScaling_two has been taken in this account, please try "
                                 "a different suffix."):
        iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="two")


# A role that could not be named in any later call is not made.
def test_suffix_too_long(fresh):
    with refused("ValidationError"):
        fresh.admin.iam.create_service_linked_role(AWSServiceName="autoscaling.amazonaws.com", CustomSuffix="x" * 40)
    assert fresh.admin.iam.list_roles(PathPrefix="/aws-service-role/")["Roles"] == []


# Service principals are case-sensitive, and have their form.
@pytest.mark.parametrize("service", ["Autoscaling.amazonaws.com", "autoscaling", "autoscaling.example.com"])
def test_no_service_principal(fresh, service):
    with refused("InvalidInput"):
        fresh.admin.iam.create_service_linked_role(AWSServiceName=service)


# The trust policy: lists in the answer to Create, scalars from then on.
def test_trust_document(role):
    server, made = role
    service = "elasticbeanstalk.amazonaws.com"
    assert made["AssumeRolePolicyDocument"] == {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": [service]}, "Action": ["sts:AssumeRole"]}]}
    got = server.admin.iam.get_role(RoleName=made["RoleName"])["Role"]
    assert got["AssumeRolePolicyDocument"] == {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    assert (got["Description"], got["MaxSessionDuration"]) == ("d", 3600)
    assert not {"Description", "MaxSessionDuration", "RoleLastUsed"} & set(made)


PROTECTED = [
    ("update_assume_role_policy", {"PolicyDocument": trust({"Service": "ec2.amazonaws.com"})}),
    ("put_role_policy", {"PolicyName": "p", "PolicyDocument": READ_BUCKET}),
    ("attach_role_policy", {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    ("put_role_permissions_boundary", {"PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    ("delete_role", {}),
]


# Nothing but its own deletion changes such a role.
@pytest.mark.parametrize("operation, more", PROTECTED, ids=[row[0] for row in PROTECTED])
def test_protected(role, operation, more):
    server, made = role
    with refused("UnmodifiableEntity", f"Cannot perform the operation on the protected role '{made['RoleName']}' - this role "
                                       "is only modifiable by AWS"):
        getattr(server.admin.iam, operation)(RoleName=made["RoleName"], **more)


# Deletion answers with a task that succeeds.
def test_delete(role):
    server, made = role
    iam = server.admin.iam
    task = iam.delete_service_linked_role(RoleName=made["RoleName"])["DeletionTaskId"]
    assert task.startswith(f"task/aws-service-role/elasticbeanstalk.amazonaws.com/{made['RoleName']}/")
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    with refused("NoSuchEntity"):
        iam.get_role(RoleName=made["RoleName"])


# A task stays known after its role was made again; one that was never given is not.
def test_get_service_linked_role_deletion_status(role):
    server, made = role
    iam = server.admin.iam
    task = iam.delete_service_linked_role(RoleName=made["RoleName"])["DeletionTaskId"]
    iam.create_service_linked_role(AWSServiceName="elasticbeanstalk.amazonaws.com")
    assert iam.get_service_linked_role_deletion_status(DeletionTaskId=task)["Status"] == "SUCCEEDED"
    for never in (task[:-1] + ("0" if task[-1] != "0" else "1"), task.replace("Beanstalk", "Beansprout")):
        with refused("NoSuchEntity", "Cannot find deletion status for given id."):
            iam.get_service_linked_role_deletion_status(DeletionTaskId=never)
    for malformed in ("x", "task/aws-service-role/", task + "/more", task.replace("-", "_"), task.replace("task/", "tusk/")):
        with refused("InvalidInput", "Invalid task id"):
            iam.get_service_linked_role_deletion_status(DeletionTaskId=malformed)
