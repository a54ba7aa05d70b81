"""A moto server as it comes: threaded, in memory; stopped by its process id."""

import contextlib
import socket
import subprocess
import time

KEY = ("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process, seconds=60):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("moto ended at once")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise RuntimeError("moto did not start")


@contextlib.contextmanager
def serving(where):
    port = free_port()
    with open(where.folder / "moto.log", "wb") as log:
        process = subprocess.Popen([where.moto, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log)
        try:
            wait_for(port, process)
            yield port
        finally:
            process.kill()
            process.wait()
