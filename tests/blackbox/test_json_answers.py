"""Accept: application/json, which IAM and STS answer with the same nesting in JSON."""

import json

import pytest
from signed_request import Connection, form, sign


@pytest.fixture
def call(server):
    connection = Connection(server.endpoint, server.admin_key)

    def send(action, parameters=None, service="iam"):
        body = form(action, parameters, service=service)
        headers = sign(connection.key, body, connection.host, service=service)
        headers["accept"] = "application/json"
        return connection.send("POST", "/", headers, body)

    yield send
    connection.close()


def test_result(call, server):
    answer = call("GetCallerIdentity", service="sts")
    assert answer.status == 200 and answer.headers["content-type"].startswith("application/json")
    body = json.loads(answer.text)["GetCallerIdentityResponse"]
    assert body["GetCallerIdentityResult"]["Account"] == server.account_id
    assert body["ResponseMetadata"]["RequestId"] == answer.headers["x-amzn-requestid"]


# Times are epoch numbers, lists plain arrays.
def test_values(call, iam, name):
    user, path = name("user"), f"/{name('json')}/"
    made = iam.create_user(UserName=user, Path=path)["User"]
    result = json.loads(call("ListUsers", {"PathPrefix": path}).text)["ListUsersResponse"]["ListUsersResult"]
    assert result["IsTruncated"] is False and len(result["Users"]) == 1
    assert result["Users"][0]["UserName"] == user
    assert int(result["Users"][0]["CreateDate"]) == int(made["CreateDate"].timestamp())


def test_error(call):
    answer = call("GetUser", {"UserName": "nobody-here"})
    assert answer.status == 404
    body = json.loads(answer.text)
    assert body["Error"]["Code"] == "NoSuchEntity" and body["Error"]["Type"] == "Sender"
    assert body["Error"]["Message"] == "The user with name nobody-here cannot be found."
    assert body["RequestId"] == answer.headers["x-amzn-requestid"]
