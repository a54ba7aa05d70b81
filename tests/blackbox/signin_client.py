"""Speaks the sign-in endpoints as a browser or a script does: raw HTTP, a cookie, JSON."""

import http.client
import json
import re
import urllib.parse

from conftest import Identity


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.text = response.read().decode()

    @property
    def json(self):
        return json.loads(self.text)

    @property
    def code(self):
        return self.json.get("code")

    @property
    def set_cookie(self):
        return self.headers.get("Set-Cookie") or ""

    @property
    def cookie(self):
        return self.set_cookie.split(";")[0]

    def identity(self, server):
        credentials = self.json["credentials"]
        return Identity(server.endpoint, credentials["accessKeyId"], credentials["secretAccessKey"],
                        credentials["sessionToken"])


def send(server, method, path, body=None, cookie=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        fields = dict(headers or {})
        if isinstance(body, dict):
            fields.setdefault("Content-Type", "application/json")
            body = json.dumps(body)
        if cookie:
            fields["Cookie"] = cookie
        connection.request(method, path, body=body, headers=fields)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def sign_in(server, user=None, password=None, account=None, **more):
    body = {"account": account or server.account_id, "password": password, **more}
    if user is not None:
        body["user"] = user
    return send(server, "POST", "/signin", body)


def root_password(server):
    """The one-time password that the first start printed."""
    for line in server.output:
        found = re.search(r"root user password\s+(\S+)", line)
        if found:
            return found[1]
    raise AssertionError("no root password was printed")


def federation(server, **parameters):
    return send(server, "GET", "/federation?" + urllib.parse.urlencode(parameters))
