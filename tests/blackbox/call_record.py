"""Which test made which call, and with what success: what docs/compatibility.md names beside an operation is held to it.

conftest.py says which test runs; Identity.client and Connection.call report. With --record-calls FILE the run leaves a
JSON object {"test_file.py::test_name": {"service:Operation": successes, 0 when all were refused}} in FILE, each worker of pytest-xdist in one with
its name behind it; tools/operation_tests.py reads them.
"""

import collections
import json
import pathlib

_calls = collections.defaultdict(collections.Counter)
_running = ["none"]


def begin(test):
    """The calls that follow are this test's."""
    _running[0] = test


def note(service, operation, status):
    """One call and the HTTP status of its answer."""
    _calls[_running[0]][f"{service}:{operation}"] += status == 200


def watch(client):
    """Reports the calls of a boto3 client."""
    service = client.meta.service_model.service_name

    def after(http_response, model, **_):
        note(service, model.name, http_response.status_code)

    client.meta.events.register("after-call", after)
    return client


def write(path, worker=""):
    """Leaves this process's calls."""
    path = pathlib.Path(path + worker)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(_calls))
