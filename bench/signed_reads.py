"""Signed GetCallerIdentity against the bare responder of the same listener, in one process."""

import load

ROUNDS = 7


def measure(where):
    figures = []
    with load.serving(where, "identity") as server:
        bare = load.get("/health/live")
        call = load.signed(server.admin_key, "GetCallerIdentity", service="sts")
        for connections in (1, 32):
            def requests(request, count=connections):
                return load.rate(load.run(where, server.port, request, connections=count, seconds=2))
            requests(call)
            bare_rate, call_rate = load.interleaved(ROUNDS, lambda: requests(bare), lambda: requests(call))
            ratio = call_rate / bare_rate
            figures.append({
                "what": f"signed GetCallerIdentity, {connections} connections, against the bare responder",
                "target": "at least 0.5", "met": ratio >= 0.5,
                "measured": f"{ratio:.2f} ({call_rate:,.0f}/s against {bare_rate:,.0f}/s)"})
    return figures
