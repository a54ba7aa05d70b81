"""Managed policies attached to users, groups and roles."""

import pytest
from documents import MANAGED, READ_BUCKET, TRUST_EC2
from refusals import refused

QUOTAS = {"user": 10, "group": 10, "role": 20}


@pytest.fixture(params=["user", "group", "role"])
def target(request, iam, name):
    kind, given = request.param, name(request.param)
    key = {f"{kind.capitalize()}Name": given}
    more = {"AssumeRolePolicyDocument": TRUST_EC2} if kind == "role" else {}
    getattr(iam, f"create_{kind}")(**key, **more)

    def call(verb, **arguments):
        operation = f"list_attached_{kind}_policies" if verb == "list" else f"{verb}_{kind}_policy"
        return getattr(iam, operation)(**key, **arguments)

    call.kind = kind
    return call


# Attaching twice is fine; the counter of the policy counts entities.
def test_life(iam, name, target):
    arn = iam.create_policy(PolicyName=name("policy"), PolicyDocument=READ_BUCKET)["Policy"]["Arn"]
    for _ in range(2):
        target("attach", PolicyArn=arn)
    assert [p["PolicyArn"] for p in target("list")["AttachedPolicies"]] == [arn]
    assert iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 1
    target("detach", PolicyArn=arn)
    assert target("list")["AttachedPolicies"] == []
    assert iam.get_policy(PolicyArn=arn)["Policy"]["AttachmentCount"] == 0
    with refused("NoSuchEntity", f"Policy {arn} was not found."):
        target("detach", PolicyArn=arn)


# AWS managed policies attach like any other and show with their own names.
def test_managed(target):
    target("attach", PolicyArn=MANAGED + "job-function/ViewOnlyAccess")
    assert target("list")["AttachedPolicies"] == [
        {"PolicyName": "ViewOnlyAccess", "PolicyArn": MANAGED + "job-function/ViewOnlyAccess"}]


# Clients match "is not attachable".
def test_unknown_policies(target, account):
    for arn in (f"arn:aws:iam::{account}:policy/not-there", MANAGED + "NotAPolicyOfAws"):
        with refused("NoSuchEntity", f"Policy {arn} does not exist or is not attachable."):
            target("attach", PolicyArn=arn)
    with refused("ValidationError", "Invalid ARN:  Could not be parsed!"):
        target("attach", PolicyArn="this-is-no-arn-but-long-enough")


# Policies made for service-linked roles attach to nothing else.
def test_service_linked_role_policies(target):
    with refused("PolicyNotAttachable"):
        target("attach", PolicyArn=MANAGED + "aws-service-role/AWSSupportServiceRolePolicy")


# One more than the quota names the quota.
def test_quota(iam, name, target):
    quota = QUOTAS[target.kind]
    arns = [iam.create_policy(PolicyName=name("policy"), PolicyDocument=READ_BUCKET)["Policy"]["Arn"] for _ in range(quota + 1)]
    for arn in arns[:quota]:
        target("attach", PolicyArn=arn)
    plural = {"user": "PoliciesPerUser", "group": "PoliciesPerGroup", "role": "PoliciesPerRole"}[target.kind]
    with refused("LimitExceeded", f"Cannot exceed quota for {plural}: {quota}"):
        target("attach", PolicyArn=arns[quota])
    target("attach", PolicyArn=arns[0])  # already attached: no quota involved


# The prefix filters on the path of the policy, not of the entity.
def test_path_prefix(iam, name, target):
    path = f"/{name('path')}/"
    arn = iam.create_policy(PolicyName=name("policy"), Path=path, PolicyDocument=READ_BUCKET)["Policy"]["Arn"]
    target("attach", PolicyArn=arn)
    target("attach", PolicyArn=MANAGED + "ReadOnlyAccess")
    assert [p["PolicyArn"] for p in target("list", PathPrefix=path)["AttachedPolicies"]] == [arn]
