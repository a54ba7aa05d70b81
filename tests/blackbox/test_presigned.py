"""Presigned GetCallerIdentity: the identity proof that Kubernetes, Vault and others pass around."""

import json

import pytest
from signed_request import Connection, presign, utc_stamp

PARAMETERS = {"Action": "GetCallerIdentity", "Version": "2011-06-15"}


@pytest.fixture
def get(server):
    connection = Connection(server.endpoint, server.admin_key)

    def send(headers=None, spoil=lambda target: target, **how):
        target = presign(how.pop("key", connection.key), connection.host, PARAMETERS, **how)
        return connection.send("GET", spoil(target), headers)

    yield send
    connection.close()


# botocore's own presigner, as the EKS token helper uses it.
def test_botocore_url(admin, server):
    url = admin.sts.generate_presigned_url("get_caller_identity", ExpiresIn=60, HttpMethod="GET")
    connection = Connection(server.endpoint, server.admin_key)
    answer = connection.send("GET", url[len(server.endpoint):])
    assert answer.status == 200 and f"<Account>{server.account_id}</Account>" in answer.text


def test_by_hand(get):
    assert get().status == 200


# Clients of the Kubernetes kind ask for JSON.
def test_json(get, server):
    answer = get({"Accept": "application/json"})
    identity = json.loads(answer.text)["GetCallerIdentityResponse"]["GetCallerIdentityResult"]
    assert identity["Account"] == server.account_id and identity["Arn"].startswith("arn:aws:iam::")


# STS looks at the date, not at X-Amz-Expires.
@pytest.mark.parametrize("expires", [0, 1, 60, 604800, None])
def test_expires_is_not_looked_at(get, expires):
    assert get(expires=expires, stamp=utc_stamp(-300)).status == 200


@pytest.mark.parametrize("offset", [-960, 960])
def test_outside_the_window(get, offset):
    answer = get(stamp=utc_stamp(offset))
    assert (answer.status, answer.code) == (403, "SignatureDoesNotMatch")


# Sessions put their token into the signed query.
def test_session(admin, new_role, account, server, get):
    role = new_role({"AWS": account})
    credentials = admin.sts.assume_role(RoleArn=role, RoleSessionName="presign")["Credentials"]
    key = (credentials["AccessKeyId"], credentials["SecretAccessKey"])
    answer = get(key=key, token=credentials["SessionToken"])
    assert answer.status == 200 and "assumed-role" in answer.text
    assert get(key=key).code == "InvalidClientTokenId"


# Each missing part has its sentence.
@pytest.mark.parametrize("part", ["X-Amz-Credential", "X-Amz-Date", "X-Amz-SignedHeaders", "X-Amz-Signature"])
def test_missing_part(get, part):
    def spoil(target):
        kept = [pair for pair in target[2:].split("&") if not pair.startswith(part + "=")]
        return "/?" + "&".join(kept)

    answer = get(spoil=spoil)
    assert answer.code == "IncompleteSignature"
    assert f"AWS query-string parameters must include '{part}'." in answer.message
    assert "Re-examine the query-string parameters." in answer.message


# Anything added to the query breaks the signature.
def test_added_parameter(get):
    assert get(spoil=lambda target: target + "&Extra=1").code == "SignatureDoesNotMatch"
