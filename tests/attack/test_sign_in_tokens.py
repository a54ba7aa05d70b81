"""Sign-in tokens used more than once, sign-out by another page, and signing in and out without end."""

import pytest
from account_digest import stored_documents
from conftest import Identity
from console import cookie_of, login, sign_out, signin_token
from documents import trust
from signin_client import federation, send
from wardkeep_server import WardkeepServer

ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@pytest.fixture
def role_session(admin, new_role, assume, account):
    return assume(admin, new_role({"AWS": account}, ALL))


def test_a_token_works_once(server, role_session):
    token = signin_token(server, role_session).json["SigninToken"]
    assert federation(server, Action="login", SigninToken=token, Destination="https://evil.example/").status == 400
    assert login(server, token).status == 302
    again = login(server, token)
    assert again.status == 400 and not again.set_cookie and "has been used" in again.text


# A link or picture on another page cannot sign anybody out, and neither can its form.
def test_sign_out_is_one_s_own(server, role_session):
    cookie = cookie_of(server, role_session)
    own, other = server.endpoint, server.endpoint.replace("http://", "https://")
    host = own.split("://", 1)[1]
    assert send(server, "GET", "/federation?Action=logout", cookie=cookie).status == 405
    assert send(server, "GET", "/signout", cookie=cookie).status == 405
    for path in ("/signout", "/federation?Action=logout"):
        for headers in ({"Origin": other}, {"Origin": host}, {"Origin": "null"}, {"Origin": "http://evil.example"},
                        {"Origin": own + ".evil.example"}, {"Origin": own + "/"}, {"Sec-Fetch-Site": "cross-site"},
                        {"Sec-Fetch-Site": "same-site"}):
            answer = send(server, "POST", path, cookie=cookie, headers=headers)
            assert answer.status == 403, (path, headers, answer.text)
    assert send(server, "GET", "/signin/session", cookie=cookie).status == 200
    answer = send(server, "POST", "/federation?Action=logout", cookie=cookie, headers={"Origin": own, "Sec-Fetch-Site": "same-origin"})
    assert answer.status == 302
    assert send(server, "GET", "/signin/session", cookie=cookie).status == 401


# A role without rights signs in and out: it is slowed down, its own record stays small, and goes with it.
def test_signing_in_and_out_without_end(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path / "data") as server:
        admin = Identity(server.endpoint, *server.admin_key)
        roles = {}
        for role in ("idle", "other"):
            roles[role] = admin.iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": server.account_id}))["Role"]

        def session(role):
            return Identity.of_credentials(server.endpoint, admin.sts.assume_role(
                RoleArn=roles[role]["Arn"], RoleSessionName="loop")["Credentials"])

        idle, statuses = session("idle"), []
        for _ in range(110):
            answer = login(server, signin_token(server, idle).json["SigninToken"])
            statuses.append(answer.status)
            if answer.status == 302:
                assert sign_out(server, answer.cookie).status == 200
        assert statuses.count(302) == 100 and set(statuses[100:]) == {429}
        other = cookie_of(server, session("other"))
        assert send(server, "GET", "/signin/session", cookie=other).status == 200

        def records():
            return {number: body for (_, kind, number), (_, body) in stored_documents(server.data).items() if kind == "sign_outs"}

        assert list(records()) == [roles["idle"]["RoleId"]] and len(records()[roles["idle"]["RoleId"]]) < 16 * 1024
        [own] = [body for (_, kind, _), (_, body) in stored_documents(server.data).items() if kind == "account"]
        assert "ended" not in own
        cookie = cookie_of(server, session("other"))
        assert sign_out(server, cookie).status == 200
    with WardkeepServer(binary, data=tmp_path / "data") as server:
        assert send(server, "GET", "/signin/session", cookie=cookie).status == 401, "signed out is signed out"
        assert send(server, "GET", "/signin/session", cookie=other).status == 200
        Identity(server.endpoint, *server.admin_key).iam.delete_role(RoleName="idle")
        kinds = [number for (_, kind, number) in stored_documents(server.data) if kind == "sign_outs"]
        assert kinds == [roles["other"]["RoleId"]]
