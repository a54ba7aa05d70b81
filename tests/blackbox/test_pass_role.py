"""iam:PassRole: whoever hands a role to a service needs the right to that role."""

import pytest
from documents import TRUST_EC2, allow
from refusals import refused


@pytest.fixture
def parts(iam, name, account):
    role, profile = name("role"), name("profile")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2)
    iam.create_instance_profile(InstanceProfileName=profile)
    return role, profile, f"arn:aws:iam::{account}:role/{role}"


# The right to change the profile is not the right to put any role into it.
def test_add_role_needs_pass_role(parts, new_user, account):
    role, profile, arn = parts
    user, caller = new_user(allow("iam:AddRoleToInstanceProfile"))
    with refused("AccessDenied", f"User: arn:aws:iam::{account}:user/{user} is not authorized to perform: iam:PassRole on resource: "
                                 f"{arn} because no identity-based policy allows the iam:PassRole action"):
        caller.iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
    _, permitted = new_user(allow("iam:AddRoleToInstanceProfile"), allow("iam:PassRole", arn))
    permitted.iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)


# The service that will get the role is a condition key.
@pytest.mark.parametrize("service, allowed", [("ec2.amazonaws.com", True), ("lambda.amazonaws.com", False)])
def test_passed_to_service(parts, new_user, service, allowed):
    role, profile, arn = parts
    _, caller = new_user(allow("iam:AddRoleToInstanceProfile"),
                         allow("iam:PassRole", arn, {"StringEquals": {"iam:PassedToService": service}}))
    if allowed:
        caller.iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
    else:
        with refused("AccessDenied", containing="iam:PassRole"):
            caller.iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
