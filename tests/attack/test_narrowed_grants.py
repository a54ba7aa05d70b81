"""Sessions that are held to a policy, and grants that name whom they stand for: the policy must allow all the same."""

import pytest
from conftest import Identity
from console import narrow
from documents import allow, policy
from refusals import refused

TOPIC = "arn:aws:sns:us-east-1:123456789012:requests"
LOOK = allow("iam:GetUser", "*")


@pytest.fixture
def lend(server, iam, sts, name):
    """Credentials that `approver` lends for a policy that allows iam:GetUser."""

    def take(approver):
        template = iam.create_policy(PolicyName=name("template"), PolicyDocument=policy(LOOK))["Policy"]["Arn"]
        request = iam.create_delegation_request(
            Description="d", RequestorWorkflowId=name("workflow"), NotificationChannel=TOPIC, SessionDuration=900,
            Permissions={"PolicyTemplateArn": template})["DelegationRequestId"]
        approver.iam.associate_delegation_request(DelegationRequestId=request)
        approver.iam.accept_delegation_request(DelegationRequestId=request)
        sent = approver.iam.send_delegation_token(DelegationRequestId=request)
        token = sent["ResponseMetadata"]["HTTPHeaders"]["x-wardkeep-delegation-token"]
        return Identity.of_credentials(server.endpoint, sts.get_delegated_access_token(TradeInToken=token)["Credentials"])

    return take


# By the ARN of the user, by everybody, and through the account: the role is not the borrower's.
@pytest.mark.parametrize("named", ["user", "everybody", "account"])
def test_delegated_user_assumes_no_role(lend, new_user, new_role, account, named):
    user, approver = new_user(allow("*", "*"))
    arn = f"arn:aws:iam::{account}:user/{user}"
    role = new_role({"AWS": {"user": arn, "everybody": "*", "account": account}[named]})
    delegated = lend(approver)
    delegated.iam.get_user(UserName=user)
    with refused("AccessDenied"):
        delegated.sts.assume_role(RoleArn=role, RoleSessionName="stolen")
    approver.sts.assume_role(RoleArn=role, RoleSessionName="own")


@pytest.mark.parametrize("named", ["session", "everybody"])
def test_delegated_role_session_assumes_no_role(lend, admin, new_role, assume, account, named):
    lender = new_role({"AWS": account}, allow("*", "*"))
    session = f"arn:aws:sts::{account}:assumed-role/{lender.rsplit('/', 1)[1]}/approver"
    target = new_role({"AWS": {"session": session, "everybody": "*"}[named]})
    approver = assume(admin, lender, "approver")
    delegated = lend(approver)
    with refused("AccessDenied"):
        delegated.sts.assume_role(RoleArn=target, RoleSessionName="stolen")
    approver.sts.assume_role(RoleArn=target, RoleSessionName="own")


# The same for a session that was narrowed: the scope must allow, also where the user is named.
def test_narrowed_user_assumes_no_role(server, new_user, new_role, account):
    user, caller = new_user(allow("*", "*"))
    role = new_role({"AWS": f"arn:aws:iam::{account}:user/{user}"})
    session = Identity.of_credentials(server.endpoint, caller.sts.get_session_token()["Credentials"])
    narrower = narrow(server, session, Policy=policy(LOOK))
    with refused("AccessDenied"):
        narrower.sts.assume_role(RoleArn=role, RoleSessionName="stolen")
    session.sts.assume_role(RoleArn=role, RoleSessionName="own")


# What the password policy grants to every user is not lent.
def test_delegated_session_changes_no_password(fresh):
    iam, sts = fresh.admin.iam, fresh.admin.sts
    iam.update_account_password_policy(AllowUsersToChangePassword=True)
    iam.create_login_profile(UserName="admin", Password="Tide-Lantern-42")
    arn = iam.create_policy(PolicyName="t", PolicyDocument=policy(LOOK))["Policy"]["Arn"]
    request = iam.create_delegation_request(Description="d", RequestorWorkflowId="workflow", NotificationChannel=TOPIC,
                                            SessionDuration=900, Permissions={"PolicyTemplateArn": arn})["DelegationRequestId"]
    iam.associate_delegation_request(DelegationRequestId=request)
    iam.accept_delegation_request(DelegationRequestId=request)
    token = iam.send_delegation_token(DelegationRequestId=request)["ResponseMetadata"]["HTTPHeaders"]["x-wardkeep-delegation-token"]
    delegated = Identity.of_credentials(fresh.endpoint, sts.get_delegated_access_token(TradeInToken=token)["Credentials"])
    with refused("AccessDenied"):
        delegated.iam.change_password(OldPassword="Tide-Lantern-42", NewPassword="Harbour-Compass-77")
    with refused("AccessDenied"):
        delegated.iam.get_account_password_policy()
