"""Service-linked roles: made for a service, changed by nobody, deleted through a task."""

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


PROTECTED = [
    ("update_assume_role_policy", {"PolicyDocument": trust({"Service": "ec2.amazonaws.com"})}),
    ("put_role_policy", {"PolicyName": "p", "PolicyDocument": READ_BUCKET}),
    ("attach_role_policy", {"PolicyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    ("put_role_permissions_boundary", {"PermissionsBoundary": "arn:aws:iam::aws:policy/ReadOnlyAccess"}),
    ("update_role", {"MaxSessionDuration": 7200}),
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
