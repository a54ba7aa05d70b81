"""Calls of services that are not served: an error in the form of each protocol, with the name of what is missing."""

import http.client
import urllib.parse

import boto3
import cbor2
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from signed_request import Connection, form, presign, sign


def client(server, service):
    return boto3.client(service, endpoint_url=server.endpoint, region_name="eu-west-1", aws_access_key_id=server.admin_key[0],
                        aws_secret_access_key=server.admin_key[1],
                        config=Config(retries={"total_max_attempts": 1}, s3={"addressing_style": "path"}))


CALLS = {
    "json 1.0": ("dynamodb", "list_tables", {}, "UnknownOperationException", 400),
    "json 1.1": ("cloudtrail", "describe_trails", {}, "UnknownOperationException", 400),
    "rest json": ("accessanalyzer", "list_analyzers", {}, "UnknownOperationException", 404),
    "rest json with a body": ("account", "get_contact_information", {}, "UnknownOperationException", 404),
    "rest json, deep path": ("lambda", "list_functions", {}, "UnknownOperationException", 404),
    "rest xml": ("route53", "list_hosted_zones", {}, "InvalidAction", 400),
    "query": ("sns", "list_topics", {}, "InvalidAction", 400),
    "ec2": ("ec2", "describe_instances", {}, "InvalidAction", 400),
    "json 1.0 of many protocols": ("cloudwatch", "list_metrics", {}, "UnknownOperationException", 400),
    "s3": ("s3", "list_buckets", {}, "NotImplemented", 501),
    "s3 object": ("s3", "put_object", {"Bucket": "state", "Key": "a/b", "Body": b"x"}, "NotImplemented", 501),
    "organizations, new": ("organizations", "create_organization", {}, "UnknownOperationException", 400),
}
NAMES = {"accessanalyzer": "access-analyzer", "cloudwatch": "monitoring"}


# The SDK understands every answer, and what it says names the service.
@pytest.mark.parametrize("service, method, parameters, code, status", CALLS.values(), ids=CALLS)
def test_sdk(server, service, method, parameters, code, status):
    with pytest.raises(ClientError) as caught:
        getattr(client(server, service), method)(**parameters)
    response = caught.value.response
    assert response["Error"]["Code"] == code, response
    assert response["ResponseMetadata"]["HTTPStatusCode"] == status
    assert response["ResponseMetadata"]["HTTPHeaders"]["x-amzn-requestid"]
    named = "S3" if service == "s3" else NAMES.get(service, service)
    assert f"not {named}" in response["Error"]["Message"] or f"no {named}" in response["Error"]["Message"], response


# An account without an organization: what scanners ask first.
@pytest.mark.parametrize("method, parameters", [
    ("describe_organization", {}), ("list_accounts", {}), ("list_policies", {"Filter": "SERVICE_CONTROL_POLICY"}),
    ("list_roots", {}), ("describe_account", {"AccountId": "123456789012"})])
def test_no_organization(server, method, parameters):
    organizations = client(server, "organizations")
    with pytest.raises(organizations.exceptions.AWSOrganizationsNotInUseException) as caught:
        getattr(organizations, method)(**parameters)
    assert caught.value.response["Error"]["Message"] == "Your account is not a member of an organization."
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


@pytest.fixture
def connection(server):
    made = Connection(server.endpoint, server.admin_key)
    yield made
    made.close()


# Target without a signature; the version of JSON is the one that was sent.
@pytest.mark.parametrize("version, kind", [("1.0", "com.amazon.coral.service#UnknownOperationException"),
                                           ("1.1", "UnknownOperationException")])
def test_unsigned_target(connection, version, kind):
    answer = connection.send("POST", "/", {"content-type": f"application/x-amz-json-{version}", "x-amz-target": "Kitchen.Cook"}, "{}")
    assert answer.status == 400 and f'"__type":"{kind}"' in answer.text and "Kitchen" in answer.text
    assert answer.headers["x-amzn-errortype"] == "UnknownOperationException"
    assert answer.headers["content-type"] == f"application/x-amz-json-{version}"


# Smithy RPC in CBOR, signed or not.
@pytest.mark.parametrize("signed", [True, False])
def test_cbor(connection, server, signed):
    path = "/service/GraniteServiceVersion20100801/operation/ListMetrics"
    extra = {"smithy-protocol": "rpc-v2-cbor", "accept": "application/cbor"}
    headers = sign(server.admin_key, "", connection.host, service="monitoring", path=path, signed_extra=extra) if signed else extra
    link = http.client.HTTPConnection(connection.host, timeout=10)
    link.request("POST", path, headers={**headers, "content-type": "application/cbor"})
    answer = link.getresponse()
    said = cbor2.loads(answer.read())
    assert answer.status == 404 and answer.headers["smithy-protocol"] == "rpc-v2-cbor"
    assert answer.headers["content-type"] == "application/cbor" and said["__type"] == "UnknownOperationException"
    assert ("monitoring" if signed else "GraniteServiceVersion20100801") in said["message"]
    link.close()


# REST JSON calls that nobody signed.
def test_unsigned_rest_json(connection):
    answer = connection.send("POST", "/token", {"content-type": "application/json"}, "{}")
    assert answer.status == 404 and answer.headers["x-amzn-errortype"] == "UnknownOperationException"
    assert answer.headers["content-type"] == "application/json" and '"message":' in answer.text
    answer = connection.send("GET", "/state/key")
    assert answer.status == 404 and answer.text == "<UnknownOperationException/>\n"


# Every way in which S3 is signed; HEAD has no body.
def test_s3_signatures(connection, server):
    headers = sign(server.admin_key, "", connection.host, service="s3", method="HEAD", path="/bucket/key")
    answer = connection.send("HEAD", "/bucket/key", headers)
    assert (answer.status, answer.text) == (501, "")
    target = presign(server.admin_key, connection.host, {}, service="s3").replace("/?", "/bucket/key?", 1)
    for answer in (connection.send("GET", target), connection.send("GET", "/bucket", {"authorization": "AWS AKIAX:c2lnbmF0dXJl"}),
                   connection.send("GET", "/", sign(server.admin_key, "", connection.host, service="s3", method="GET"))):
        assert (answer.status, answer.code) == (501, "NotImplemented")
        assert answer.text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<Error>') and "no S3" in answer.message
        assert answer.headers["content-type"] == "application/xml" and answer.headers["x-amz-request-id"]


# A page for people, without anything from elsewhere; nothing leads to Amazon.
@pytest.mark.parametrize("headers", [{}, {"accept": "text/html"}, {"accept": "application/json"}])
def test_front_page(connection, headers):
    answer = connection.send("GET", "/", headers)
    assert answer.status == 200 and answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Wardkeep</title>" in answer.text and "http" not in answer.text.replace("utf-8", "")
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert "location" not in answer.headers


def test_nothing_leads_to_amazon(connection, server):
    for method in ("HEAD", "PUT", "DELETE", "POST"):
        answer = connection.send(method, "/")
        assert (answer.status, answer.headers["location"]) == (302, "/")
    body = form("ListUsers")
    headers = sign(server.admin_key, body, connection.host)
    headers["content-type"] = "text/plain"
    answer = connection.send("POST", "/", headers, body)
    assert (answer.status, answer.headers["location"]) == (302, "/")


# Names come from the request: whatever is in them, the answer stays one answer.
@pytest.mark.parametrize("name", ["a%0d%0aX: y", "<script>", "x" * 5000, "\u00e9"])
def test_hostile_names(server, name):
    host = urllib.parse.urlsplit(server.endpoint).netloc
    link = http.client.HTTPConnection(host, timeout=10)
    scope = f"AKIAX/20260101/us-east-1/{name}/aws4_request".encode()
    for extra in ({}, {"x-amz-target": b"P" * 4000 + b".Op"}, {"smithy-protocol": b"rpc-v2-cbor"}):
        link.putrequest("POST", "/", skip_accept_encoding=True)
        link.putheader("authorization", b"AWS4-HMAC-SHA256 Credential=" + scope + b", SignedHeaders=host, Signature=0")
        for key, value in extra.items():
            link.putheader(key, value)
        link.putheader("content-length", "0")
        link.endheaders()
        answer = link.getresponse()
        body = answer.read()
        assert answer.status in (400, 404, 431) and b"<script>" not in body and len(body) < 1000
        if answer.will_close:
            link.close()
    link.close()
