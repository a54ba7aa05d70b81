"""The policy simulator: what AWS's answers hold, decided by the evaluator that decides requests."""

import json

import pytest
from botocore.exceptions import ClientError
from signed_request import Connection, form, sign


def document(*statements):
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action, resource="*", **more):
    return {"Effect": "Deny", "Action": action, "Resource": resource, **more}


def custom(iam, policies, actions, **more):
    policies = [policies] if isinstance(policies, str) else policies
    return iam.simulate_custom_policy(PolicyInputList=policies, ActionNames=actions, **more)["EvaluationResults"]


def refusal(call, *args, **kwargs):
    with pytest.raises(ClientError) as caught:
        call(*args, **kwargs)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def post(identity, action, parameters):
    """The text of an answer to a request that installed SDKs may not know how to build."""
    connection = Connection(identity.endpoint, identity.key)
    body = form(action, parameters)
    answer = connection.send("POST", "/", sign(connection.key, body, connection.host, service="iam"), body)
    connection.close()
    assert answer.status == 200, answer.text
    return answer.text


READ = document(allow("s3:Get*", "arn:aws:s3:::b/*"), deny("s3:GetObject", "arn:aws:s3:::b/secret/*"))
ON_B = {"ResourceArns": ["arn:aws:s3:::b/x", "arn:aws:s3:::b/secret/x"]}
USER = "arn:aws:iam::123456789012:user/someone"


# One result per action with the decision over all resources; the resources stand below it, without details of their own.
def test_simulate_custom_policy_decides_each_action_on_each_resource(iam):
    get, put = custom(iam, READ, ["s3:GetObject", "s3:PutObject"], **ON_B)
    assert (get["EvalActionName"], get["EvalDecision"]) == ("s3:GetObject", "explicitDeny")
    assert (put["EvalActionName"], put["EvalDecision"]) == ("s3:PutObject", "implicitDeny")
    assert [(r["EvalResourceName"], r["EvalResourceDecision"]) for r in get["ResourceSpecificResults"]] == [
        ("arn:aws:s3:::b/x", "allowed"), ("arn:aws:s3:::b/secret/x", "explicitDeny")]
    assert [r["EvalResourceDecision"] for r in put["ResourceSpecificResults"]] == ["implicitDeny"] * 2
    assert [len(r["MatchedStatements"]) for r in get["ResourceSpecificResults"]] == [1, 1]
    assert get["MatchedStatements"] == [r["MatchedStatements"][0] for r in get["ResourceSpecificResults"]]
    for result in (get, put):
        assert result["EvalResourceName"].startswith("arn:aws:s3:::${BucketName}/${")
        assert result["EvalDecisionDetails"] == {} and result["MissingContextValues"] == []
        assert all("EvalDecisionDetails" not in r and r["MissingContextValues"] == [] for r in result["ResourceSpecificResults"])


@pytest.mark.parametrize("resources, name", [
    (["arn:aws:s3:::b/x"], "arn:aws:s3:::b/x"), (["*"], "*"), (["arn:aws:s3:::b/x", "arn:aws:s3:::b/y"], "arn:aws:s3:::${BucketName}/"),
])
def test_simulate_custom_policy_names_the_resources(iam, resources, name):
    result, = custom(iam, READ, ["s3:GetObject"], ResourceArns=resources)
    assert result["EvalResourceName"] == name or len(resources) > 1 and result["EvalResourceName"].startswith(name)
    assert len(result["ResourceSpecificResults"]) == len(resources)
    unknown, = custom(iam, READ, ["nosuch:Thing"], ResourceArns=resources)
    assert unknown["EvalResourceName"] == (resources[0] if len(resources) == 1 else "*")


# A statement that matches on several resources is one statement.
def test_simulate_custom_policy_lists_each_statement_once(iam):
    arns = [f"arn:aws:s3:::b/{i}" for i in range(20)]
    result, = custom(iam, READ, ["s3:GetObject"], ResourceArns=arns)
    assert result["EvalDecision"] == "allowed" and len(result["MatchedStatements"]) == 1


# Names with stars are names: allowed by what allows that very text.
@pytest.mark.parametrize("policy, action, decision", [
    (document(allow("*")), "*:*", "allowed"), (document(allow("*")), "s3:*", "allowed"),
    (document(allow("s3:*")), "s3:*", "allowed"), (document(allow("s3:*")), "*:*", "implicitDeny"),
    (document(allow("s3:Get*")), "s3:*", "implicitDeny"), (document(allow("s3:Get*")), "s3:Get*", "allowed"),
    (document(allow("s3:GetObject")), "s3:*", "implicitDeny"), (document(allow("*"), deny("s3:*")), "s3:*", "explicitDeny"),
])
def test_simulate_custom_policy_takes_patterns_as_names(iam, policy, action, decision):
    result, = custom(iam, policy, [action])
    assert (result["EvalActionName"], result["EvalDecision"]) == (action, decision)


# Every key that the policies name and the request lacks, of statements that did not match too.
@pytest.mark.parametrize("arns", [{"ResourceArns": ["arn:aws:s3:::b"]}, {}])
def test_simulate_custom_policy_names_all_missing_keys(iam, arns):
    policy = document(allow("s3:ListBucket", "arn:aws:s3:::b", Condition={"StringLike": {"aws:PrincipalTag/team": "red"}}),
                      allow("s3:GetObject", "arn:aws:s3:::b/${aws:username}/*"))
    result, = custom(iam, policy, ["s3:ListBucket"], **arns)
    assert set(result["MissingContextValues"]) == {"aws:PrincipalTag/team", "aws:username"}
    for specific in result.get("ResourceSpecificResults", ()):
        assert set(specific["MissingContextValues"]) == {"aws:PrincipalTag/team", "aws:username"}
    given = [{"ContextKeyName": "AWS:UserName", "ContextKeyType": "string", "ContextKeyValues": ["ann"]}]
    result, = custom(iam, policy, ["s3:ListBucket"], ContextEntries=given, **arns)
    assert result["MissingContextValues"] == ["aws:PrincipalTag/team"]


def test_simulate_custom_policy_without_resources_asks_for_the_star(iam):
    result, = custom(iam, document(allow("ec2:Describe*")), ["ec2:DescribeInstances"])
    assert result["EvalResourceName"] == "*" and result["EvalDecision"] == "allowed"
    assert "ResourceSpecificResults" not in result and "EvalDecisionDetails" not in result
    assert "PermissionsBoundaryDecisionDetail" not in result and "OrganizationsDecisionDetail" not in result


# Positions as in recorded answers: behind the bracket, behind the statement before, behind a lone brace.
@pytest.mark.parametrize("text, index, start, end", [
    ('{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*","Condition":'
     '{"DateGreaterThan":{"aws:CurrentTime":"2018-08-16T12:00:00Z"}}}}', 0, (1, 38), (1, 167)),
    ('{\n  "Version": "2012-10-17",\n  "Statement": [\n    {\n      "Effect": "Allow",\n      "Action": "*",\n'
     '      "Resource": "*"\n    }\n  ]\n}', 0, (3, 17), (8, 6)),
    ('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},\n'
     ' {"Sid":"two","Effect":"Allow","Action":"dynamodb:*","Resource":"*"}]}', 1, (1, 87), (2, 69)),
    ('{"Version":"2012-10-17","Id":"\u00e9\u00e9","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}', 0,
     (1, 48), (1, 94)),
])
def test_simulate_custom_policy_counts_positions_as_aws(iam, text, index, start, end):
    result, = custom(iam, text, ["dynamodb:CreateBackup"])
    matched, = result["MatchedStatements"]
    assert matched["SourcePolicyId"] == "PolicyInputList.1" and matched["SourcePolicyType"] == "IAM Policy"
    assert (matched["StartPosition"]["Line"], matched["StartPosition"]["Column"]) == start
    assert (matched["EndPosition"]["Line"], matched["EndPosition"]["Column"]) == end


def test_simulate_custom_policy_names_the_deciding_statements(iam):
    policies = [document(allow("s3:*")), document(allow("s3:GetObject"), deny("s3:*", "arn:aws:s3:::x/*"))]
    both, denied, none = (custom(iam, policies, [action], ResourceArns=[arn])[0] for action, arn in [
        ("s3:GetObject", "arn:aws:s3:::y/1"), ("s3:GetObject", "arn:aws:s3:::x/1"), ("ec2:RunInstances", "*")])
    assert [m["SourcePolicyId"] for m in both["MatchedStatements"]] == ["PolicyInputList.1", "PolicyInputList.2"]
    assert [m["SourcePolicyId"] for m in denied["MatchedStatements"]] == ["PolicyInputList.2"]
    assert none["MatchedStatements"] == []


# Every type of context value reaches the operator that reads it, and what is not given is named.
@pytest.mark.parametrize("test, kind, values", [
    ({"StringEquals": {"shop:a": "x"}}, "string", ["x"]),
    ({"ForAllValues:StringEquals": {"shop:a": ["x", "y"]}, "Null": {"shop:a": "false"}}, "stringList", ["x", "y"]),
    ({"NumericLessThan": {"shop:a": "10"}}, "numeric", ["9.5"]),
    ({"ForAnyValue:NumericEquals": {"shop:a": "3"}}, "numericList", ["2", "3"]),
    ({"Bool": {"shop:a": "true"}}, "boolean", ["true"]),
    ({"ForAnyValue:Bool": {"shop:a": "true"}}, "booleanList", ["false", "true"]),
    ({"IpAddress": {"shop:a": "10.0.0.0/8"}}, "ip", ["10.1.2.3"]),
    ({"ForAnyValue:IpAddress": {"shop:a": "10.0.0.0/8"}}, "ipList", ["192.0.2.1", "10.1.2.3"]),
    ({"BinaryEquals": {"shop:a": "QmluYXJ5"}}, "binary", ["QmluYXJ5"]),
    ({"ForAnyValue:BinaryEquals": {"shop:a": "QmluYXJ5"}}, "binaryList", ["QUFB", "QmluYXJ5"]),
    ({"DateLessThan": {"shop:a": "2030-01-01T00:00:00Z"}}, "date", ["2029-12-31T00:00:00Z"]),
    ({"ForAnyValue:DateLessThan": {"shop:a": "2030-01-01T00:00:00Z"}}, "dateList", ["2031-01-01T00:00:00Z", "2029-01-01T00:00:00Z"]),
])
def test_simulate_custom_policy_reads_every_type_of_context_entry(iam, test, kind, values):
    policy = document(allow("s3:GetObject", Condition=test))
    given = [{"ContextKeyName": "Shop:A", "ContextKeyType": kind, "ContextKeyValues": values}]
    with_value, = custom(iam, policy, ["s3:GetObject"], ContextEntries=given)
    assert with_value["EvalDecision"] == "allowed" and with_value["MissingContextValues"] == []
    without, = custom(iam, policy, ["s3:GetObject"])
    assert without["EvalDecision"] == "implicitDeny" and without["MissingContextValues"] == ["shop:a"]


@pytest.mark.parametrize("kind, values", [("numeric", ["ten"]), ("boolean", ["maybe"]), ("ip", ["10.0.0"]), ("date", ["soon"]),
                                          ("binary", ["*"]), ("string", ["a", "b"]), ("string", [])])
def test_simulate_custom_policy_refuses_values_of_another_type(iam, kind, values):
    entry = {"ContextKeyName": "aws:x", "ContextKeyType": kind, "ContextKeyValues": values}
    code, message = refusal(custom, iam, READ, ["s3:GetObject"], ContextEntries=[entry])
    assert code == "InvalidInput" and "aws:x" in message


def test_simulate_custom_policy_with_a_boundary(iam):
    boundary = {"PermissionsBoundaryPolicyInputList": [document(allow("s3:Get*"), deny("s3:GetObjectAcl"))]}
    inside, outside, denied = custom(iam, document(allow("s3:*")), ["s3:GetObject", "s3:PutObject", "s3:GetObjectAcl"], **boundary)
    assert [r["EvalDecision"] for r in (inside, outside, denied)] == ["allowed", "implicitDeny", "explicitDeny"]
    assert [r["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"] for r in (inside, outside, denied)] == [
        True, False, False]
    statement, = denied["MatchedStatements"]
    assert statement["SourcePolicyId"] == "PermissionsBoundaryPolicyInputList.1"
    assert statement["SourcePolicyType"] == "Permissions Boundary Policy"
    two = {"PermissionsBoundaryPolicyInputList": [READ, READ]}
    assert refusal(custom, iam, READ, ["s3:GetObject"], **two) == (
        "InvalidInput", "The list of Permissions Boundary policies cannot exceed 1 items.")


# The newest member of the model, which installed SDKs may not know yet: sent as a plain request.
def levels(*policies):
    return {f"OrderedOrganizationPolicyInputList.member.{i}.ServiceControlPolicyInputList.member.1": text
            for i, text in enumerate(policies, 1)}


@pytest.mark.parametrize("policies, decision, allowed", [
    ([document(allow("*")), document(allow("s3:*"))], "allowed", "true"),
    ([document(allow("*")), document(allow("ec2:*"))], "implicitDeny", "false"),
    ([document(allow("*"), deny("s3:GetObject")), document(allow("*"))], "explicitDeny", "false"),
])
def test_simulate_custom_policy_with_ordered_organization_policies(admin, policies, decision, allowed):
    answer = post(admin, "SimulateCustomPolicy", {"PolicyInputList.member.1": document(allow("s3:*")),
                                         "ActionNames.member.1": "s3:GetObject", **levels(*policies)})
    assert f"<EvalDecision>{decision}</EvalDecision>" in answer
    assert f"<AllowedByOrganizations>{allowed}</AllowedByOrganizations>" in answer


def test_simulate_custom_policy_with_a_resource_policy_of_another_account(iam):
    bucket = json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": USER}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}})
    more = {"ResourceArns": ["arn:aws:s3:::b/x"], "ResourcePolicy": bucket, "CallerArn": USER}
    same, = custom(iam, document(allow("ec2:*")), ["s3:GetObject"], **more)
    assert same["EvalDecision"] == "allowed" and same["EvalDecisionDetails"] == {}
    statement, = same["MatchedStatements"]
    assert (statement["SourcePolicyId"], statement["SourcePolicyType"]) == ("ResourcePolicy", "Resource Policy")
    cross, = custom(iam, document(allow("ec2:*")), ["s3:GetObject"], ResourceOwner="arn:aws:iam::999999999999:root", **more)
    assert cross["EvalDecision"] == "implicitDeny"
    assert cross["EvalDecisionDetails"] == {"IAM Policy": "implicitDeny", "Resource Policy": "allowed"}
    both, = custom(iam, READ, ["s3:GetObject"], ResourceOwner="999999999999", **more)
    assert both["EvalDecision"] == "allowed"
    assert both["EvalDecisionDetails"] == {"IAM Policy": "allowed", "Resource Policy": "allowed"}


def test_simulate_custom_policy_without_resource_policy_asks_the_identity_policies_only(iam, account):
    arns = {"ResourceArns": [f"arn:aws:kms:us-east-1:{account}:key/1"]}
    decrypt, = custom(iam, document(allow("kms:Decrypt")), ["kms:Decrypt"], **arns)
    assert decrypt["EvalDecision"] == "allowed"
    assert [m["SourcePolicyId"] for m in decrypt["MatchedStatements"]] == ["PolicyInputList.1"]
    assume, = custom(iam, document(allow("sts:AssumeRole")), ["sts:AssumeRole"],
                     ResourceArns=[f"arn:aws:iam::{account}:role/r"])
    assert assume["EvalDecision"] == "allowed"


EC2 = [f"arn:aws:ec2:us-east-1:123456789012:{part}" for part in (
    "instance/*", "image/ami-1", "security-group/sg-1", "network-interface/*")]


def test_simulate_custom_policy_with_a_resource_handling_option_asks_for_all_together(iam):
    option = {"ResourceHandlingOption": "EC2-VPC-InstanceStore"}
    granted, = custom(iam, document(allow("ec2:RunInstances", EC2)), ["ec2:RunInstances"], ResourceArns=EC2, **option)
    assert granted["EvalDecision"] == "allowed" and len(granted["ResourceSpecificResults"]) == 4
    partly, = custom(iam, document(allow("ec2:RunInstances", EC2[:3])), ["ec2:RunInstances"], ResourceArns=EC2, **option)
    assert partly["EvalDecision"] == "implicitDeny"
    assert [r["EvalResourceDecision"] for r in partly["ResourceSpecificResults"]] == ["allowed"] * 3 + ["implicitDeny"]
    code, message = refusal(custom, iam, READ, ["ec2:RunInstances"], ResourceArns=EC2[:2], **option)
    assert code == "InvalidInput" and message.endswith("requires resources of type network-interface, security-group.")
    assert refusal(custom, iam, READ, ["ec2:RunInstances"], ResourceHandlingOption="none")[0] == "InvalidInput"


def test_simulate_custom_policy_pages_through_the_actions(iam):
    actions = [f"s3:Get{i}" for i in range(7)]
    pages = list(iam.get_paginator("simulate_custom_policy").paginate(
        PolicyInputList=[READ], ActionNames=actions, PaginationConfig={"PageSize": 3}, **ON_B))
    assert [len(page["EvaluationResults"]) for page in pages] == [3, 3, 1]
    assert [r["EvalActionName"] for page in pages for r in page["EvaluationResults"]] == actions
    assert refusal(custom, iam, READ, actions, Marker="nonsense")[0] == "ValidationError"


@pytest.mark.parametrize("change, message", [
    ({"ActionNames": ["GetObject"]}, "ActionNames are not in a valid format: GetObject."),
    ({"ActionNames": ["s3:Get Object"]}, "ActionNames are not in a valid format: s3:Get Object."),
    ({"ActionNames": []}, "At least one action name must be specified."),
    ({"PolicyInputList": []}, "At least one policy must be specified."),
    ({"PolicyInputList": ["{}"]}, None),
    ({"PolicyInputList": ["nonsense"]}, None),
    ({"ResourceArns": ["bucket"]}, "ResourceNames are not in a valid ARN format: bucket."),
    ({"ResourceOwner": "me"}, "'me' is not a valid as a Resource Owner."),
    ({"CallerArn": "arn:aws:iam::123456789012:role/r"}, None),
    ({"ResourcePolicy": READ}, None),
])
def test_simulate_custom_policy_refuses_bad_input(iam, change, message):
    request = {"PolicyInputList": [READ], "ActionNames": ["s3:GetObject"], **change}
    code, text = refusal(iam.simulate_custom_policy, **request)
    assert code in ("InvalidInput", "ValidationError")
    assert message is None or text == message or code == "ValidationError"


@pytest.fixture
def principal(iam, name, account):
    """A user with an inline policy, an attached one, and one through a group."""
    user, group, managed = name("user"), name("group"), name("managed")
    iam.create_user(UserName=user, Tags=[{"Key": "team", "Value": "red"}])
    iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=document(allow("s3:GetObject")))
    arn = iam.create_policy(PolicyName=managed, PolicyDocument=document(allow("s3:PutObject")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    iam.create_group(GroupName=group)
    iam.put_group_policy(GroupName=group, PolicyName="shared", PolicyDocument=document(
        allow("s3:ListBucket", "arn:aws:s3:::${aws:PrincipalTag/team}-${aws:username}")))
    iam.attach_group_policy(GroupName=group, PolicyArn="arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess")
    iam.add_user_to_group(GroupName=group, UserName=user)
    return f"arn:aws:iam::{account}:user/{user}", user, group, managed, arn


def simulate(iam, source, actions, **more):
    return iam.simulate_principal_policy(PolicySourceArn=source, ActionNames=actions, **more)["EvaluationResults"]


def test_simulate_principal_policy_names_each_source(iam, principal):
    source, user, group, managed, _ = principal
    results = simulate(iam, source, ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "sqs:ListQueues", "sqs:CreateQueue"],
                       ResourceArns=[f"arn:aws:s3:::red-{user}"])
    assert [r["EvalDecision"] for r in results] == ["allowed"] * 4 + ["implicitDeny"]
    assert [[m["SourcePolicyId"] for m in r["MatchedStatements"]] for r in results] == [
        [f"user_{user}_own"], [managed], [f"group_{group}_shared"], ["AmazonSQSReadOnlyAccess"], []]


def test_simulate_principal_policy_agrees_with_requests(iam, name, new_user, server):
    user, identity = new_user(allow(["iam:GetUser", "iam:ListUsers"]), deny("iam:ListUsers"))
    source = f"arn:aws:iam::{server.account_id}:user/{user}"
    results = simulate(iam, source, ["iam:GetUser", "iam:ListUsers", "iam:ListRoles"])
    assert [r["EvalDecision"] for r in results] == ["allowed", "explicitDeny", "implicitDeny"]
    assert identity.iam.get_user()["User"]["UserName"] == user
    for call in (identity.iam.list_users, identity.iam.list_roles):
        assert refusal(call)[0] == "AccessDenied"


def test_simulate_principal_policy_with_boundary_of_the_user_and_of_the_request(iam, name, principal, account):
    source, user, *_ = principal
    boundary = name("boundary")
    arn = iam.create_policy(PolicyName=boundary, PolicyDocument=document(allow("s3:GetObject")))["Policy"]["Arn"]
    iam.put_user_permissions_boundary(UserName=user, PermissionsBoundary=arn)
    own = simulate(iam, source, ["s3:GetObject", "s3:PutObject"])
    assert [r["EvalDecision"] for r in own] == ["allowed", "implicitDeny"]
    assert [r["PermissionsBoundaryDecisionDetail"]["AllowedByPermissionsBoundary"] for r in own] == [True, False]
    given = simulate(iam, source, ["s3:GetObject", "s3:PutObject"],
                     PermissionsBoundaryPolicyInputList=[document(allow("s3:PutObject"))])
    assert [r["EvalDecision"] for r in given] == ["implicitDeny", "allowed"]


def test_simulate_principal_policy_adds_policies_of_the_request(iam, principal):
    result, = simulate(iam, principal[0], ["ec2:StartInstances"], PolicyInputList=[document(allow("ec2:*"))])
    assert result["EvalDecision"] == "allowed"
    assert [m["SourcePolicyId"] for m in result["MatchedStatements"]] == ["PolicyInputList.1"]


@pytest.mark.parametrize("exclusion, left", [
    ({"PolicyType": "inline"}, ["s3:PutObject", "sqs:ListQueues"]),
    ({"PolicyType": "user-managed"}, ["s3:GetObject", "sqs:ListQueues"]),
    ({"PolicyType": "aws-managed"}, ["s3:GetObject", "s3:PutObject"]),
    ({"PolicyArn": "arn:aws:iam::aws:policy/AmazonSQSReadOnlyAccess"}, ["s3:GetObject", "s3:PutObject"]),
    ({"InlinePolicyIdentifier.PolicyName": "own", "InlinePolicyIdentifier.AttachmentType": "user"},
     ["s3:PutObject", "sqs:ListQueues"]),
])
def test_simulate_principal_policy_leaves_out_what_is_excluded(admin, principal, exclusion, left):
    source, user, *_ = principal
    if "InlinePolicyIdentifier.PolicyName" in exclusion:
        exclusion = {**exclusion, "InlinePolicyIdentifier.AttachmentName": user}
    actions = ["s3:GetObject", "s3:PutObject", "sqs:ListQueues"]
    answer = post(admin, "SimulatePrincipalPolicy", {
        "PolicySourceArn": source,
        **{f"ActionNames.member.{i}": action for i, action in enumerate(actions, 1)},
        **{f"PolicyExclusionList.member.1.{key}": value for key, value in exclusion.items()}})
    assert [a for a in actions if f"<EvalActionName>{a}</EvalActionName>" in answer] == actions
    allowed = [part.split("<EvalActionName>")[1].split("<")[0] for part in answer.split("<member>")
               if "<EvalActionName>" in part]
    decisions = dict(zip(allowed, [d.split("<")[0] for d in answer.split("<EvalDecision>")[1:]], strict=True))
    assert [a for a in actions if decisions[a] == "allowed"] == left


def test_simulate_principal_policy_of_a_role_and_of_a_group(iam, new_role, principal, account):
    role = new_role({"AWS": account}, allow("s3:GetObject", Condition={"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/*"}}))
    result, = simulate(iam, role, ["s3:GetObject"])
    assert result["EvalDecision"] == "allowed"
    assert result["MatchedStatements"][0]["SourcePolicyId"] == f"role_{role.split('/')[-1]}_own"
    group = f"arn:aws:iam::{account}:group/{principal[2]}"
    result, = simulate(iam, group, ["sqs:ListQueues"])
    assert result["EvalDecision"] == "allowed"
    assert simulate(iam, group, ["s3:ListBucket"], ResourceArns=["arn:aws:s3:::x"])[0]["MissingContextValues"] == [
        "aws:PrincipalTag/team", "aws:username"]


@pytest.mark.parametrize("arn, code", [
    ("arn:aws:iam::{account}:user/nobody-here", "NoSuchEntity"),
    ("arn:aws:iam::{account}:root", "InvalidInput"),
    ("arn:aws:sts::{account}:assumed-role/r/s", "InvalidInput"),
    ("arn:aws:iam::{account}:policy/p", "InvalidInput"),
])
def test_simulate_principal_policy_refuses_other_sources(iam, account, arn, code):
    arn = arn.format(account=account)
    got, message = refusal(simulate, iam, arn, ["s3:GetObject"])
    assert got == code
    if code == "InvalidInput":
        assert message == f"Invalid Entity Arn: {arn} does not clearly define entity type and name."


def test_simulators_need_their_own_permission(new_user, account):
    user, identity = new_user(allow("iam:GetUser"))
    assert refusal(custom, identity.iam, READ, ["s3:GetObject"])[0] == "AccessDenied"
    assert refusal(simulate, identity.iam, f"arn:aws:iam::{account}:user/{user}", ["s3:GetObject"])[0] == "AccessDenied"


KEYS = document(allow("s3:GetObject", "arn:aws:s3:::b/${aws:UserName}/${aws:PrincipalTag/Team, 'none'}",
                      Condition={"StringLike": {"s3:Prefix": "${aws:userid}/*", "AWS:SourceVpc": "x"}}),
                deny("s3:PutObject", Condition={"Bool": {"aws:sourcevpc": "true", "aws:SecureTransport": "false"}}))


def test_get_context_keys_for_custom_policy_gives_each_key_once_as_written(iam):
    keys = iam.get_context_keys_for_custom_policy(PolicyInputList=[KEYS, READ])["ContextKeyNames"]
    assert keys == ["aws:UserName", "aws:PrincipalTag/Team", "s3:Prefix", "aws:userid", "AWS:SourceVpc", "aws:SecureTransport"]
    assert iam.get_context_keys_for_custom_policy(PolicyInputList=[READ])["ContextKeyNames"] == []
    assert refusal(iam.get_context_keys_for_custom_policy, PolicyInputList=["{}"])[0] == "InvalidInput"


def test_get_context_keys_for_principal_policy_reads_groups_too(iam, principal, account):
    keys = iam.get_context_keys_for_principal_policy(PolicySourceArn=principal[0], PolicyInputList=[KEYS])["ContextKeyNames"]
    assert keys[:2] == ["aws:PrincipalTag/team", "aws:username"] and "s3:Prefix" in keys
    assert len({key.lower() for key in keys}) == len(keys)
    missing = f"arn:aws:iam::{account}:group/nobody-here"
    assert refusal(iam.get_context_keys_for_principal_policy, PolicySourceArn=missing)[0] == "NoSuchEntity"
