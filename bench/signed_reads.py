"""Signed GetCallerIdentity against the bare responder of the same listener, on the same cores, in turn.

Two yardsticks: the listener alone given the same bytes and answering with about as many (bench/bare_responder), which
leaves only the work above HTTP; and GET /health/live of the serving process, a request and an answer of a few bytes.
"""

import contextlib
import subprocess

import load

ROUNDS = 7


@contextlib.contextmanager
def bare_responder(where):
    """The port of the listener alone; its process is stopped by its id."""
    process = subprocess.Popen([where.build / "bench" / "bare_responder"], stdout=subprocess.PIPE, text=True)
    try:
        yield int(process.stdout.readline().rsplit(":", 1)[1])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def measure(where):
    figures = []
    with load.serving(where, "identity") as server, bare_responder(where) as bare_port:
        health = load.get("/health/live")
        call = load.signed(server.admin_key, "GetCallerIdentity", service="sts")
        for connections in (1, 32):
            def requests(port, request, count=connections):
                return load.rate(load.run(where, port, request, connections=count, seconds=2))
            requests(server.port, call)
            call_rate, bare_rate, health_rate = load.interleaved(
                ROUNDS, lambda: requests(server.port, call), lambda: requests(bare_port, call),
                lambda: requests(server.port, health))
            what = f"signed GetCallerIdentity, {connections} connection{'s' if connections > 1 else ''}"
            figures += [
                {"what": f"{what}, against the listener alone with the same bytes", "target": "at least 0.5",
                 "met": call_rate / bare_rate >= 0.5,
                 "measured": f"{call_rate / bare_rate:.2f} ({call_rate:,.0f}/s against {bare_rate:,.0f}/s)"},
                {"what": f"{what}, against GET /health/live", "target": "at least 0.5",
                 "met": call_rate / health_rate >= 0.5,
                 "measured": f"{call_rate / health_rate:.2f} ({call_rate:,.0f}/s against {health_rate:,.0f}/s)"}]
    return figures
