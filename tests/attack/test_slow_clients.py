"""Clients that hold connections or memory without ever finishing a request."""

import contextlib
import socket
import time

import pytest
from conftest import Identity
from wardkeep_server import WardkeepServer


def connect(server, source="127.0.0.1"):
    return socket.create_connection(("127.0.0.1", server.port), timeout=10, source_address=(source, 0))


def is_closed(peer):
    peer.settimeout(10)
    try:
        return peer.recv(1) == b""
    except OSError:
        return True


# Empty lines before a request are allowed; they give it no more time.
def test_empty_lines_do_not_hold_a_connection(binary):
    with WardkeepServer(binary, arguments=["--limits-header-timeout", "1s"]) as server, connect(server) as peer:
        begin = time.monotonic()
        with contextlib.suppress(OSError):
            while time.monotonic() - begin < 15:
                peer.sendall(b"\r\n")
                time.sleep(0.1)
        assert time.monotonic() - begin < 10


# One address has its share of the connections; others and trusted proxies are served meanwhile.
def test_one_address_cannot_take_all_connections(binary):
    arguments = ["--limits-connections-of-an-address", "20", "--trusted-proxies", "127.0.0.9"]
    with WardkeepServer(binary, arguments=arguments) as server, contextlib.ExitStack() as held:
        for _ in range(20):
            held.enter_context(connect(server, "127.0.0.7"))
        assert is_closed(held.enter_context(connect(server, "127.0.0.7")))
        for source in ["127.0.0.8"] + ["127.0.0.9"] * 30:
            peer = held.enter_context(connect(server, source))
            peer.sendall(b"GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n")
            assert peer.recv(12) == b"HTTP/1.1 200"


def resident_bytes(server):
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return 1024 * next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


# Bodies that are announced and do not come take no memory, small ones that stay count, and one address has a quarter.
@pytest.mark.parametrize("sent", [0, 30_000])
def test_unfinished_bodies_are_within_the_memory_limit(binary, sent):
    room = 16_000_000
    arguments = ["--limits-buffered-body-bytes", str(room), "--limits-connections-of-an-address", "3000"]
    with WardkeepServer(binary, arguments=arguments) as server, contextlib.ExitStack() as held:
        connect(server).close()
        before = resident_bytes(server)
        for _ in range(1000):
            peer = held.enter_context(connect(server, "127.0.0.7"))
            with contextlib.suppress(OSError):
                peer.sendall(b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 60000\r\n\r\n" + b"x" * sent)
        # Beside the bodies each connection has a buffer for its head, of 16 KiB at most.
        assert resident_bytes(server) - before < room / 4 + 1000 * 32_768
        Identity(server.endpoint, *server.admin_key).sts.get_caller_identity()
