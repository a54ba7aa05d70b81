"""Delegation requests: from the request of one account to credentials that act in another one, and every way not to."""

import json

import pytest
from conftest import Identity
from refusals import refused

TOPIC = "arn:aws:sns:us-east-1:123456789012:requests"
UNKNOWN = "00000000-0000-4000-8000-000000000000"
TEMPLATE = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": ["iam:GetUser", "iam:ListAccessKeys"], "Resource": "arn:aws:iam::*:user/@{target}"},
    {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}]}


@pytest.fixture
def template(iam, name):
    """A managed policy with a parameter; returns its ARN."""
    return iam.create_policy(PolicyName=name("template"), PolicyDocument=json.dumps(TEMPLATE))["Policy"]["Arn"]


@pytest.fixture
def ask(iam, name, template):
    """Creates a delegation request on the user `bob`; returns its id."""

    def create(client=None, **changes):
        given = {"Description": "look at bob", "RequestorWorkflowId": name("workflow"), "NotificationChannel": TOPIC,
                 "SessionDuration": 900, "Permissions": {
                     "PolicyTemplateArn": template,
                     "Parameters": [{"Name": "target", "Values": ["bob"], "Type": "string"}]}} | changes
        return (client or iam).create_delegation_request(**given)["DelegationRequestId"]

    return create


def shown(client, request, **more):
    return client.get_delegation_request(DelegationRequestId=request, **more)["DelegationRequest"]


# create_delegation_request, associate_delegation_request, get_delegation_request, update_delegation_request,
# accept_delegation_request, send_delegation_token, list_delegation_requests
def test_life_of_a_delegation_request(iam, ask, account, new_user, template):
    request = ask(RequestMessage="please", RedirectUrl="https://example.com/done?x=1")
    made = shown(iam, request)
    assert made["State"] == "UNASSIGNED" and "OwnerAccountId" not in made and "OwnerId" not in made
    assert made["RequestorId"] == account and made["RequestMessage"] == "please" and made["SessionDuration"] == 900
    assert made["Permissions"]["PolicyTemplateArn"] == template and made["RedirectUrl"] == "https://example.com/done?x=1"
    assert json.loads(made["PermissionPolicy"])["Statement"][0]["Resource"] == "arn:aws:iam::*:user/bob"
    assert (made["ExpirationTime"] - made["CreateDate"]).days == 1
    assert request not in [one["DelegationRequestId"] for one in iam.list_delegation_requests()["DelegationRequests"]]

    user, owner = new_user({"Effect": "Allow", "Action": "iam:AssociateDelegationRequest", "Resource": "*"})
    owner_arn = f"arn:aws:iam::{account}:user/{user}"
    owner.iam.associate_delegation_request(DelegationRequestId=request)
    owned = shown(owner.iam, request)  # the owner needs no permission to see it
    assert owned["State"] == "ASSIGNED" and owned["OwnerId"] == owner_arn and owned["OwnerAccountId"] == account
    listed = iam.list_delegation_requests(OwnerId=owner_arn)
    assert [one["DelegationRequestId"] for one in listed["DelegationRequests"]] == [request] and not listed["isTruncated"]

    owner.iam.update_delegation_request(DelegationRequestId=request, Notes="for the administrator")
    assert shown(owner.iam, request)["State"] == "PENDING_APPROVAL"
    with refused("AccessDenied"):
        owner.iam.accept_delegation_request(DelegationRequestId=request)
    iam.accept_delegation_request(DelegationRequestId=request)
    accepted = shown(iam, request)
    assert accepted["State"] == "ACCEPTED" and accepted["Notes"] == "for the administrator"
    assert accepted["ApproverId"] == f"arn:aws:iam::{account}:user/admin"
    iam.send_delegation_token(DelegationRequestId=request)
    assert shown(iam, request)["State"] == "FINALIZED"


def finalize(client, request):
    """Associates, accepts and sends as one identity; returns the exchange token."""
    client.associate_delegation_request(DelegationRequestId=request)
    client.accept_delegation_request(DelegationRequestId=request)
    answer = client.send_delegation_token(DelegationRequestId=request)
    return answer["ResponseMetadata"]["HTTPHeaders"]["x-wardkeep-delegation-token"]


# get_delegated_access_token: what both the approver and the policy of the request allow, and nothing else.
def test_get_delegated_access_token(server, iam, sts, ask, template, name, account):
    target = name("user")
    iam.create_user(UserName=target)
    parameters = [{"Name": "target", "Values": [target], "Type": "string"}]
    token = finalize(iam, ask(Permissions={"PolicyTemplateArn": template, "Parameters": parameters}))
    answer = sts.get_delegated_access_token(TradeInToken=token)
    assert answer["AssumedPrincipal"] == f"arn:aws:iam::{account}:user/admin"
    delegated = Identity.of_credentials(server.endpoint, answer["Credentials"])
    assert delegated.sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{account}:user/admin"
    assert delegated.iam.get_user(UserName=target)["User"]["UserName"] == target
    for call in (lambda: delegated.iam.get_user(UserName="admin"), lambda: delegated.iam.delete_user(UserName=target),
                 lambda: delegated.iam.list_users()):
        with refused("AccessDenied"):
            call()
    for bad in (token[:-2], token[1:], "x", token + "A"):
        with refused("InvalidParameterValue", "The trade-in token is invalid."):
            sts.get_delegated_access_token(TradeInToken=bad)


def test_delegated_role_session(server, iam, sts, ask, new_role, assume, account, admin, name):
    role = new_role({"AWS": account}, {"Effect": "Allow", "Action": ["iam:*DelegationRequest", "iam:SendDelegationToken",
                                                                    "iam:GetUser"], "Resource": "*"})
    session = assume(admin, role, "approver")
    token = finalize(session.iam, ask(Permissions=whole(iam, name)))
    answer = sts.get_delegated_access_token(TradeInToken=token)
    assert answer["AssumedPrincipal"].endswith("/approver")
    delegated = Identity.of_credentials(server.endpoint, answer["Credentials"])
    assert delegated.sts.get_caller_identity()["Arn"] == answer["AssumedPrincipal"]
    delegated.iam.get_user(UserName="admin")
    with refused("AccessDenied"):  # the policy of the request would allow it, the role does not
        delegated.iam.list_users()
    with refused("AccessDenied"):  # and the request does not allow what the role does
        delegated.iam.get_delegation_request(DelegationRequestId=UNKNOWN)


def whole(iam, name):
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": ["iam:GetUser", "iam:ListUsers"],
                                                       "Resource": "*"}}
    return {"PolicyTemplateArn": iam.create_policy(PolicyName=name("whole"), PolicyDocument=json.dumps(document))["Policy"]["Arn"]}


# reject_delegation_request: at any time before the token is sent, and for good.
def test_reject_delegation_request(iam, ask):
    request = ask()
    with refused("InvalidInput"):
        iam.reject_delegation_request(DelegationRequestId=request)
    for step in (iam.associate_delegation_request, iam.accept_delegation_request):
        step(DelegationRequestId=request)
    iam.reject_delegation_request(DelegationRequestId=request, Notes="no")
    rejected = shown(iam, request)
    assert rejected["State"] == "REJECTED" and rejected["RejectionReason"] == "no"
    for step in (iam.associate_delegation_request, iam.update_delegation_request, iam.accept_delegation_request,
                 iam.reject_delegation_request, iam.send_delegation_token):
        with refused("InvalidInput", containing="is in state REJECTED"):
            step(DelegationRequestId=request)


def test_steps_out_of_order(iam, ask):
    request = ask()
    for step in (iam.update_delegation_request, iam.accept_delegation_request, iam.send_delegation_token):
        with refused("InvalidInput", containing="is in state UNASSIGNED"):
            step(DelegationRequestId=request)
    iam.associate_delegation_request(DelegationRequestId=request)
    for step in (iam.associate_delegation_request, iam.send_delegation_token):
        with refused("InvalidInput", containing="is in state ASSIGNED"):
            step(DelegationRequestId=request)


def test_unknown_delegation_requests(iam):
    for step in (iam.get_delegation_request, iam.associate_delegation_request, iam.update_delegation_request,
                 iam.accept_delegation_request, iam.reject_delegation_request, iam.send_delegation_token):
        with refused("NoSuchEntity", f"The delegation request with id {UNKNOWN} cannot be found."):
            step(DelegationRequestId=UNKNOWN)


def test_only_the_owner_sends(iam, ask, new_user):
    request = ask(OnlySendByOwner=True)
    _, owner = new_user({"Effect": "Allow", "Action": ["iam:AssociateDelegationRequest", "iam:SendDelegationToken"],
                         "Resource": "*"})
    owner.iam.associate_delegation_request(DelegationRequestId=request)
    iam.accept_delegation_request(DelegationRequestId=request)
    with refused("AccessDenied", f"Only the owner of the delegation request {request} can send its token."):
        iam.send_delegation_token(DelegationRequestId=request)
    owner.iam.send_delegation_token(DelegationRequestId=request)


# The owner is a principal, not a name; a denial holds against owners too.
def test_owners_and_denials(iam, ask, new_user):
    allow = {"Effect": "Allow", "Action": "iam:AssociateDelegationRequest", "Resource": "*"}
    deny = {"Effect": "Deny", "Action": "iam:GetDelegationRequest", "Resource": "*"}
    request = ask()
    _, owner = new_user(allow, deny)
    owner.iam.associate_delegation_request(DelegationRequestId=request)
    with refused("AccessDenied"):
        owner.iam.get_delegation_request(DelegationRequestId=request)
    condition = {"StringLike": {"iam:DelegationRequestOwner": "*:user/admin"}}
    _, reader = new_user({"Effect": "Allow", "Action": "iam:GetDelegationRequest", "Resource": "*", "Condition": condition})
    with refused("AccessDenied"):
        reader.iam.get_delegation_request(DelegationRequestId=request)
    other = ask()
    iam.associate_delegation_request(DelegationRequestId=other)
    assert shown(reader.iam, other)["State"] == "ASSIGNED"


# Root and limited sessions have nothing they could lend.
def test_who_can_accept(iam, root, ask, new_role, assume, admin, account, server):
    request = ask()
    iam.associate_delegation_request(DelegationRequestId=request)
    role = new_role({"AWS": account}, {"Effect": "Allow", "Action": "*", "Resource": "*"})
    policy = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}})
    for identity in (root, assume(admin, role, Policy=policy)):
        with refused("AccessDenied"):
            identity.iam.accept_delegation_request(DelegationRequestId=request)
    assume(admin, role).iam.accept_delegation_request(DelegationRequestId=request)


BAD = {
    "no_template": ({"Permissions": {"Parameters": [{"Name": "target", "Values": ["x"]}]}}, "PolicyTemplateArn"),
    "unknown_template": ({"Permissions": {"PolicyTemplateArn": "arn:aws:iam::aws:policy/NoSuchThing"}}, "cannot be found"),
    "no_topic": ({"NotificationChannel": "mail"}, "SNS topic"),
    "unknown_account": ({"OwnerAccountId": "999999999999"}, "The account 999999999999 does not accept delegation requests from this account."),
    "long_policy": ({"Permissions": {"PolicyTemplateArn": "arn:aws:iam::aws:policy/SecurityAudit"}}, "2048 characters"),
}


@pytest.mark.parametrize("case", BAD)
def test_create_delegation_request_refuses(ask, case):
    changes, words = BAD[case]
    with refused("InvalidInput", containing=words):
        ask(**changes)


PARAMETERS = {
    "missing": ([], "No value is given for the parameter target."),
    "unknown": ([("target", ["bob"], "string"), ("nothing", ["x"], "string")], "The policy template has no parameter nothing."),
    "two_values": ([("target", ["a", "b"], "string")], "The parameter target must have one value."),
    "no_value": ([("target", [], "string")], "The parameter target must have one value."),
    "list_in_a_text": ([("target", ["a"], "stringList")], "The list target does not fit its place."),
}


@pytest.mark.parametrize("case", PARAMETERS)
def test_parameters_must_fit_the_template(ask, template, case):
    given, text = PARAMETERS[case]
    listed = [{"Name": name, "Values": values, "Type": kind} for name, values, kind in given]
    with refused("InvalidInput", text):
        ask(Permissions={"PolicyTemplateArn": template, "Parameters": listed})


# A value is a value: it cannot add statements, whatever it holds.
def test_values_stay_texts(iam, ask, name):
    document = json.loads(json.dumps(TEMPLATE))
    document["Statement"][0]["Condition"] = {"StringEquals": {"aws:PrincipalTag/team": "@{target}"}}
    document["Statement"][0]["Resource"] = "*"
    arn = iam.create_policy(PolicyName=name("template"), PolicyDocument=json.dumps(document))["Policy"]["Arn"]
    value = '"}}}, {"Effect": "Allow", "Action": "*", "Resource": "*"}, {"a": "\\'
    given = {"PolicyTemplateArn": arn, "Parameters": [{"Name": "@{target}", "Values": [value], "Type": "string"}]}
    policy = json.loads(shown(iam, ask(Permissions=given))["PermissionPolicy"])
    assert len(policy["Statement"]) == 2
    assert policy["Statement"][0]["Condition"]["StringEquals"]["aws:PrincipalTag/team"] == value


@pytest.mark.parametrize("resource", ["@{arns-of-it}", ["@{arns-of-it}"], ["arn:aws:s3:::x", "@{arns-of-it}"]])
def test_list_parameters(iam, ask, name, resource):
    document = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
    document["Statement"]["Condition"] = {"StringLike": {"aws:PrincipalArn": resource}}
    arn = iam.create_policy(PolicyName=name("template"), PolicyDocument=json.dumps(document))["Policy"]["Arn"]
    values = ["arn:a", 'arn:"b"']
    given = {"PolicyTemplateArn": arn, "Parameters": [{"Name": "arns-of-it", "Values": values, "Type": "stringList"}]}
    policy = json.loads(shown(iam, ask(Permissions=given))["PermissionPolicy"])
    fixed = [one for one in resource if "@" not in one] if isinstance(resource, list) else []
    assert policy["Statement"]["Condition"]["StringLike"]["aws:PrincipalArn"] == fixed + values


# The same workflow asks once at a time.
def test_repeated_workflows(iam, ask):
    request = ask(RequestorWorkflowId="the-same-one")
    with refused("EntityAlreadyExists"):
        ask(RequestorWorkflowId="the-same-one")
    iam.associate_delegation_request(DelegationRequestId=request)
    iam.reject_delegation_request(DelegationRequestId=request)
    ask(RequestorWorkflowId="the-same-one")


CHECKS = [([{"Effect": "Allow", "Action": "*", "Resource": "*"}], "ALLOWED"),
          ([{"Effect": "Allow", "Action": "iam:GetUser", "Resource": "*"},
            {"Effect": "Allow", "Action": "sts:GetCallerIdentity", "Resource": "*"}], "UNSURE"),
          ([{"Effect": "Allow", "Action": "*", "Resource": "arn:aws:iam::*:user/*"},
            {"Effect": "Allow", "Action": "sts:*", "Resource": "*"}], "ALLOWED"),
          ([{"Effect": "Allow", "Action": "*", "Resource": "*"},
            {"Effect": "Deny", "Action": "iam:GetUser", "Resource": "arn:aws:iam::*:user/*"}], "DENIED")]


@pytest.mark.parametrize("statements,result", CHECKS)
def test_permission_check_of_get_delegation_request(ask, new_user, statements, result):
    request = ask()
    _, identity = new_user({"Effect": "Allow", "Action": "iam:GetDelegationRequest", "Resource": "*"}, *statements)
    answer = identity.iam.get_delegation_request(DelegationRequestId=request, DelegationPermissionCheck=True)
    assert (answer["PermissionCheckStatus"], answer["PermissionCheckResult"]) == ("COMPLETE", result)
    assert "PermissionCheckStatus" not in identity.iam.get_delegation_request(DelegationRequestId=request)


# get_human_readable_summary
def test_get_human_readable_summary(iam, ask, account, new_user):
    arn = f"arn:aws:iam::{account}:delegation-request/{ask(SessionDuration=3600)}"
    answer = iam.get_human_readable_summary(EntityArn=arn, Locale="en")
    assert answer["SummaryState"] == "AVAILABLE" and answer["Locale"] == "en"
    lines = answer["SummaryContent"].split("\n")
    assert lines[0].startswith(f"Account {account}") and lines[0].endswith("asks for access for 1 hour: look at bob")
    assert lines[1:] == ["It may do iam:GetUser, iam:ListAccessKeys on arn:aws:iam::*:user/bob.",
                         "It may do sts:GetCallerIdentity on *."]
    assert iam.get_human_readable_summary(EntityArn=f"arn:aws:iam::{account}:user/admin")["SummaryState"] == "NOT_SUPPORTED"
    with refused("NoSuchEntity"):
        iam.get_human_readable_summary(EntityArn=f"arn:aws:iam::{account}:delegation-request/{UNKNOWN}")
    with refused("AccessDenied"):
        iam.get_human_readable_summary(EntityArn=arn.replace(account, "999999999999"))
    _, nobody = new_user()
    with refused("AccessDenied"):
        nobody.iam.get_human_readable_summary(EntityArn=arn)


def test_list_delegation_requests_in_pages(fresh, name):
    iam = fresh.admin.iam
    iam.create_policy(PolicyName="t", PolicyDocument=json.dumps(TEMPLATE).replace("@{target}", "x"))
    for number in range(5):
        request = iam.create_delegation_request(
            Description="d", RequestorWorkflowId=f"workflow-{number}", NotificationChannel=TOPIC, SessionDuration=300,
            Permissions={"PolicyTemplateArn": f"arn:aws:iam::{fresh.account_id}:policy/t"})["DelegationRequestId"]
        if number:
            iam.associate_delegation_request(DelegationRequestId=request)
    page = iam.list_delegation_requests(MaxItems=3)
    assert len(page["DelegationRequests"]) == 3 and page["isTruncated"] is True
    rest = iam.list_delegation_requests(Marker=page["Marker"])
    assert len(rest["DelegationRequests"]) == 1 and rest["isTruncated"] is False
