"""Runs the load generator of this folder over files of requests that are signed beforehand."""

import contextlib
import statistics
import subprocess

from signed_request import form, sign
from wardkeep_server import WardkeepServer

HOST = "127.0.0.1"


@contextlib.contextmanager
def serving(where, name, **options):
    """A release server with its default settings, its log in a file, its data in the folder of this run."""
    data = where.folder / name
    arguments = ["--log-file", str(where.folder / f"{name}.log")]
    with WardkeepServer(where.build / "wardkeep", data=data, arguments=arguments, **options) as server:
        yield server


def get(path):
    """The bytes of an unsigned GET."""
    return f"GET {path} HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode()


def signed(key, action, parameters=None, service="iam"):
    """The bytes of a signed call, valid for fifteen minutes from now."""
    body = form(action, parameters, service=service)
    headers = sign(key, body, HOST, service=service)
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST / HTTP/1.1\r\n{lines}Content-Length: {len(body)}\r\n\r\n{body}".encode()


def run(where, port, requests, *, connections, seconds=None, expect=200):
    """Sends `requests` (bytes, or a list to be sent once each); returns what the generator counted."""
    path = where.folder / "requests.bin"
    path.write_bytes(requests if isinstance(requests, bytes) else b"".join(requests))
    command = [where.build / "bench" / "http_load", "--port", str(port), "--connections", str(connections)]
    command += ["--seconds", str(seconds)] if seconds else ["--once", "yes"]
    words = subprocess.run(command + [path], check=True, capture_output=True, text=True).stdout.split()
    counted = {name: int(value) for name, value in zip(words[::2], words[1::2])}
    statuses = {name for name in counted if name.startswith("status_")}
    if statuses != {f"status_{expect}"}:
        raise RuntimeError(f"unexpected answers: {counted}")
    return counted


def rate(counted):
    return counted["requests/s"]


def interleaved(rounds, *measures):
    """The medians of several measures, taken in turn so that a noisy minute hits all of them."""
    results = [[] for _ in measures]
    for _ in range(rounds):
        for result, measure in zip(results, measures):
            result.append(measure())
    return [statistics.median(result) for result in results]
