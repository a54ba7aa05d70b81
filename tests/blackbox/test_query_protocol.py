"""The AWS Query protocol as sent: odd but legal spellings, repeated and unknown parameters, bad encodings."""

import pytest
from signed_request import Connection, encode, form, sign


@pytest.fixture
def connection(server):
    made = Connection(server.endpoint, server.admin_key)
    yield made
    made.close()


@pytest.fixture
def send_body(connection):
    return lambda body, service="iam": connection.send("POST", "/", sign(connection.key, body, connection.host, service=service), body)


def users_named(iam, user):
    return [u["UserName"] for u in iam.get_paginator("list_users").paginate().build_full_result()["Users"] if u["UserName"] == user]


# GET with everything in the query string is as good as POST.
def test_get(connection):
    target = "/?" + "&".join(sorted(form("ListUsers").split("&")))
    answer = connection.send("GET", target, sign(connection.key, "", connection.host, method="GET", path=target))
    assert answer.status == 200 and "<ListUsersResult>" in answer.text


# "+" is a blank in a form; the order of parameters is free.
def test_plus_and_order(send_body, name, iam):
    user = name("user")
    iam.create_user(UserName=user)
    answer = send_body(f"Tags.member.1.Value=two+words&UserName={user}&Tags.member.1.Key=k&Version=2010-05-08&Action=TagUser")
    assert answer.status == 200
    assert iam.list_user_tags(UserName=user)["Tags"] == [{"Key": "k", "Value": "two words"}]


# Unknown parameters are ignored; of a repeated one the first counts.
def test_unknown_and_repeated(send_body, name, iam):
    first, second = name("user"), name("user")
    assert send_body(form("CreateUser", {"UserName": first}) + f"&UserName={second}&Nonsense=1&Nested.member.1=2").status == 200
    assert users_named(iam, first) and not users_named(iam, second)


# What is left out of a list is null, and refused as such: members by name, texts by their list.
def test_list_gaps(send_body, name, iam):
    user = name("user")
    tags = {"Tags.member.1.Key": "a", "Tags.member.1.Value": "1", "Tags.member.3.Key": "b", "Tags.member.3.Value": "2"}
    answer = send_body(form("CreateUser", {"UserName": user, **tags}))
    assert (answer.status, answer.code, answer.message) == (400, "ValidationError", (
        "2 validation errors detected: Value at 'tags.2.member.value' failed to satisfy constraint: Member must not be null; "
        "Value at 'tags.2.member.key' failed to satisfy constraint: Member must not be null"))
    assert users_named(iam, user) == []
    answer = send_body(form("SimulateCustomPolicy", {"PolicyInputList.member.2": "{}", "ActionNames.member.1": "s3:GetObject"}))
    assert (answer.status, answer.code) == (400, "ValidationError")
    assert answer.message.startswith(
        "1 validation error detected: Value at 'policyInputList' failed to satisfy constraint: Member must satisfy constraint: "
        "[Member must have length less than or equal to 131072, Member must have length greater than or equal to 1, "
        "Member must satisfy regular expression pattern: ")


# Two spellings of an index are one element, whatever comes first.
def test_list_index_spellings(send_body, name, iam):
    user = name("user")
    parameters = {"UserName": user, "Tags.member.01.Value": "1", "Tags.member.2.Key": "b", "Tags.member.1.Key": "a",
                  "Tags.member.002.Value": "2"}
    assert send_body(form("CreateUser", parameters)).status == 200
    assert {t["Key"]: t["Value"] for t in iam.list_user_tags(UserName=user)["Tags"]} == {"a": "1", "b": "2"}


@pytest.mark.parametrize("index, message", [
    ("0", "0 is not a valid index"), ("-1", "Key -1 may not have a leading '-'"),
    ("1.0", "Two index elements may not occur back to back"), ("one", "Start of list found where not expected"),
    ("+1", "Start of list found where not expected"), ("12", "Excessively sparse input would skip 11 list elements")])
def test_bad_list_index(send_body, index, message, iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    answer = send_body(form("UntagUser", {"UserName": user, f"TagKeys.member.{index}": "a"}))
    assert (answer.status, answer.code, answer.message) == (400, "MalformedInput", message)
    assert send_body(form("UntagUser", {"UserName": user, "TagKeys.member.1": "a"})).status == 200


# Only four texts are booleans.
@pytest.mark.parametrize("value, taken", [("true", True), ("false", True), ("1", True), ("0", True), ("True", False),
                                          ("FALSE", False), (" true", False), ("", False), ("yes", False), ("2", False)])
def test_booleans(send_body, value, taken):
    answer = send_body(form("ListPolicies", {"OnlyAttached": value}))
    assert (answer.status, answer.code) == ((200, None) if taken else (400, "MalformedInput"))


# No more than ten violations are counted and named.
def test_ten_violations(send_body):
    parameters = {f"Tags.member.{i}.Key": "k" * 129 for i in range(1, 21)}
    answer = send_body(form("CreateUser", {"UserName": "x", **parameters}))
    assert answer.message.startswith("10 validation errors detected: ") and answer.message.count("failed to satisfy") == 10


# A number that is none is malformed input.
@pytest.mark.parametrize("value", ["three", "1e2", "0x10", "99999999999", "1.5"])
def test_not_a_number(send_body, value):
    answer = send_body(form("ListUsers", {"MaxItems": value}))
    assert (answer.status, answer.code) == (400, "MalformedInput")


# Leading zeros and a sign are numbers.
@pytest.mark.parametrize("value", ["007", "+7"])
def test_number_spellings(send_body, value):
    assert send_body("Action=ListUsers&Version=2010-05-08&MaxItems=" + encode(value)).status == 200


# Bytes that are not UTF-8 store nothing and hurt nobody.
@pytest.mark.parametrize("encoded", ["%FF", "%C0%80", "%ED%A0%80", "%F8%88%80%80%80", "%00"])
def test_bad_utf8(send_body, connection, name, encoded):
    answer = send_body(f"Action=CreateUser&Version=2010-05-08&UserName={name('user')}{encoded}")
    assert answer.status == 400 and answer.code in ("ValidationError", "MalformedInput", "MalformedQueryString", "InvalidParameterValue")
    assert connection.call("ListUsers").status == 200


# A broken escape in the body is refused.
@pytest.mark.parametrize("body", ["Action=ListUsers&Version=2010-05-08&A=%", "Action=ListUsers&Version=2010-05-08&A=%G1"])
def test_broken_escape(send_body, body):
    answer = send_body(body)
    assert answer.status in (400, 404) and answer.code == "MalformedQueryString"


# Many parameters, long names, deep nesting: an answer, soon.
@pytest.mark.parametrize("body", [
    "Action=ListUsers&Version=2010-05-08&" + "&".join(f"P{i}=1" for i in range(20000)),
    "Action=ListUsers&Version=2010-05-08&" + "a." * 100000 + "b=1",
    "Action=CreateUser&Version=2010-05-08&UserName=x&" + "&".join(f"Tags.member.{i}.Key=k{i}&Tags.member.{i}.Value=v" for i in range(1, 5001)),
    "Action=CreateUser&Version=2010-05-08&UserName=x&Tags.member.4294967296.Key=k&Tags.member.99999999999999999999.Key=k",
    "&" * 100000 + "Action=ListUsers&Version=2010-05-08",
], ids=["many", "deep", "long list", "huge index", "empty pairs"])
def test_hostile_bodies(send_body, connection, body):
    assert send_body(body).status in (200, 400, 413)
    assert connection.call("ListUsers").status == 200


# Ten megabytes are the most; over that 413 with an empty body.
def test_body_limit(connection):
    body = form("ListUsers") + "&P=" + "x" * 10_000_001
    try:
        answer = connection.send("POST", "/", sign(connection.key, body, connection.host), body)
    except (BrokenPipeError, ConnectionError):
        return  # refused while the body was still on its way
    assert answer.status == 413


# Answers escape what XML would read as markup.
def test_escaping(send_body, name, iam):
    role = name("role")
    answer = send_body(form("CreateRole", {"RoleName": role, "Description": "<a> & \"b\" ]]>", "AssumeRolePolicyDocument":
                                           '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}}'}))
    assert answer.status == 200
    shown = send_body(form("GetRole", {"RoleName": role}))  # no Create answers the description
    assert "<Description>&lt;a&gt; &amp; " in shown.text
    assert iam.get_role(RoleName=role)["Role"]["Description"] == "<a> & \"b\" ]]>"
