"""A `wardkeep serve` process under test: started on a free loopback port, stopped by its process id.

Used by the black-box tests and by the kill loop. The process ends with this one: it is asked to stop on close(), and
killed when it does not.
"""

import base64
import os
import queue
import re
import subprocess
import threading
import time
import urllib.request

ACCOUNT_ID = "123456789012"
METRICS = re.compile(r'"metrics are served".*?"port":(\d+)')
READY = re.compile(r"^ready (http://\S+) account (\d{12})$")


def access_key_id(account_id, seed, prefix="AKIA"):
    """An access key id of AWS's form that carries its account (sigv4.md section 5)."""
    number = (1 << 47) | (int(account_id) << 7) | (seed & 0x7F)
    body = number.to_bytes(6, "big") + (seed * 2654435761 % (1 << 32)).to_bytes(4, "big")
    return prefix + base64.b32encode(body).decode()


ADMIN_KEY = (access_key_id(ACCOUNT_ID, 1), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYADMINKEY00")
ROOT_KEY = (access_key_id(ACCOUNT_ID, 2), "wJalrXUtnFEMI/K7MDENG/bPxRfiCYROOTKEY000")


class StartFailed(Exception):
    """The process ended, or said nothing, instead of printing its ready line."""


class EndedBadly(Exception):
    """The process ended by itself, or with another status than 0 when it was asked to."""


class WardkeepServer:
    """One server process; a context manager."""

    def __init__(self, binary, *, data=None, arguments=(), start_timeout=15.0, listen="127.0.0.1:0", wait=True,
                 bootstrap=True, root_key=True):
        command = [str(binary), "serve", "--listen", listen, "--metrics-listen", "127.0.0.1:0"]
        if bootstrap:
            command += ["--account-id", ACCOUNT_ID, "--bootstrap-access-key", ":".join(ADMIN_KEY)]
        if bootstrap and root_key:
            command += ["--bootstrap-root-access-key", ":".join(ROOT_KEY)]
        command += ["--data", str(data)] if data else ["--memory"]
        self.binary = str(binary)
        self.data = data
        self.account_id = ACCOUNT_ID
        self.admin_key = ADMIN_KEY
        self.root_key = ROOT_KEY
        self.endpoint = None
        self._metrics_endpoint = None
        self.output = []
        self._killed = False
        self._lines = queue.Queue()
        self.process = subprocess.Popen(command + list(arguments), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        stdin=subprocess.DEVNULL, text=True, errors="replace")
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if wait:
            self.await_ready(start_timeout)

    def _read(self):
        for line in self.process.stdout:
            self.output.append(line.rstrip("\n"))
            served = METRICS.search(line) if self._metrics_endpoint is None else None
            if served:
                self._metrics_endpoint = f"http://127.0.0.1:{served[1]}"
            del self.output[:-2000]
            if self.endpoint is None:
                self._lines.put(line.rstrip("\n"))
        self._lines.put(None)

    def await_ready(self, timeout):
        """Returns once the ready line was read; raises StartFailed otherwise."""
        deadline = time.monotonic() + timeout
        while True:
            try:
                line = self._lines.get(timeout=max(0.01, deadline - time.monotonic()))
            except queue.Empty:
                line = ""
            ready = READY.match(line or "")
            if ready:
                self.endpoint, self.account_id = ready[1], ready[2]
                return
            if line is None or time.monotonic() > deadline:
                self.kill()
                raise StartFailed("\n".join(self.output) or "the server printed nothing")

    @property
    def port(self):
        return int(self.endpoint.rsplit(":", 1)[1])

    @property
    def metrics_endpoint(self):
        """Where /metrics is served. The log says it, and may do so a moment after the ready line."""
        deadline = time.monotonic() + 10
        while self._metrics_endpoint is None and time.monotonic() < deadline:
            time.sleep(0.01)
        return self._metrics_endpoint

    def metrics(self):
        """The text of GET /metrics, from the address that serves nothing else."""
        with urllib.request.urlopen(self.metrics_endpoint + "/metrics", timeout=10) as answer:
            return answer.read().decode()

    def kill(self):
        """SIGKILL, at once."""
        self._killed = True
        self.process.kill()
        self.process.wait()

    def close(self):
        """SIGTERM; returns the exit status, which is 0 unless kill() came first. Raises EndedBadly otherwise."""
        if self._killed:
            return self.process.returncode
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                self.kill()
        self._reader.join(timeout=5)
        if self.process.returncode != 0:
            said = "\n".join(line for line in self.output if not line.startswith("{"))
            raise EndedBadly(f"the server ended with status {self.process.returncode}:\n{said}")
        return 0

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.close()


def default_binary():
    """The release binary of this tree."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    return os.environ.get("WARDKEEP_BINARY", os.path.join(root, "build", "release", "wardkeep"))
