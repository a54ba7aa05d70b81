"""Permissions boundaries of users and roles: set, shown, counted, removed. What they forbid is in test_enforcement."""

import pytest
from documents import MANAGED, READ_BUCKET, TRUST_EC2
from refusals import refused


@pytest.fixture(params=["user", "role"])
def target(request, iam, name):
    kind, given = request.param, name(request.param)
    key = {f"{kind.capitalize()}Name": given}
    more = {"AssumeRolePolicyDocument": TRUST_EC2} if kind == "role" else {}
    getattr(iam, f"create_{kind}")(**key, **more)

    class Target:
        put = staticmethod(lambda arn: getattr(iam, f"put_{kind}_permissions_boundary")(PermissionsBoundary=arn, **key))
        delete = staticmethod(lambda: getattr(iam, f"delete_{kind}_permissions_boundary")(**key))
        shown = staticmethod(lambda: getattr(iam, f"get_{kind}")(**key)[kind.capitalize()].get("PermissionsBoundary"))

    return Target


# Set, replace, remove; the policy counts its uses.
def test_life(iam, name, target):
    arn = iam.create_policy(PolicyName=name("policy"), PolicyDocument=READ_BUCKET)["Policy"]["Arn"]
    target.put(MANAGED + "ReadOnlyAccess")
    target.put(arn)
    assert target.shown() == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": arn}
    policy = iam.get_policy(PolicyArn=arn)["Policy"]
    assert (policy["PermissionsBoundaryUsageCount"], policy["AttachmentCount"]) == (1, 0)
    target.delete()
    assert target.shown() is None
    assert iam.get_policy(PolicyArn=arn)["Policy"]["PermissionsBoundaryUsageCount"] == 0
    with refused("NoSuchEntity"):
        target.delete()


# A boundary must be a policy that exists.
def test_unknown_policy(target, account):
    arn = f"arn:aws:iam::{account}:policy/not-there"
    with refused("NoSuchEntity", f"Policy {arn} does not exist or is not attachable."):
        target.put(arn)


# A boundary given at creation is in place from the first moment.
def test_at_creation(iam, name):
    user, role = name("user"), name("role")
    arn = MANAGED + "ReadOnlyAccess"
    made = iam.create_user(UserName=user, PermissionsBoundary=arn)["User"]
    assert made["PermissionsBoundary"]["PermissionsBoundaryArn"] == arn
    made = iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2, PermissionsBoundary=arn)["Role"]
    assert made["PermissionsBoundary"]["PermissionsBoundaryArn"] == arn
