"""HTTP that no honest client sends. After each the server must still answer a proper request."""

import socket
import threading
import time
import urllib.parse

import pytest
from signed_request import Connection, form, raw_exchange, sign

BODY = form("GetCallerIdentity", service="sts")


@pytest.fixture(autouse=True)
def still_alive(server):
    yield
    connection = Connection(server.endpoint, server.admin_key)
    assert connection.call("GetCallerIdentity", service="sts").status == 200
    connection.close()


def status_of(received):
    """The status of the first answer, or None when the connection was closed without one."""
    if not received:
        return None
    assert received.startswith(b"HTTP/1.1 "), received[:80]
    return int(received[9:12])


BROKEN = {
    "noise": b"\x00\x01\x02\x03\xff\xfe\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "wrong version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "blank in header name": b"GET / HTTP/1.1\r\nHo st: x\r\n\r\n",
    "null in header": b"GET / HTTP/1.1\r\nHost: x\r\nA: b\x00c\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "negative length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    "length and chunks": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "bad chunk": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    "huge chunk size": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    "long target": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "long header": b"GET / HTTP/1.1\r\nHost: x\r\nA: " + b"b" * 200_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: x\r\n" + b"".join(b"h%d: v\r\n" % i for i in range(20_000)) + b"\r\n",
    "long method": b"G" * 100_000 + b" / HTTP/1.1\r\nHost: x\r\n\r\n",
    "giant length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n",
    "overflowing length": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
    "above the root": b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "absolute form": b"GET http://elsewhere/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
}


# Each ends in a client error or a closed connection; never a fault, never a hang.
@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_broken_requests(server, data):
    began = time.monotonic()
    status = status_of(raw_exchange(server.endpoint, data, timeout=5, half_close=True))
    assert status is None or 300 <= status < 500, status
    assert time.monotonic() - began < 8


def signed_bytes(server, connection="keep-alive"):
    host = urllib.parse.urlsplit(server.endpoint).netloc
    headers = {**sign(server.admin_key, BODY, host, service="sts"), "content-length": str(len(BODY)), "connection": connection}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST / HTTP/1.1\r\n{lines}\r\n{BODY}".encode()


# A request cut off anywhere is not answered with success, and blocks nobody.
def test_truncated(server):
    whole = signed_bytes(server, "close")
    for size in range(0, len(whole) - 1, 97):
        status = status_of(raw_exchange(server.endpoint, whole[:size], timeout=3, half_close=True))
        assert status is None or 400 <= status < 500, (size, status)


# Pipelined requests are answered in order on one connection.
def test_pipelined(server):
    received = raw_exchange(server.endpoint, signed_bytes(server) * 9 + signed_bytes(server, "close"))
    assert received.count(b"HTTP/1.1 200 ") == 10
    assert received.count(b"</GetCallerIdentityResponse>") == 10


# A request that arrives byte by byte is still a request.
def test_slow_but_honest(server):
    host, port = urllib.parse.urlsplit(server.endpoint).netloc.rsplit(":", 1)
    whole = signed_bytes(server, "close")
    with socket.create_connection((host, int(port)), timeout=20) as peer:
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for start in range(0, len(whole), 40):
            peer.sendall(whole[start:start + 40])
            time.sleep(0.01)
        received = b""
        while chunk := peer.recv(65536):
            received += chunk
    assert status_of(received) == 200


# Many idle connections do not keep others out.
def test_idle_connections(server):
    host, port = urllib.parse.urlsplit(server.endpoint).netloc.rsplit(":", 1)
    idle = [socket.create_connection((host, int(port)), timeout=5) for _ in range(200)]
    try:
        connection = Connection(server.endpoint, server.admin_key)
        assert connection.call("GetCallerIdentity", service="sts").status == 200
    finally:
        for peer in idle:
            peer.close()


# Expect: 100-continue is answered, as libcurl-based clients want.
def test_expect_continue(server):
    host, port = urllib.parse.urlsplit(server.endpoint).netloc.rsplit(":", 1)
    head, _, body = signed_bytes(server, "close").partition(b"\r\n\r\n")
    with socket.create_connection((host, int(port)), timeout=10) as peer:
        peer.sendall(head + b"\r\nExpect: 100-continue\r\n\r\n")
        first = peer.recv(4096)
        assert first.startswith(b"HTTP/1.1 100") or first.startswith(b"HTTP/1.1 200")
        peer.sendall(body)
        rest = first
        while chunk := peer.recv(65536):
            rest += chunk
    assert b"HTTP/1.1 200" in rest


# Chunked bodies carry the same signature.
def test_chunked(server):
    host = urllib.parse.urlsplit(server.endpoint).netloc
    headers = {**sign(server.admin_key, BODY, host, service="sts"), "transfer-encoding": "chunked", "connection": "close"}
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (BODY[:10].encode(), BODY[10:].encode())) + b"0\r\n\r\n"
    assert status_of(raw_exchange(server.endpoint, f"POST / HTTP/1.1\r\n{lines}\r\n".encode() + chunks)) == 200


# Documents made to hurt a parser: refused or accepted quickly, nothing stored on refusal.
HOSTILE_DOCUMENTS = {
    "deep": "[" * 60_000,
    "deep objects": '{"a":' * 20_000,
    "wildcards": '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"' + "*" * 100_000 + '","Resource":"*"}}',
    "many statements": '{"Version":"2012-10-17","Statement":[' + ",".join(['{"Effect":"Allow","Action":"*","Resource":"*"}'] * 2500) + "]}",
    "duplicate keys": '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}}',
    "huge number": '{"Version":' + "9" * 100_000 + "}",
    "lone surrogate": '{"Version":"2012-10-17","Statement":{"Sid":"\\ud800","Effect":"Allow","Action":"*","Resource":"*"}}',
}


@pytest.mark.parametrize("document", HOSTILE_DOCUMENTS.values(), ids=HOSTILE_DOCUMENTS.keys())
def test_hostile_documents(server, name, document):
    connection = Connection(server.endpoint, server.admin_key)
    began = time.monotonic()
    given = name("policy")
    answer = connection.call("CreatePolicy", {"PolicyName": given, "PolicyDocument": document})
    assert answer.status in (400, 409), answer
    assert time.monotonic() - began < 2
    missing = connection.call("GetPolicy", {"PolicyArn": f"arn:aws:iam::{server.account_id}:policy/{given}"})
    assert missing.code == "NoSuchEntity"


# Many clients at once: every answer is whole and right.
def test_many_clients(server):
    wrong = []

    def ask():
        connection = Connection(server.endpoint, server.admin_key)
        for _ in range(25):
            answer = connection.call("GetCallerIdentity", service="sts")
            if answer.status != 200 or server.account_id not in answer.text:
                wrong.append(answer)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong[:3]
