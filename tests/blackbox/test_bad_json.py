"""Bad input for the endpoints that speak JSON beside AWS's protocols: sign-in, federation and passkeys.

Generated from a table of the endpoints and, for passkeys, from their model: everything that is no request of theirs gets
the endpoint's own form of error, changes nothing, and leaves the server well.
"""

import base64
import http.client
import json

import pytest
from account_digest import account_texts, stored_documents
from api_model import read_model
from conftest import Identity
from passkey_client import PasskeyClient
from signed_request import Connection
from signin_client import root_password, send
from wardkeep_server import WardkeepServer

PASSWORD, ROOT_PASSWORD = "Tide-Lantern-2042", "Harbour-Compass-77"
ACCOUNT = "123456789012"
# Endpoint -> (members of a request that succeeds, those of them that may be left out).
MEMBERS = {
    "/signin": ({"account": ACCOUNT, "user": "alice", "password": PASSWORD}, ()),
    "/signin/root": ({"action": "ChangeName", "name": "another", "password": ROOT_PASSWORD}, ()),
}
# Members that a request may have besides, with a value that is allowed.
OPTIONAL = {"/signin": {"email": "", "mfaCode": "", "newPassword": "Other-Harbour-99", "credentialId": "YQ", "clientDataJSON": "YQ",
                        "authenticatorData": "YQ", "signature": "YQ"},
            "/signin/root": {"newPassword": "Other-Harbour-99", "email": "a@example.com", "accountId": ACCOUNT}}
NOT_JSON = {
    "nothing": b"", "half an object": b'{"a":', "a list": b"[]", "a text": b'"a"', "null": b"null", "a number": b"1",
    "more behind": b"{}{}", "not UTF-8": b'{"a":"\xff"}', "a lone surrogate": b'{"a":"\\ud800"}', "a NUL": b"{\x00}",
    "single quotes": b"{'a':'b'}", "a comma at the end": b'{"a":"b",}', "very deep": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "very large": b'{"a":"' + b"x" * 200_000 + b'"}', "many members": json.dumps({f"m{i}": "" for i in range(5000)}).encode(),
    "a form": b"account=123456789012&user=alice", "XML": b"<a/>",
}
WRONG_TYPES = {"a number": 5, "a fraction": 1.5, "a boolean": True, "a list": ["x"], "an object": {"x": "y"}, "a list of objects": [{}]}
CONTENT_TYPES = ("text/plain", "text/html", "application/xml", "multipart/form-data; boundary=x", "application/jsonp", "", None)
METHODS = ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")


class Target:
    """A server with a user and a root user that have passwords."""

    def __init__(self, server):
        self.server = server
        self.admin = Identity(server.endpoint, *server.admin_key)
        self.connection = Connection(server.endpoint, server.admin_key)
        self.admin.iam.create_user(UserName="alice")
        self.admin.iam.create_login_profile(UserName="alice", Password=PASSWORD)
        opened = send(server, "POST", "/signin", {"account": ACCOUNT, "root": True, "password": root_password(server),
                                                  "newPassword": ROOT_PASSWORD})
        assert opened.status == 200, opened.text
        self.root_cookie = opened.cookie

    def digest(self):
        """All that is stored but the record of attempts."""
        documents = stored_documents(self.server.data)
        return account_texts(self.connection), {key: body for key, body in documents.items() if key[1] != "signin_attempt"}

    def post(self, path, body, content_type="application/json", method="POST"):
        headers = {"Content-Type": content_type} if content_type is not None else {}
        if isinstance(body, dict):
            body = json.dumps(body)
        return send(self.server, method, path, body, self.root_cookie if path == "/signin/root" else None, headers)


@pytest.fixture(scope="module")
def target(binary, tmp_path_factory):
    data = tmp_path_factory.mktemp("bad-json") / "data"
    with WardkeepServer(binary, data=data, arguments=["--signin-root-mfa-required", "false"]) as server:
        yield Target(server)


def cases(path):
    """(what, body or members, content type) of everything that is wrong with a POST."""
    valid = MEMBERS[path][0]
    yield from ((what, body, "application/json") for what, body in NOT_JSON.items())
    yield from ((f"content type {kind}", valid, kind) for kind in CONTENT_TYPES)
    for name in valid:
        yield f"{name} missing", {key: value for key, value in valid.items() if key != name}, "application/json"
        yield f"{name} null", {**valid, name: None}, "application/json"
        yield f"{name} empty", {**valid, name: ""}, "application/json"
        yield f"{name} twice", json.dumps(valid)[:-1] + f', "{name}": "x"}}', "application/json"
    for name in {**valid, **OPTIONAL[path]}:
        yield from ((f"{name} as {what}", {**valid, name: wrong}, "application/json") for what, wrong in WRONG_TYPES.items())
    for name in {**valid, **OPTIONAL[path]}:
        if path == "/signin" or name in ("name", "password"):
            yield f"{name} too long", {**valid, name: "x" * 600}, "application/json"
    yield "an unknown member of a wrong type", {**valid, "nonsense": [1]}, "application/json"


ROOT_FLAGS = [("root as text", "maybe"), ("root as a number", 1), ("root as a list", [True]), ("root besides user", True)]


def refusal_of(answer):
    """What is wrong with a refusal of a sign-in endpoint, or nothing."""
    right = 400 <= answer.status < 500 and answer.headers["Content-Type"] == "application/json"
    try:
        right = right and set(answer.json) == {"code", "message"} and all(answer.json.values())
    except ValueError:
        right = False
    return "" if right and not answer.set_cookie else f"{answer.status} {answer.headers['Content-Type']} {answer.text[:300]}"


@pytest.mark.parametrize("path", MEMBERS)
def test_what_is_no_request_is_refused(target, path):
    before, wrong = target.digest(), []
    rows = list(cases(path))
    if path == "/signin":
        rows += [(what, {**MEMBERS[path][0], "root": flag}, "application/json") for what, flag in ROOT_FLAGS]
    for what, body, content_type in rows:
        answer = target.post(path, body, content_type)
        if different := refusal_of(answer) or (answer.code in ("TooManyAttempts", "AuthenticationFailed") and answer.code):
            wrong.append(f"{what}: {different}")
    assert not wrong, f"{len(wrong)} of {len(rows)}:\n" + "\n".join(wrong)
    assert target.digest() == before


# Unknown members are ignored, as unknown parameters are elsewhere: the request succeeds with them.
def test_unknown_members_are_ignored(target):
    answer = target.post("/signin", {**MEMBERS["/signin"][0], "nonsense": "x", "Password": "y", "ROOT": "true"})
    assert answer.status == 200 and answer.json["type"] == "IAMUser"


@pytest.mark.parametrize("path", ["/signin", "/signin/root", "/signin/session", "/signin/credentials", "/signout"])
def test_wrong_methods_are_refused(target, path):
    before = target.digest()
    right = "GET" if path == "/signin/session" else "POST"
    for method in {*METHODS, "POST"} - {right}:
        answer = target.post(path, MEMBERS.get(path, ({}, ()))[0], method=method)
        if method == "HEAD":
            assert 400 <= answer.status < 500 and not answer.text
        else:
            assert answer.status == 405 and not refusal_of(answer), (method, answer.status, answer.text)
    assert target.digest() == before


@pytest.mark.parametrize("cookie", [None, "wardkeep-session=", "wardkeep-session=AAAA", "wardkeep-session=" + "A" * 5000,
                                    "wardkeep-session=%00%ff", "other=1; ;=; =;", "=" * 100])
@pytest.mark.parametrize("method, path", [("GET", "/signin/session"), ("POST", "/signin/credentials"), ("POST", "/signin/root")])
def test_bad_cookies_are_no_session(target, method, path, cookie):
    answer = send(target.server, method, path, MEMBERS["/signin/root"][0] if path == "/signin/root" else None, cookie)
    assert answer.status == 401 and answer.code == "NotSignedIn" and not refusal_of(answer)


# The federation endpoint answers with a line of text, as AWS's does.
BAD_FEDERATION = [
    "", "?", "?Action", "?Action=", "?Action=nothing", "?Action=getsigninToken", "?Action=getSigninToken", "?Action=login",
    "?Action=getSigninToken&Session=", "?Action=getSigninToken&Session=%7B", "?Action=getSigninToken&Session=%5B%5D",
    "?Action=getSigninToken&Session=null", "?Action=getSigninToken&Session=%FF%00",
    "?Action=getSigninToken&Session=%7B%7D",
    "?Action=getSigninToken&Session=%7B%22sessionId%22:5,%22sessionKey%22:[],%22sessionToken%22:%7B%7D%7D",
    "?Action=getSigninToken&Session=%7B%22sessionId%22:%22ASIA%22,%22sessionKey%22:%22x%22%7D",
    "?Action=getSigninToken&Session=%7B%22sessionId%22:%22ASIA%22,%22sessionKey%22:%22x%22,%22sessionToken%22:%22%2A%22%7D",
    "?Action=getSigninToken&SessionDuration=1e9&Session=%7B%7D", "?Action=login&SigninToken=", "?Action=login&SigninToken=AAAA",
    "?Action=login&SigninToken=%2A%2A", "?Action=login&SigninToken=" + "A" * 9000, "?Action=login&Destination=//evil.example.com",
    "?Action=login&Destination=https://evil.example.com/", "?Action=%", "?Action=%4", "?Action=%GG", "?%00=%00&Action=x",
    "?" + "&".join(f"a{i}=1" for i in range(500)),
]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_bad_federation_requests_are_refused(target, method):
    before, wrong = target.digest(), []
    for query in BAD_FEDERATION:
        path, body = ("/federation" + query, None) if method == "GET" else ("/federation", query[1:])
        answer = send(target.server, method, path, body, headers={"Content-Type": "application/x-www-form-urlencoded"})
        right = answer.status == 400 and answer.headers["Content-Type"].startswith("text/plain") and answer.text.count("\n") == 1
        if not right or answer.set_cookie:
            wrong.append(f"{query[:80]}: {answer.status} {answer.text[:200]}")
    assert not wrong, "\n".join(wrong)
    assert target.digest() == before


def test_wrong_methods_of_the_federation_endpoint(target):
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        answer = send(target.server, method, "/federation?Action=login")
        assert answer.status == 405 and not refusal_of(answer)


# --- passkeys: JSON over signed HTTP, generated from their model ---

BYTES = base64.b64encode(b"x" * 40).decode()
VALUES = {"UserName": "alice", "DeviceName": "key", "DurationSeconds": 900}
NOT_BYTES = ("*", "YQ==YQ", "Y", "_-_-", " ")


def passkey_cases(operation):
    """(what, body) of everything that the model of one operation forbids."""
    model = read_model("passkeys")
    members = model.shapes[model.operations[operation]["input"]]["members"]
    valid = {name: VALUES.get(name, BYTES) for name in members}
    for what, body in NOT_JSON.items():
        required = any(member.get("required") for member in members.values())
        if what != "nothing" and (required or what not in ("very large", "many members")):  # these are {}, with unknown members
            yield what, body
    for name, member in members.items():
        shape = model.shapes[member["shape"]]
        if member.get("required"):
            yield f"{name} missing", {key: value for key, value in valid.items() if key != name}
            yield f"{name} null", {**valid, name: None}
            yield f"{name} missing beside an unknown one", {**{key: value for key, value in valid.items() if key != name}, "Nonsense": {"x": []}}
        for what, wrong in WRONG_TYPES.items():
            if not (shape["type"] == "integer" and what == "a number"):
                yield f"{name} as {what}", {**valid, name: wrong}
        if shape["type"] == "integer":
            yield from ((f"{name} as {wrong!r}", {**valid, name: wrong}) for wrong in ("900", 899, 129601, 1e30, -1, ""))
        elif shape["type"] == "blob":
            yield from ((f"{name} as {wrong!r}", {**valid, name: wrong}) for wrong in NOT_BYTES)
            yield f"{name} too short", {**valid, name: ""}
            yield f"{name} too long", {**valid, name: base64.b64encode(b"x" * (shape["max"] + 1)).decode()}
        else:
            yield f"{name} too short", {**valid, name: ""}
            yield f"{name} too long", {**valid, name: "x" * (shape["max"] + 1)}
            yield from ((f"{name} with {strange!r}", {**valid, name: "a" + strange}) for strange in ("\0", " ", "/", "\n", "\u00e9"))


@pytest.mark.parametrize("operation", sorted(read_model("passkeys").operations))
def test_bad_passkey_requests_are_refused(target, operation):
    client, before, wrong, count = PasskeyClient(target.admin), target.digest(), [], 0
    for what, body in passkey_cases(operation):
        count += 1
        try:
            status, answer = client.raw(operation, body if isinstance(body, bytes) else json.dumps(body).encode())
        except ValueError as error:
            wrong.append(f"{what}: no JSON came back, {error}")
            continue
        text = answer.get("message") or answer.get("Message")
        if not (400 <= status < 500 and answer.get("__type") in ("ValidationException", "SerializationException", "PasskeyRefused") and text):
            wrong.append(f"{what}: {status} {answer}")
    assert not wrong, f"{len(wrong)} of {count}:\n" + "\n".join(wrong)
    assert count >= len(NOT_JSON) - 3
    assert target.digest() == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_passkey_requests_by_another_method_are_refused(target, method):
    connection = http.client.HTTPConnection("127.0.0.1", target.server.port, timeout=20)
    connection.request(method, "/", headers={"X-Amz-Target": "WardkeepPasskeys.BeginPasskeyRegistration",
                                             "Content-Type": "application/x-amz-json-1.1"})
    answer = connection.getresponse()
    text = answer.read()
    connection.close()
    assert 400 <= answer.status < 500 and text, (answer.status, text)


# What comes signed but is not said to be JSON is not read as JSON of passkeys.
@pytest.mark.parametrize("content_type", ["text/plain", "application/xml", "application/x-www-form-urlencoded"])
def test_passkey_requests_of_another_content_type(target, content_type):
    before, client = target.digest(), PasskeyClient(target.admin)
    client.content_type = content_type
    status, answer = client.raw("FinishPasskeyRegistration", b"DeviceName=key")
    assert 400 <= status < 500 and answer["__type"], (status, answer)
    assert target.digest() == before
