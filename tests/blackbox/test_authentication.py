"""Every refusal of sigv4.md section 4, over raw HTTP, in its order.

Each test spoils one thing of a request that would otherwise be answered, so the code and text belong to that thing.
"""

import re

import pytest
from signed_request import FORM, Connection, form, presign, sign, utc_stamp

INVALID_TOKEN = "The security token included in the request is invalid."
MISMATCH = ("The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
            "signing method. Consult the service documentation for details.")
BODY = form("GetCallerIdentity", service="sts")


@pytest.fixture
def connection(server):
    made = Connection(server.endpoint, server.admin_key)
    yield made
    made.close()


@pytest.fixture
def post(connection):
    """Signs GetCallerIdentity, lets `spoil` change the headers, sends it."""

    def send(spoil=lambda headers: None, body=BODY, **how):
        headers = sign(how.pop("key", connection.key), BODY, connection.host, service="sts", **how)
        spoil(headers)
        return connection.send("POST", "/", headers, body)

    return send


def replaced(pattern, text):
    """A spoiler that rewrites the Authorization header."""

    def spoil(headers):
        headers["authorization"], count = re.subn(pattern, text, headers["authorization"])
        assert count == 1

    return spoil


# The base case: unspoiled, it is answered. Without this the tests below could pass for the wrong reason.
def test_unspoiled(post):
    answer = post()
    assert answer.status == 200 and "<Account>" in answer.text
    assert answer.headers["x-amzn-requestid"] in answer.text
    assert answer.headers["content-type"].startswith("text/xml")


# 2 and 3: other methods and content types are sent to the documentation.
@pytest.mark.parametrize("method", ["PUT", "DELETE", "HEAD"])
def test_other_methods(connection, method):
    assert connection.send(method, "/").status == 302


def test_other_content_type(post):
    answer = post(lambda headers: headers.update({"content-type": "text/plain"}))
    assert answer.status == 302 and "location" in answer.headers


# 4: a query that cannot be decoded.
@pytest.mark.parametrize("query, text", [("a=%", "Incomplete trailing escape % sequence"), ("a=%4", "Incomplete trailing escape % sequence"),
                                         ("a=%zz", "Illegal hex characters in escape % pattern: %zz")])
def test_broken_escapes(connection, query, text):
    answer = connection.send("GET", f"/?Action=GetCallerIdentity&Version=2011-06-15&{query}")
    assert (answer.status, answer.code, answer.message) in [(status, "MalformedQueryString", text) for status in (400, 404)]


# 5: no authentication at all, and two at once.
def test_no_authentication(connection):
    answer = connection.send("POST", "/", {"content-type": FORM}, BODY)
    assert (answer.status, answer.code, answer.message) == (403, "MissingAuthenticationToken", "Request is missing Authentication Token")


def test_two_authentications(connection):
    headers = sign(connection.key, "", connection.host, service="sts", method="GET")
    target = presign(connection.key, connection.host, {"Action": "GetCallerIdentity", "Version": "2011-06-15"})
    answer = connection.send("GET", target, headers)
    assert (answer.status, answer.code) == (403, "SignatureDoesNotMatch") and not answer.message


# 6a: another algorithm.
def test_other_algorithm(post):
    answer = post(replaced("^AWS4-HMAC-SHA256", "AWS4-HMAC-SHA512"))
    assert (answer.code, answer.message) == ("IncompleteSignature", "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512'.")
    assert answer.status in (400, 403)


def test_other_algorithm_in_query(connection):
    answer = connection.send("GET", "/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-Algorithm=AWS4-HMAC-SHA1")
    assert (answer.status, answer.code, answer.message) == (403, "MissingAuthenticationToken", "Missing Authentication Token")


# 6b: something that is not key=value.
def test_not_a_pair(post):
    answer = post(replaced("SignedHeaders=", "SignedHeaders"))
    assert answer.code == "IncompleteSignature"
    assert "not a valid key=value pair (missing equal-sign) in Authorization header" in answer.message
    assert "Credential=" not in answer.message  # the header is shown as a hash only


# 6d: each missing part has its sentence; the header itself is never echoed.
@pytest.mark.parametrize("part", ["Credential", "SignedHeaders", "Signature"])
def test_missing_part(post, part):
    answer = post(replaced(f"{part}=[^,]*(, )?", ""))
    assert answer.code == "IncompleteSignature"
    assert f"Authorization header requires '{part}' parameter." in answer.message


def test_missing_date(post):
    answer = post(lambda headers: headers.pop("x-amz-date"))
    assert answer.code == "IncompleteSignature"
    assert "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header." in answer.message


# 8: the host must be signed, or a request could be replayed elsewhere.
def test_host_not_signed(post):
    answer = post(replaced("host;", ""))
    assert (answer.status, answer.code, answer.message) == (
        403, "SignatureDoesNotMatch", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")


# 9: dates of another form.
@pytest.mark.parametrize("date", ["yesterday", "20250101", "20250101T000000", "2025-13-01T00:00:00Z"])
def test_bad_date(post, date):
    answer = post(lambda headers: headers.update({"x-amz-date": date}))
    assert (answer.code, answer.message) == (
        "IncompleteSignature", f"Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601")


# 10 and 11: fifteen minutes either way.
@pytest.mark.parametrize("offset", [-840, 840])
def test_inside_the_window(post, offset):
    assert post(stamp=utc_stamp(offset)).status == 200


@pytest.mark.parametrize("offset, pattern", [
    (-960, r"Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)"),
    (960, r"Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)")])
def test_outside_the_window(post, offset, pattern):
    answer = post(stamp=utc_stamp(offset))
    assert (answer.status, answer.code) == (403, "SignatureDoesNotMatch")
    assert re.fullmatch(pattern, answer.message)


# 12 and 13: the credential scope.
def test_credential_elements(post):
    answer = post(replaced("/aws4_request", ""))
    assert answer.code == "IncompleteSignature"
    assert answer.message.startswith("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '")


def test_terminator(post):
    answer = post(terminator="aws5_request")
    assert (answer.status, answer.code) == (403, "SignatureDoesNotMatch")
    assert "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'." in answer.message


def test_scope_date(post):
    answer = post(scope_date="20150830")
    assert (answer.status, answer.code) == (403, "SignatureDoesNotMatch")
    assert "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150830' != '" in answer.message


# Any region is fine: SDKs sign with the configured one when an endpoint is given.
@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1", "garage"])
def test_any_region(post, region):
    assert post(region=region).status == 200


# 15: an unknown key is told apart from a wrong secret, as AWS does.
@pytest.mark.parametrize("key_id", ["AKIAIOSFODNN7EXAMPLE", "AKIA" + "A" * 16, "nonsense-nonsense"])
def test_unknown_key(post, key_id):
    answer = post(key=(key_id, "x" * 40))
    assert (answer.status, answer.code, answer.message) == (403, "InvalidClientTokenId", INVALID_TOKEN)


# 14a: a long-term key with a token.
def test_token_with_long_term_key(post):
    answer = post(token="AQoDYXdzEPT//////////wEXAMPLE")
    assert (answer.status, answer.code, answer.message) == (403, "InvalidClientTokenId", INVALID_TOKEN)


# 16: the signature covers everything.
def test_wrong_secret(post, server):
    answer = post(key=(server.admin_key[0], "x" * 40))
    assert (answer.status, answer.code, answer.message) == (403, "SignatureDoesNotMatch", MISMATCH)


@pytest.mark.parametrize("spoil", [
    lambda headers: headers.update({"x-amz-date": utc_stamp(-1)}),
    lambda headers: headers.update({"content-type": "application/x-www-form-urlencoded"}),
], ids=["date", "content type"])
def test_changed_header(post, spoil):
    answer = post(spoil)
    assert (answer.status, answer.code, answer.message) == (403, "SignatureDoesNotMatch", MISMATCH)


def test_changed_body(post):
    answer = post(body=BODY + "&X=1")
    assert (answer.status, answer.code) == (403, "SignatureDoesNotMatch")


# Every one of its 64 digits counts.
def test_every_digit_of_the_signature(post):
    for place in range(64):
        def spoil(headers, place=place):
            start, digits = headers["authorization"][:-64], headers["authorization"][-64:]
            other = "0" if digits[place] != "0" else "1"
            headers["authorization"] = start + digits[:place] + other + digits[place + 1:]

        assert post(spoil).code == "SignatureDoesNotMatch", place


@pytest.mark.parametrize("spoil", [replaced("(?<=Signature=)[0-9a-f]{64}", ""), replaced("(?<=Signature=)[0-9a-f]{4}", ""),
                                   replaced("$", "00"), replaced("(?<=Signature=)[0-9a-f]{64}", "z" * 64)],
                         ids=["empty", "short", "long", "no hex"])
def test_malformed_signature(post, spoil):
    assert post(spoil).status in (400, 403)


# A payload hash that is given must be the body's.
def test_payload_hash_header(connection):
    def send(value):
        headers = sign(connection.key, BODY, connection.host, service="sts", signed_extra={"x-amz-content-sha256": value})
        return connection.send("POST", "/", headers, BODY)

    assert send("0" * 64).status == 403
    assert send("UNSIGNED-PAYLOAD").status in (400, 403)


# White space and order of the header's parts do not matter.
def test_loose_header_form(post):
    def spoil(headers):
        algorithm, rest = headers["authorization"].split(" ", 1)
        headers["authorization"] = f"{algorithm}   " + ",".join(reversed(rest.split(", ")))

    assert post(spoil).status == 200


# Unknown operations and versions are told apart from bad signatures.
@pytest.mark.parametrize("action, version", [("NoSuchOperation", "2011-06-15"), ("GetCallerIdentity", "1999-01-01")])
def test_unknown_operation(connection, action, version):
    body = form(action, version=version)
    answer = connection.send("POST", "/", sign(connection.key, body, connection.host, service="sts"), body)
    assert (answer.status, answer.code) == (400, "InvalidAction")
    assert answer.message == f"Could not find operation {action} for version {version}"


def test_version_missing(connection):
    body = "Action=GetCallerIdentity"
    answer = connection.send("POST", "/", sign(connection.key, body, connection.host, service="sts"), body)
    assert answer.message == "Could not find operation GetCallerIdentity for version NO_VERSION_SPECIFIED"


# The service of the signature answers: an IAM operation signed for STS is unknown there.
def test_service_mismatch(connection):
    body = form("ListUsers")
    answer = connection.send("POST", "/", sign(connection.key, body, connection.host, service="sts"), body)
    assert (answer.status, answer.code) == (400, "InvalidAction")
