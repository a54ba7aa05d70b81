#!/usr/bin/env python3
"""Many clients change the same few entities at once, and the server is told to stop in the middle of it.

    tests/stress/contention.py --binary build/tsan/wardkeep [--seconds 5] [--clients 8] [--seed N]

Made for a ThreadSanitizer build, which reports races on the way (tools/sanitize.sh); it holds the server to four things
itself: nothing but the expected answers comes back, SIGTERM with requests in flight ends with status 0, requests were in
flight, and the account is whole afterwards. Runs twice: over the memory backend, and over a data folder with the administration socket in use.
"""

import argparse
import collections
import http.client
import json
import pathlib
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "blackbox"))

from account_invariants import problems_of  # noqa: E402
from signed_request import Connection, form, sign  # noqa: E402
from wardkeep_server import ACCOUNT_ID, ADMIN_KEY, EndedBadly, WardkeepServer, default_binary  # noqa: E402

ARN = f"arn:aws:iam::{ACCOUNT_ID}"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"AWS": f"{ARN}:root"}, "Action": "sts:AssumeRole"}})
ALLOW_IAM = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess"

# (action, parameters, service): every client draws from these, so that all of them meet on the same names.
OPERATIONS = [
    *[("CreateUser", {"UserName": f"u{i}"}, "iam") for i in range(2)],
    *[("DeleteUser", {"UserName": f"u{i}"}, "iam") for i in range(2)],
    *[("GetUser", {"UserName": f"u{i}"}, "iam") for i in range(2)],
    ("UpdateUser", {"UserName": "u0", "NewUserName": "u1"}, "iam"),
    ("TagUser", {"UserName": "u0", "Tags.member.1.Key": "k", "Tags.member.1.Value": "v"}, "iam"),
    ("PutUserPolicy", {"UserName": "u0", "PolicyName": "p", "PolicyDocument": ALLOW_IAM}, "iam"),
    ("DeleteUserPolicy", {"UserName": "u0", "PolicyName": "p"}, "iam"),
    ("CreateGroup", {"GroupName": "g"}, "iam"),
    ("DeleteGroup", {"GroupName": "g"}, "iam"),
    ("AddUserToGroup", {"UserName": "u0", "GroupName": "g"}, "iam"),
    ("RemoveUserFromGroup", {"UserName": "u0", "GroupName": "g"}, "iam"),
    *[("CreateRole", {"RoleName": f"r{i}", "AssumeRolePolicyDocument": TRUST}, "iam") for i in range(2)],
    ("DeleteRole", {"RoleName": "r0"}, "iam"),
    ("PutRolePolicy", {"RoleName": "r0", "PolicyName": "p", "PolicyDocument": ALLOW_IAM}, "iam"),
    ("DeleteRolePolicy", {"RoleName": "r0", "PolicyName": "p"}, "iam"),
    ("AttachRolePolicy", {"RoleName": "r1", "PolicyArn": READ_ONLY}, "iam"),
    ("DetachRolePolicy", {"RoleName": "r1", "PolicyArn": READ_ONLY}, "iam"),
    *[("AssumeRole", {"RoleArn": f"{ARN}:role/r{i}", "RoleSessionName": "session"}, "sts") for i in (0, 1, 1)],
    ("AssumeRole", {"RoleArn": f"{ARN}:role/r1", "RoleSessionName": "session", "Policy": ALLOW_IAM}, "sts"),
    ("CreatePolicy", {"PolicyName": "m", "PolicyDocument": ALLOW_IAM}, "iam"),
    ("CreatePolicyVersion", {"PolicyArn": f"{ARN}:policy/m", "PolicyDocument": ALLOW_IAM, "SetAsDefault": "true"}, "iam"),
    ("DeletePolicyVersion", {"PolicyArn": f"{ARN}:policy/m", "VersionId": "v1"}, "iam"),
    ("AttachUserPolicy", {"UserName": "u0", "PolicyArn": f"{ARN}:policy/m"}, "iam"),
    ("DetachUserPolicy", {"UserName": "u0", "PolicyArn": f"{ARN}:policy/m"}, "iam"),
    ("DeletePolicy", {"PolicyArn": f"{ARN}:policy/m"}, "iam"),
    ("CreateAccessKey", {"UserName": "u0"}, "iam"),
    ("CreateAccessKey", {"UserName": "u0"}, "iam"),
    ("CreateAccountAlias", {"AccountAlias": "contended"}, "iam"),
    ("DeleteAccountAlias", {"AccountAlias": "contended"}, "iam"),
    ("CreateInstanceProfile", {"InstanceProfileName": "i"}, "iam"),
    ("AddRoleToInstanceProfile", {"InstanceProfileName": "i", "RoleName": "r1"}, "iam"),
    ("RemoveRoleFromInstanceProfile", {"InstanceProfileName": "i", "RoleName": "r1"}, "iam"),
    ("DeleteInstanceProfile", {"InstanceProfileName": "i"}, "iam"),
    ("PutUserPermissionsBoundary", {"UserName": "u0", "PermissionsBoundary": f"{ARN}:policy/m"}, "iam"),
    ("DeleteUserPermissionsBoundary", {"UserName": "u0"}, "iam"),
    ("CreateLoginProfile", {"UserName": "u0", "Password": "Correct-Horse-7"}, "iam"),
    ("DeleteLoginProfile", {"UserName": "u0"}, "iam"),
    ("UpdateAccountPasswordPolicy", {"MinimumPasswordLength": "8"}, "iam"),
    ("DeleteAccountPasswordPolicy", {}, "iam"),
    ("CreateVirtualMFADevice", {"VirtualMFADeviceName": "d"}, "iam"),
    ("DeleteVirtualMFADevice", {"SerialNumber": f"{ARN}:mfa/d"}, "iam"),
    ("CreateOpenIDConnectProvider", {"Url": "https://o.example.com", "ThumbprintList.member.1": "a" * 40}, "iam"),
    ("AddClientIDToOpenIDConnectProvider", {"OpenIDConnectProviderArn": f"{ARN}:oidc-provider/o.example.com", "ClientID": "c"}, "iam"),
    ("DeleteOpenIDConnectProvider", {"OpenIDConnectProviderArn": f"{ARN}:oidc-provider/o.example.com"}, "iam"),
    ("CreateServiceSpecificCredential", {"UserName": "u0", "ServiceName": "codecommit.amazonaws.com"}, "iam"),
    ("GenerateCredentialReport", {}, "iam"),
    ("GetCredentialReport", {}, "iam"),
    ("ListUsers", {}, "iam"),
    ("ListEntitiesForPolicy", {"PolicyArn": READ_ONLY}, "iam"),
    ("GetAccountSummary", {}, "iam"),
    ("GetAccountAuthorizationDetails", {}, "iam"),
    ("GetCallerIdentity", {}, "sts"),
    ("GetSessionToken", {}, "sts"),
]
# What clients that get in each other's way may be told, and InvalidAction where this binary has no such operation.
EXPECTED = {None, "NoSuchEntity", "EntityAlreadyExists", "DeleteConflict", "LimitExceeded", "AccessDenied", "Throttling",
            "InvalidClientTokenId", "ExpiredToken", "UnmodifiableEntity", "ReportNotPresent", "ReportInProgress",
            "InvalidAction", "EntityTemporarilyUnmodifiable"}
CUT_OFF = (OSError, http.client.HTTPException)  # what a client sees when the server stops


class Client:
    """One keep-alive connection of the administrator, and now and then one with credentials that others may revoke."""

    def __init__(self, endpoint, metrics_endpoint, rng, shared_keys):
        self.metrics_endpoint = metrics_endpoint
        self.endpoint, self.rng, self.shared_keys = endpoint, rng, shared_keys
        self.outcomes = collections.Counter()
        self.problem = None
        self.cut_off = False

    def run(self, stop):
        connection = Connection(self.endpoint, ADMIN_KEY, timeout=60)
        try:
            while not stop.is_set():
                self.rng.choices([self._call, self._as_somebody, self._delete_key, self._hang_up, self._metrics],
                                 weights=[30, 4, 2, 1, 1])[0](connection)
        except CUT_OFF:
            self.cut_off = True
        except Exception as error:  # pylint: disable=broad-except
            self.problem = repr(error)
        finally:
            connection.close()

    def _note(self, action, answer):
        self.outcomes[answer.code if answer.status != 200 else None] += 1
        if answer.status >= 500 or (answer.status != 200 and answer.code not in EXPECTED):
            self.problem = f"{action}: {answer}"

    def _call(self, connection):
        action, parameters, service = self.rng.choice(OPERATIONS)
        answer = connection.call(action, parameters, service=service)
        self._note(action, answer)
        if answer.status == 200 and action in ("CreateAccessKey", "AssumeRole"):
            parts = {name: answer.text.split(f"<{name}>", 1)[1].split("<", 1)[0] for name in ("AccessKeyId", "SecretAccessKey")}
            token = answer.text.split("<SessionToken>", 1)[1].split("<", 1)[0] if "<SessionToken>" in answer.text else None
            self.shared_keys.append((parts["AccessKeyId"], parts["SecretAccessKey"], token))

    def _as_somebody(self, _):
        """A call with credentials that some client obtained, whether or not they still hold."""
        if not self.shared_keys:
            return
        key_id, secret, token = self.rng.choice(list(self.shared_keys))
        connection = Connection(self.endpoint, (key_id, secret), token=token, timeout=60)
        for action in ("ListUsers", "ListRoles"):
            self._note(action, connection.call(action))
        connection.close()

    def _delete_key(self, connection):
        long_term = [key for key in list(self.shared_keys) if key[2] is None]
        if long_term:
            key = self.rng.choice(long_term)
            self._note("DeleteAccessKey", connection.call("DeleteAccessKey", {"UserName": "u0", "AccessKeyId": key[0]}))

    def _hang_up(self, _):
        """Sends a write and goes away without waiting for its answer."""
        host = urllib.parse.urlsplit(self.endpoint).netloc
        body = form("TagUser", {"UserName": "u1", "Tags.member.1.Key": "k", "Tags.member.1.Value": "w"})
        head = {**sign(ADMIN_KEY, body, host), "content-length": len(body)}
        text = "POST / HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in head.items()) + "\r\n" + body
        address, port = host.rsplit(":", 1)
        with socket.create_connection((address, int(port)), timeout=60) as peer:
            peer.sendall(text.encode())

    def _metrics(self, _):
        with urllib.request.urlopen(self.metrics_endpoint + "/metrics", timeout=60) as answer:
            if answer.status != 200:
                self.problem = f"/metrics: {answer.status}"


def administer(binary, data):
    """Makes accounts through the administration socket, while the clients work."""
    for number in range(3):
        for command in (["create", "--name", f"n{number}", "--email", f"n{number}@example.com"], ["list"]):
            done = subprocess.run([binary, "account", *command, "--data", str(data)], capture_output=True, text=True,
                                  timeout=60, check=False)
            assert done.returncode == 0, f"account {command[0]}: {done.stdout}{done.stderr}"


def check_whole(binary, data):
    """Starts again over the folder: nothing the clients did to each other left the account broken."""
    with WardkeepServer(binary, data=data, start_timeout=60) as server:
        problems = problems_of(Connection(server.endpoint, ADMIN_KEY, timeout=60), data)
        assert not problems, "\n".join(problems)


def contend(arguments, seed, data):
    """One server, loaded and stopped; returns a line about it, or raises AssertionError."""
    stop, shared_keys = threading.Event(), collections.deque(maxlen=32)
    with WardkeepServer(arguments.binary, data=data, start_timeout=60, arguments=["--threads", "4"]) as server:
        clients = [Client(server.endpoint, server.metrics_endpoint, random.Random(f"{seed}-{i}"), shared_keys) for i in range(arguments.clients)]
        threads = [threading.Thread(target=client.run, args=(stop,), daemon=True) for client in clients]
        for thread in threads:
            thread.start()
        began = time.monotonic()
        if data:
            administer(arguments.binary, data)
        time.sleep(max(0.0, arguments.seconds - (time.monotonic() - began)))
        working = sum(thread.is_alive() for thread in threads)
        server.process.terminate()  # the clients go on until their connections end
        server.process.wait(timeout=60)
        stop.set()
        for thread in threads:
            thread.join(timeout=60)
    if data:
        check_whole(arguments.binary, data)
    problems = [client.problem for client in clients if client.problem]
    assert not problems, "\n".join(problems)
    assert working == len(clients) and all(client.cut_off for client in clients), "a client had ended before the server"
    outcomes = sum((client.outcomes for client in clients), collections.Counter())
    assert outcomes[None] > 100, f"too little was done: {outcomes}"
    return ", ".join(f"{count} {code or 'done'}" for code, count in outcomes.most_common())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=default_binary())
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"contention: seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="wardkeep-contention-") as folder:
        for backend, data in (("memory", None), ("sqlite", pathlib.Path(folder) / "data")):
            try:
                print(f"contention, {backend}: {contend(arguments, seed, data)}", flush=True)
            except (AssertionError, EndedBadly) as failed:
                sys.exit(f"contention, {backend}, FAILED (seed {seed}): {failed}")


if __name__ == "__main__":
    main()
