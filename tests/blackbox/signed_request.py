"""Signature Version 4 by hand, and HTTP by hand.

Where the tests must send what no SDK would send (a broken signature, an odd date, half a request), or must be fast
(the kill loop), they use this instead of boto3. The signer follows sigv4.md section 1.
"""

import datetime
import hashlib
import hmac
import http.client
import re
import socket
import urllib.parse

import call_record

FORM = "application/x-www-form-urlencoded; charset=utf-8"
IAM_VERSION, STS_VERSION = "2010-05-08", "2011-06-15"


def encode(text):
    """RFC 3986 encoding as SigV4 demands."""
    return urllib.parse.quote(str(text), safe="-_.~")


def form(action, parameters=None, version=None, service="iam"):
    """A Query body."""
    version = version or (IAM_VERSION if service == "iam" else STS_VERSION)
    pairs = [("Action", action), ("Version", version), *(parameters or {}).items()]
    return "&".join(f"{encode(k)}={encode(v)}" for k, v in pairs)


def utc_stamp(offset_seconds=0):
    """X-Amz-Date of now plus an offset."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=offset_seconds)
    return now.strftime("%Y%m%dT%H%M%SZ")


def signing_key(secret, date, region, service):
    key = ("AWS4" + secret).encode()
    for part in (date, region, service, "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return key


def string_to_sign(method, path, query, headers, signed, payload_hash, stamp, scope):
    """The text under the signature, over headers given as {lower-case name: value}."""
    lines = "".join(f"{name}:{' '.join(headers[name].split())}\n" for name in signed)
    canonical = "\n".join([method, path, query, lines, ";".join(signed), payload_hash])
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return "\n".join(["AWS4-HMAC-SHA256", stamp, scope, digest])


def sign(key, body, host, *, service="iam", region="us-east-1", stamp=None, token=None, method="POST", path="/",
         signed_extra=None, scope_date=None, terminator="aws4_request"):
    """The headers of a signed request, as a plain dict that a test may then spoil."""
    stamp = stamp or utc_stamp()
    scope = "/".join([scope_date or stamp[:8], region, service, terminator])
    headers = {"host": host, "x-amz-date": stamp, **(signed_extra or {})}
    if method == "POST":
        headers["content-type"] = FORM
    if token:
        headers["x-amz-security-token"] = token
    signed = sorted(headers)
    path, _, query = path.partition("?")
    text = string_to_sign(method, path, query, headers, signed, hashlib.sha256(body.encode()).hexdigest(), stamp, scope)
    derived = signing_key(key[1], scope_date or stamp[:8], region, service)
    signature = hmac.new(derived, text.encode(), hashlib.sha256).hexdigest()
    headers["authorization"] = (f"AWS4-HMAC-SHA256 Credential={key[0]}/{scope}, "
                                f"SignedHeaders={';'.join(signed)}, Signature={signature}")
    return headers


def presign(key, host, parameters, *, service="sts", region="us-east-1", stamp=None, token=None, expires=None):
    """Path and query of a presigned GET."""
    stamp = stamp or utc_stamp()
    scope = f"{stamp[:8]}/{region}/{service}/aws4_request"
    query = {**parameters, "X-Amz-Algorithm": "AWS4-HMAC-SHA256", "X-Amz-Credential": f"{key[0]}/{scope}",
             "X-Amz-Date": stamp, "X-Amz-SignedHeaders": "host"}
    if expires is not None:
        query["X-Amz-Expires"] = str(expires)
    if token:
        query["X-Amz-Security-Token"] = token
    canonical = "&".join(sorted(f"{encode(k)}={encode(v)}" for k, v in query.items()))
    text = string_to_sign("GET", "/", canonical, {"host": host}, ["host"], hashlib.sha256(b"").hexdigest(), stamp, scope)
    signature = hmac.new(signing_key(key[1], stamp[:8], region, service), text.encode(), hashlib.sha256).hexdigest()
    return f"/?{canonical}&X-Amz-Signature={signature}"


class Answer:
    """Status, headers (lower-case names) and text of an answer."""

    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text

    def _element(self, name):
        found = re.search(f"<{name}>(.*?)</{name}>", self.text, re.DOTALL)
        return found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") if found else None

    @property
    def code(self):
        return self._element("Code")

    @property
    def message(self):
        return self._element("Message")

    def __repr__(self):
        return f"Answer({self.status}, {self.text[:400]!r})"


class Connection:
    """A keep-alive connection that signs Query calls with one key."""

    def __init__(self, endpoint, key, token=None, timeout=20):
        self.host = urllib.parse.urlsplit(endpoint).netloc
        self.key, self.token = key, token
        self._http = http.client.HTTPConnection(self.host, timeout=timeout)

    def call(self, action, parameters=None, service="iam", **how):
        """Signs and sends one Query call."""
        body = form(action, parameters, service=service)
        return self.send("POST", "/", sign(self.key, body, self.host, service=service, token=self.token, **how), body)

    def stay(self):
        """From now on a connection that the server has closed is an error: it is not opened again."""
        self._http.auto_open = 0

    def send(self, method, target, headers=None, body=None):
        """Sends exactly these headers."""
        self._http.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        content = body.encode() if body is not None else None
        headers = dict(headers or {})
        names = {name.lower() for name in headers}
        if "host" not in names:
            headers["host"] = self.host
        if content is not None and "content-length" not in names:
            headers["content-length"] = str(len(content))
        for name, value in headers.items():
            self._http.putheader(name, value)
        self._http.endheaders(content)
        response = self._http.getresponse()
        text = response.read().decode("utf-8", "replace")
        if named := re.match(r"Action=(\w+)&Version=([\d-]+)", body or ""):
            call_record.note("sts" if named[2] == STS_VERSION else "iam", named[1], response.status)
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, text)

    def close(self):
        self._http.close()


def raw_exchange(endpoint, data, timeout=10, half_close=False):
    """Sends bytes as they are and returns all that comes back until the peer closes or nothing comes for `timeout`."""
    host, port = urllib.parse.urlsplit(endpoint).netloc.rsplit(":", 1)
    with socket.create_connection((host, int(port)), timeout=timeout) as peer:
        received = b""
        try:
            peer.sendall(data)
            if half_close:
                peer.shutdown(socket.SHUT_WR)
            while chunk := peer.recv(65536):
                received += chunk
        except (socket.timeout, ConnectionError):
            pass
        return received
