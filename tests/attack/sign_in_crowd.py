"""A crowd that signs in from as many addresses as it likes, through a proxy that the server trusts."""

import http.client
import json
import threading
import time

PROXIES = ["--trusted-proxies", "127.0.0.0/8"]
CROWDS = {
    "256 networks": [f"2001:db8:{i:x}:1::1" for i in range(256)],
    "40 addresses": [f"198.51.100.{i + 1}" for i in range(40)],
}


def attempt(server, body, address, cookie=None):
    """(status, JSON, all Set-Cookie headers) of one POST /signin from the address."""
    headers = {"Content-Type": "application/json", "X-Forwarded-For": address}
    if cookie:
        headers["Cookie"] = cookie
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request("POST", "/signin", body=json.dumps(body), headers=headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read()), answer.headers.get_all("Set-Cookie") or []
    finally:
        connection.close()


def device_cookie(set_cookies):
    return next(text.split(";")[0] for text in set_cookies if text.startswith("wardkeep-device-"))


class Crowd:
    """Sends wrong passwords at a rate until it is stopped; `statuses` counts the answers."""

    def __init__(self, server, addresses, body_of, rate=100, connections=96):
        self.server, self.addresses, self.body_of = server, addresses, body_of
        self.statuses = {}
        self._interval = connections / rate
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._sent = 0
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(connections)]

    def _next(self):
        with self._lock:
            self._sent += 1
            return self._sent

    def _run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        due = time.monotonic()
        while not self._stop.is_set():
            number = self._next()
            headers = {"Content-Type": "application/json",
                       "X-Forwarded-For": self.addresses[number % len(self.addresses)]}
            connection.request("POST", "/signin", body=json.dumps(self.body_of(number)), headers=headers)
            answer = connection.getresponse()
            answer.read()
            with self._lock:
                self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
            due = max(due + self._interval, time.monotonic() - 1)
            self._stop.wait(max(0, due - time.monotonic()))
        connection.close()

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()
