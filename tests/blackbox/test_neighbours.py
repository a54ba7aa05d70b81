"""What of other services tools ask first: tag:GetResources over IAM's resources, and ec2:DescribeRegions."""

import http.client
import json
import os
import pathlib
import subprocess
import sys

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import call_record
import cbor2
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from certificates import certificate, private_key
from documents import READ_BUCKET, trust
from test_saml_providers import metadata

PRINT = "0123456789abcdef0123456789abcdef01234567"
TARGET = "ResourceGroupsTaggingAPI_20170126"


def client(server, service, key=None, region="eu-west-1"):
    key = key or server.admin_key
    made = boto3.client(service, endpoint_url=server.endpoint, region_name=region, aws_access_key_id=key[0],
                        aws_secret_access_key=key[1], config=Config(retries={"total_max_attempts": 1}))
    name = {"resourcegroupstaggingapi": "tag"}.get(service, service)

    def after(http_response, model, **_):
        call_record.note(name, model.name, http_response.status_code)

    made.meta.events.register("after-call", after)
    return made


def tags(**values):
    return [{"Key": key, "Value": value} for key, value in values.items()]


@pytest.fixture
def tagged(fresh):
    """A server with one tagged and one untagged resource of every kind; `arns` are those of the tagged ones by type."""
    iam, arns = fresh.admin.iam, {}
    for name, more in (("with", {"Tags": tags(env="prod", team="red")}), ("without", {})):
        made = {
            "user": iam.create_user(UserName=name, Path="/div/", **more)["User"]["Arn"],
            "role": iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({"AWS": fresh.account_id}), **more)["Role"]["Arn"],
            "policy": iam.create_policy(PolicyName=name, PolicyDocument=READ_BUCKET, **more)["Policy"]["Arn"],
            "instance-profile": iam.create_instance_profile(InstanceProfileName=name, **more)["InstanceProfile"]["Arn"],
            "oidc-provider": iam.create_open_id_connect_provider(Url=f"https://{name}.example.com", ThumbprintList=[PRINT],
                                                                 **more)["OpenIDConnectProviderArn"],
            "saml-provider": iam.create_saml_provider(Name=name, SAMLMetadataDocument=metadata(), **more)["SAMLProviderArn"],
            "mfa": iam.create_virtual_mfa_device(VirtualMFADeviceName=name, **more)["VirtualMFADevice"]["SerialNumber"],
        }
        key = private_key()
        made["server-certificate"] = iam.upload_server_certificate(
            ServerCertificateName=name, CertificateBody=certificate(key), PrivateKey=key, **more)["ServerCertificateMetadata"]["Arn"]
        arns = arns or made
    fresh.arns = arns
    return fresh


def found(answer):
    return [row["ResourceARN"] for row in answer["ResourceTagMappingList"]]


# Every kind of resource with its tags, in one order; those without tags are not there.
def test_get_resources(tagged):
    answer = client(tagged, "resourcegroupstaggingapi").get_resources()
    assert found(answer) == sorted(tagged.arns.values()) and answer["PaginationToken"] == ""
    assert all(row["Tags"] == tags(env="prod", team="red") for row in answer["ResourceTagMappingList"])
    assert all("ComplianceDetails" not in row for row in answer["ResourceTagMappingList"])


def test_get_resources_by_type_and_tag(tagged):
    api, arns = client(tagged, "resourcegroupstaggingapi"), tagged.arns
    for kind, arn in arns.items():
        assert found(api.get_resources(ResourceTypeFilters=[f"iam:{kind}"])) == [arn]
    assert len(found(api.get_resources(ResourceTypeFilters=["iam"]))) == len(arns)
    assert found(api.get_resources(ResourceTypeFilters=["s3", "ec2:instance", "iam:USER"])) == []
    tagged.admin.iam.tag_user(UserName="without", Tags=tags(env="test"))
    users = {"ResourceTypeFilters": ["iam:user"]}
    assert len(found(api.get_resources(**users))) == 2
    for filters, count in (([{"Key": "env"}], 2), ([{"Key": "env", "Values": []}], 2), ([{"Key": "env", "Values": ["prod"]}], 1),
                           ([{"Key": "env", "Values": ["prod", "test"]}], 2), ([{"Key": "env"}, {"Key": "team"}], 1),
                           ([{"Key": "ENV"}], 0), ([{"Key": "env", "Values": ["Prod"]}], 0)):
        assert len(found(api.get_resources(TagFilters=filters, **users))) == count, filters
    listed = [arns["role"], arns["mfa"], "arn:aws:s3:::nothing", "x"]
    assert found(api.get_resources(ResourceARNList=listed)) == sorted(listed[:2])


# Pages of every size hold everything once; a token is for its own filters.
def test_get_resources_paging(tagged):
    api = client(tagged, "resourcegroupstaggingapi")
    for size in (1, 3, 7, 8, 100):
        pages = list(api.get_paginator("get_resources").paginate(ResourcesPerPage=size))
        assert [arn for page in pages for arn in found(page)] == sorted(tagged.arns.values())
        assert all(len(found(page)) == size for page in pages[:-1])
    token = api.get_resources(ResourcesPerPage=1)["PaginationToken"]
    for more in ({"PaginationToken": token, "TagFilters": [{"Key": "env"}]}, {"PaginationToken": "x"},
                 {"PaginationToken": token[:-4] + "AAAA"}):
        with pytest.raises(api.exceptions.InvalidParameterException):
            api.get_resources(**more)


@pytest.mark.parametrize("request_of", [
    {"ResourcesPerPage": 0}, {"ResourcesPerPage": 101}, {"TagsPerPage": 99}, {"TagsPerPage": 150}, {"TagsPerPage": 600},
    {"ExcludeCompliantResources": True}, {"ResourceARNList": ["x"], "ResourceTypeFilters": ["iam"]},
    {"ResourceARNList": ["x"], "TagFilters": [{"Key": "a"}]}, {"ResourceARNList": ["x"], "ResourcesPerPage": 5}])
def test_get_resources_refusals(server, request_of):
    api = client(server, "resourcegroupstaggingapi")
    with pytest.raises(api.exceptions.InvalidParameterException) as caught:
        api.get_resources(**request_of)
    assert caught.value.response["Error"]["Message"] and caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400


def test_get_resources_compliance(tagged):
    api = client(tagged, "resourcegroupstaggingapi")
    rows = api.get_resources(IncludeComplianceDetails=True)["ResourceTagMappingList"]
    assert rows and all(row["ComplianceDetails"]["ComplianceStatus"] is True for row in rows)
    assert found(api.get_resources(IncludeComplianceDetails=True, ExcludeCompliantResources=True)) == []


def test_get_tag_keys_and_get_tag_values(tagged):
    api = client(tagged, "resourcegroupstaggingapi")
    tagged.admin.iam.tag_user(UserName="without", Tags=tags(env="test"))
    assert api.get_tag_keys()["TagKeys"] == ["env", "team"]
    assert api.get_tag_values(Key="env")["TagValues"] == ["prod", "test"]
    assert api.get_tag_values(Key="ENV")["TagValues"] == []


# Nobody reads the tags of an account without the permission, nor those of another one.
def test_permissions(tagged):
    iam = tagged.admin.iam
    iam.create_user(UserName="reader")
    made = iam.create_access_key(UserName="reader")["AccessKey"]
    key = (made["AccessKeyId"], made["SecretAccessKey"])
    for service, call, action in (("resourcegroupstaggingapi", "get_resources", "tag:GetResources"),
                                  ("resourcegroupstaggingapi", "get_tag_keys", "tag:GetTagKeys"),
                                  ("ec2", "describe_regions", "ec2:DescribeRegions")):
        with pytest.raises(ClientError, match=action) as caught:
            getattr(client(tagged, service, key), call)()
        assert caught.value.response["Error"]["Code"].startswith("AccessDenied")
    iam.put_user_policy(UserName="reader", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Action": ["tag:Get*", "ec2:DescribeRegions"], "Resource": "*"}}))
    assert len(found(client(tagged, "resourcegroupstaggingapi", key).get_resources())) == len(tagged.arns)
    client(tagged, "ec2", key).describe_regions()
    for service, call in (("resourcegroupstaggingapi", "get_resources"), ("ec2", "describe_regions")):
        with pytest.raises(ClientError):
            getattr(client(tagged, service, (key[0], "x" * 40)), call)()


def exchange(server, path, headers, body):
    """Signs and sends bytes for the service tagging; returns status, headers and bytes."""
    host = server.endpoint.split("//")[1]
    headers = {"host": host, **headers}
    request = botocore.awsrequest.AWSRequest("POST", server.endpoint + path, headers=headers, data=body)
    botocore.auth.SigV4Auth(botocore.credentials.Credentials(*server.admin_key), "tagging", "eu-west-1").add_auth(request)
    link = http.client.HTTPConnection(host, timeout=20)
    link.request("POST", path, body=body, headers=dict(request.headers))
    answer = link.getresponse()
    data = answer.read()
    link.close()
    return answer.status, answer.headers, data


# JSON as older SDKs speak it, and CBOR as the newest do, with every form of a length.
def test_protocols(tagged):
    wish = {"ResourceTypeFilters": ["iam:role"], "ResourcesPerPage": 5, "TagFilters": [{"Key": "env", "Values": ["prod"]}]}
    expected = [{"ResourceARN": tagged.arns["role"], "Tags": tags(env="prod", team="red")}]
    status, headers, data = exchange(tagged, "/", {"x-amz-target": f"{TARGET}.GetResources",
                                                   "content-type": "application/x-amz-json-1.1"}, json.dumps(wish).encode())
    assert status == 200 and json.loads(data) == {"PaginationToken": "", "ResourceTagMappingList": expected}
    cbor = {"smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor", "accept": "application/cbor"}
    path = f"/service/{TARGET}/operation/GetResources"
    for body in (cbor2.dumps(wish), cbor2.dumps(wish, indefinite_containers=True)):
        status, headers, data = exchange(tagged, path, cbor, body)
        assert status == 200 and cbor2.loads(data) == {"PaginationToken": "", "ResourceTagMappingList": expected}
        assert headers["smithy-protocol"] == "rpc-v2-cbor" and headers["content-type"] == "application/cbor"
    status, headers, data = exchange(tagged, path, cbor, cbor2.dumps({"ResourcesPerPage": 0}))
    assert status == 400 and cbor2.loads(data)["__type"] == "InvalidParameterException"


# Bytes that are no document, or the wrong one, are refused; nothing else happens.
@pytest.mark.parametrize("body", [
    b"\xa1", b"\xff", b"\xbf", b"\x9b" + b"\xff" * 8, b"\x5f\x61a\xff", b"\xa1\x01\x02", b"\xa0\xa0", b"\x81" * 200 + b"\x80",
    b"\xa1\x63Key", b"\x7b" + b"\xff" * 8, b"\xa1\x61\xff\x00", b"\x80", b"\x01", b"\xf9\x7e\x00", b"\xfc",
    b"\xa1\x70ResourcesPerPage\x3b" + b"\xff" * 8, b"\xa1\x70ResourcesPerPage\x61x"])
def test_bad_cbor(server, body):
    cbor = {"smithy-protocol": "rpc-v2-cbor", "content-type": "application/cbor"}
    status, headers, data = exchange(server, f"/service/{TARGET}/operation/GetResources", cbor, body)
    assert status == 400 and cbor2.loads(data)["__type"] == "SerializationException", data


# What of these services is not served says so.
def test_the_rest(server):
    with pytest.raises(ClientError, match="not tagging") as caught:
        client(server, "resourcegroupstaggingapi").tag_resources(ResourceARNList=["arn:aws:iam::123456789012:role/x"], Tags={"a": "b"})
    assert caught.value.response["Error"]["Code"] == "UnknownOperationException"
    with pytest.raises(ClientError, match="not ec2"):
        client(server, "ec2").describe_instances()


def test_describe_regions(server):
    host = server.endpoint.split("//")[1]
    for region, names in (("eu-west-1", ["eu-west-1", "us-east-1"]), ("us-east-1", ["us-east-1"])):
        ec2 = client(server, "ec2", region=region)
        rows = ec2.describe_regions(AllRegions=True)["Regions"]
        assert [row["RegionName"] for row in rows] == names
        assert all((row["Endpoint"], row["OptInStatus"]) == (host, "opt-in-not-required") for row in rows)
        assert [row["RegionName"] for row in ec2.describe_regions(RegionNames=["us-east-1"])["Regions"]] == ["us-east-1"]


@pytest.mark.parametrize("filters, count", [
    ([{"Name": "region-name", "Values": ["us-*"]}], 1), ([{"Name": "region-name", "Values": ["eu-west-?", "us-east-1"]}], 2),
    ([{"Name": "opt-in-status", "Values": ["opt-in-not-required", "opted-in"]}], 2), ([{"Name": "region-name", "Values": ["x"]}], 0),
    ([{"Name": "region-name", "Values": ["*"]}, {"Name": "endpoint", "Values": ["nowhere"]}], 0)])
def test_describe_regions_filters(server, filters, count):
    assert len(client(server, "ec2").describe_regions(Filters=filters)["Regions"]) == count


@pytest.mark.parametrize("request_of, code, status", [
    ({"RegionNames": ["mars-1"]}, "InvalidParameterValue", 400), ({"Filters": [{"Name": "x", "Values": ["y"]}]}, "InvalidParameterValue", 400),
    ({"DryRun": True}, "DryRunOperation", 412)])
def test_describe_regions_refusals(server, request_of, code, status):
    with pytest.raises(ClientError) as caught:
        client(server, "ec2").describe_regions(**request_of)
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


# The aws CLI, whose own copy of the SDK may speak another protocol.
def test_aws_cli(tagged, tmp_path):
    environment = {"PATH": f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(tmp_path), "AWS_PAGER": "",
                   "AWS_ENDPOINT_URL": tagged.endpoint, "AWS_DEFAULT_REGION": "us-east-1",
                   "AWS_ACCESS_KEY_ID": tagged.admin_key[0], "AWS_SECRET_ACCESS_KEY": tagged.admin_key[1]}

    def aws(*words):
        done = subprocess.run(["aws", *words], capture_output=True, text=True, timeout=120, env=environment)
        return done.stdout if done.returncode == 0 else done.stderr

    assert aws("ec2", "describe-regions", "--query", "Regions[].RegionName", "--output", "text") == "us-east-1\n"
    listed = json.loads(aws("resourcegroupstaggingapi", "get-resources", "--resource-type-filters", "iam:role", "--tag-filters",
                            "Key=env,Values=prod"))
    assert found(listed) == [tagged.arns["role"]]
    assert "no S3" in aws("s3", "ls")
    assert "AWSOrganizationsNotInUseException" in aws("organizations", "describe-organization")
