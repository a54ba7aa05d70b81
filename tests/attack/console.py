"""Console sign-in by way of the federation endpoint, as the attack tests need it."""

import json
import re

from conftest import Identity
from signed_request import Connection
from signin_client import federation, send


def session_json(identity):
    return json.dumps({"sessionId": identity.key[0], "sessionKey": identity.key[1], "sessionToken": identity.token})


def signin_token(server, identity, **more):
    """The answer of getSigninToken."""
    return federation(server, Action="getSigninToken", Session=session_json(identity), **more)


def login(server, token):
    return federation(server, Action="login", SigninToken=token, Destination="/console/")


def cookie_of(server, identity, **more):
    return login(server, signin_token(server, identity, **more).json["SigninToken"]).cookie


def credentials(server, cookie):
    """New credentials of a console session."""
    return send(server, "POST", "/signin/credentials", cookie=cookie).identity(server)


def sign_out(server, cookie):
    return send(server, "POST", "/signout", cookie=cookie)


def narrow(server, identity, **request):
    """GetScopedCredentials, which older SDKs do not have."""
    answer = Connection(server.endpoint, identity.key, identity.token).call("GetScopedCredentials", request, service="sts")
    assert answer.status == 200, answer
    key_id, secret, token = (re.search(f"<{name}>([^<]+)<", answer.text)[1]
                             for name in ("AccessKeyId", "SecretAccessKey", "SessionToken"))
    return Identity(server.endpoint, key_id, secret, token)
