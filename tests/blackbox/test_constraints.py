"""The sentences AWS is on record with for input that breaks a constraint. test_bad_input.py has all constraints."""

import pytest
from signed_request import Connection


@pytest.fixture(scope="module")
def connection(server):
    made = Connection(server.endpoint, server.admin_key)
    yield made
    made.close()


TEXTS = [
    ("iam", "CreateUser", {}, "1 validation error detected: Value at 'userName' failed to satisfy constraint: "
                              "Member must not be null"),
    ("iam", "CreateUser", {"UserName": "a" * 65}, "1 validation error detected: Value at 'userName' failed to satisfy "
                                                  "constraint: Member must have length less than or equal to 64"),
    ("iam", "CreateUser", {"UserName": "a b"}, "The specified value for userName is invalid. It must contain only "
                                               "alphanumeric characters and/or the following: +=,.@_-"),
    ("iam", "CreateUser", {"UserName": "a", "Path": "nope"}, "The specified value for path is invalid. It must begin and "
                           "end with / and contain only alphanumeric characters and/or / characters."),
    ("iam", "ListUsers", {"PathPrefix": "nope"}, "The specified value for pathPrefix is invalid. It must begin with the / "
                                                 "character and contain only alphanumeric characters and/or / characters."),
    ("sts", "AssumeRole", {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "a:b"},
     "1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy constraint: "
     r"Member must satisfy regular expression pattern: [\w+=,.@-]*"),
    ("sts", "AssumeRole", {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "ab", "DurationSeconds": "899"},
     "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: "
     "Member must have value greater than or equal to 900"),
]


# The sentences AWS is on record with.
@pytest.mark.parametrize("service, operation, parameters, text", TEXTS)
def test_texts(connection, service, operation, parameters, text):
    answer = connection.call(operation, parameters, service=service)
    assert (answer.status, answer.code, answer.message) == (400, "ValidationError", text)


# Several broken members are reported together, with their number in front.
def test_several_at_once(connection):
    answer = connection.call("CreateUser", {"UserName": "a" * 65, "PermissionsBoundary": "short"})
    assert answer.message.startswith("2 validation errors detected: ")
    assert "'userName'" in answer.message and "'permissionsBoundary'" in answer.message


# Members inside lists are named by their place.
def test_nested_path(connection):
    answer = connection.call("TagUser", {"UserName": "u", "Tags.member.1.Key": "k", "Tags.member.1.Value": "v",
                                         "Tags.member.2.Key": "k" * 129, "Tags.member.2.Value": "v"})
    assert answer.status == 400 and "tags.2.member.key" in answer.message
