"""Delegation requests that fill another account, ask which accounts there are, or cannot be taken back."""

from conftest import Identity
from documents import allow, policy
from refusals import refused

TOPIC = "arn:aws:sns:us-east-1:123456789012:requests"


def ask(identity, template, workflow, **more):
    return identity.iam.create_delegation_request(
        Description="d", RequestorWorkflowId=workflow, NotificationChannel=TOPIC, SessionDuration=900,
        Permissions={"PolicyTemplateArn": template}, **more)["DelegationRequestId"]


# An account that has not said so takes no requests, and an account that does not exist answers the same.
def test_one_answer_for_known_and_unknown_accounts(server, iam, admin, name, account):
    template = iam.create_policy(PolicyName=name("t"), PolicyDocument=policy(allow("iam:GetUser")))["Policy"]["Arn"]
    with refused("InvalidInput", containing="does not accept delegation requests from this account"):
        ask(admin, template, "workflow-unknown", OwnerAccountId="999999999999")
    ask(admin, template, name("workflow"), OwnerAccountId=account)  # its own account needs no word


# A finished request is taken back, with the credentials that it gave.
def test_finished_requests_can_be_revoked(server, iam, sts, admin, name):
    template = iam.create_policy(PolicyName=name("t"), PolicyDocument=policy(allow("*")))["Policy"]["Arn"]
    request = ask(admin, template, name("workflow"))
    iam.associate_delegation_request(DelegationRequestId=request)
    iam.accept_delegation_request(DelegationRequestId=request)
    sent = iam.send_delegation_token(DelegationRequestId=request)
    token = sent["ResponseMetadata"]["HTTPHeaders"]["x-wardkeep-delegation-token"]
    lent = Identity.of_credentials(server.endpoint, sts.get_delegated_access_token(TradeInToken=token)["Credentials"])
    lent.iam.list_users()
    iam.reject_delegation_request(DelegationRequestId=request, Notes="no more")
    with refused("InvalidClientTokenId"):
        lent.iam.list_users()
    with refused("InvalidParameterValue"):
        sts.get_delegated_access_token(TradeInToken=token)
