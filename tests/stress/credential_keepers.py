"""What the kill loop changes beside the account model: things that are proved by using them, not by reading them back.

Each keeper has one user, works until the server goes away, and after the next start holds the server to what it
acknowledged: a key signs or does not, a password opens or does not, a counter does not go back.
"""

import base64
import http.client
import json
import pathlib
import random
import sys
import time
import types
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))

from one_time_codes import code_at  # noqa: E402
from passkey_client import PasskeyClient, PasskeyRefusal  # noqa: E402
from signed_request import Connection  # noqa: E402
from soft_authenticator import SoftAuthenticator  # noqa: E402
from wardkeep_server import ACCOUNT_ID, ADMIN_KEY  # noqa: E402

CUT_OFF = (OSError, http.client.HTTPException)  # what a client sees when the server dies
BUSY = ("Throttling", "ServiceUnavailable", "RequestLimitExceeded")
ALLOW_ALL = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Sid": "n0", "Effect": "Allow", "Action": "*", "Resource": "*"}]})


class Disagreement(Exception):
    """The server's state is not what it acknowledged, or an answer was wrong."""


def expect(answer, what):
    """The answer, if it is success."""
    if answer.status != 200:
        raise Disagreement(f"{what}: {answer}")
    return answer


def text_of(answer, element):
    return answer.text.split(f"<{element}>", 1)[1].split("<", 1)[0]


def all_of(answer, element):
    return [part.split("<", 1)[0] for part in answer.text.split(f"<{element}>")[1:]]


class Keeper:
    """Repeats `_step` until the server goes away. `pending` is the request whose answer has not come."""

    USER, KEEPS = "", ""

    def __init__(self, seed):
        self.rng = random.Random(seed)
        self.problem = self.pending = self.own_key = None
        self.kept = 0

    def prepare(self, endpoint):
        """Once, on the first server: the user, who may do everything, and its access key."""
        admin = Connection(endpoint, ADMIN_KEY)
        expect(admin.call("CreateUser", {"UserName": self.USER}), "CreateUser")
        expect(admin.call("PutUserPolicy", {"UserName": self.USER, "PolicyName": "all", "PolicyDocument": ALLOW_ALL}), "PutUserPolicy")
        made = expect(admin.call("CreateAccessKey", {"UserName": self.USER}), "CreateAccessKey")
        self.own_key = (text_of(made, "AccessKeyId"), text_of(made, "SecretAccessKey"))
        admin.close()

    def run(self, endpoint, stop):
        connection = Connection(endpoint, ADMIN_KEY)
        try:
            while not stop.is_set():
                self._step(connection, endpoint)
        except CUT_OFF:
            pass
        except Exception as error:  # pylint: disable=broad-except
            self.problem = repr(error)
        finally:
            connection.close()

    def _step(self, connection, endpoint):
        raise NotImplementedError

    def check(self, endpoint):
        """Raises Disagreement unless all that was acknowledged holds; afterwards nothing is pending."""
        connection = Connection(endpoint, ADMIN_KEY)
        try:
            self._check(connection, endpoint)
        finally:
            connection.close()
        self.pending = None

    def _check(self, connection, endpoint):
        raise NotImplementedError


class KeyKeeper(Keeper):
    """Makes and removes access keys, remembering which must work and which must not."""

    USER, KEEPS = "keeper", "access keys"

    def __init__(self, seed):
        super().__init__(seed)
        self.alive, self.dead = {}, {}

    def prepare(self, endpoint):
        connection = Connection(endpoint, ADMIN_KEY)
        expect(connection.call("CreateUser", {"UserName": self.USER}), "CreateUser")
        connection.close()

    def _step(self, connection, endpoint):
        ids = all_of(connection.call("ListAccessKeys", {"UserName": self.USER}), "AccessKeyId")
        if len(ids) == 2:
            self.pending = ids[0]
            expect(connection.call("DeleteAccessKey", {"UserName": self.USER, "AccessKeyId": ids[0]}), "DeleteAccessKey")
            self.pending = None
            if ids[0] in self.alive:  # keys whose making was cut off have a secret nobody knows
                self.dead[ids[0]] = self.alive.pop(ids[0])
        made = expect(connection.call("CreateAccessKey", {"UserName": self.USER}), "CreateAccessKey")
        self.alive[text_of(made, "AccessKeyId")] = text_of(made, "SecretAccessKey")
        self.kept += 1

    def _check(self, connection, endpoint):
        for key_id, secret in list(self.alive.items()):
            works = self._signs(endpoint, key_id, secret)
            if key_id == self.pending:
                if not works:
                    self.dead[key_id] = self.alive.pop(key_id)
            elif not works:
                raise Disagreement(f"the acknowledged key {key_id} does not sign")
        for key_id, secret in list(self.dead.items())[-3:]:
            if self._signs(endpoint, key_id, secret):
                raise Disagreement(f"the removed key {key_id} still signs")

    @staticmethod
    def _signs(endpoint, key_id, secret):
        connection = Connection(endpoint, (key_id, secret))
        answer = connection.call("GetCallerIdentity", service="sts")
        connection.close()
        return answer.status == 200


class PasswordKeeper(Keeper):
    """Changes its password and signs out: the newest password opens, the one before does not, what was signed out stays out."""

    USER, KEEPS = "signer", "passwords and sign-outs"

    def __init__(self, seed):
        super().__init__(seed)
        self.password, self.before, self.ended, self.count = "Tide-Lantern-2042", None, None, 0

    def prepare(self, endpoint):
        super().prepare(endpoint)
        connection = Connection(endpoint, ADMIN_KEY)
        expect(connection.call("CreateLoginProfile", {"UserName": self.USER, "Password": self.password}), "CreateLoginProfile")
        connection.close()

    def _step(self, connection, endpoint):
        if self.rng.random() < 0.3:
            return self._sign_out(endpoint)
        own = Connection(endpoint, self.own_key)
        self.count += 1
        self.pending = f"Harbour-Compass-{self.count}"
        answer = own.call("ChangePassword", {"OldPassword": self.password, "NewPassword": self.pending})
        own.close()
        if answer.code not in BUSY:
            expect(answer, "ChangePassword")
            self.before, self.password = self.password, self.pending
            self.kept += 1
        self.pending = None

    def _sign_out(self, endpoint):
        status, cookie = self._post(endpoint, "/signin", {"account": ACCOUNT_ID, "user": self.USER, "password": self.password})
        if status == 503:
            return
        if status != 200 or self._post(endpoint, "/signout", {}, cookie)[0] != 200:
            raise Disagreement(f"sign-in and sign-out of {self.USER}: {status}")
        self.ended = cookie
        self.kept += 1

    @staticmethod
    def _post(endpoint, path, body, cookie=None, method="POST"):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(endpoint).netloc, timeout=20)
        try:
            headers = {"Content-Type": "application/json", **({"Cookie": cookie} if cookie else {})}
            connection.request(method, path, body=json.dumps(body) if method == "POST" else None, headers=headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, (answer.headers.get("Set-Cookie") or "").split(";")[0]
        finally:
            connection.close()

    def _opens(self, endpoint, password):
        body = {"account": ACCOUNT_ID, "user": self.USER, "password": password}
        return self._post(endpoint, "/signin", body)[0] == 200

    def _check(self, connection, endpoint):
        if not self._opens(endpoint, self.password):
            if self.pending is None or not self._opens(endpoint, self.pending):
                raise Disagreement(f"neither the acknowledged password {self.password} opens nor the pending one {self.pending}")
            self.before, self.password = self.password, self.pending
        if self.before and self._opens(endpoint, self.before):
            raise Disagreement(f"the replaced password {self.before} still opens")
        if self.ended and self._post(endpoint, "/signin/session", None, self.ended, "GET")[0] != 401:
            raise Disagreement("a session that was signed out is alive")


class PasskeyKeeper(Keeper):
    """Enrols and removes a passkey and signs with it; its counter must never be accepted twice."""

    USER, KEEPS = "passkeyed", "passkeys and assertions"

    def __init__(self, seed):
        super().__init__(seed)
        self.authenticator = self.serial = None

    def _client(self, endpoint):
        return PasskeyClient(types.SimpleNamespace(endpoint=endpoint, key=self.own_key, token=None))

    def _step(self, connection, endpoint):
        if self.authenticator is None:
            self.pending = SoftAuthenticator()
            self.serial = self._client(endpoint).register(self.pending)
            self.authenticator = self.pending
        elif self.rng.random() < 0.5:
            self.pending = "assertion"
            self._client(endpoint).assertion(self.authenticator)
        else:
            self.pending = "removal"
            expect(connection.call("DeactivateMFADevice", {"UserName": self.USER, "SerialNumber": self.serial}), "DeactivateMFADevice")
            self.authenticator = None
        self.pending = None
        self.kept += 1

    def _check(self, connection, endpoint):
        listed = all_of(expect(connection.call("ListMFADevices", {"UserName": self.USER}), "ListMFADevices"), "SerialNumber")
        if isinstance(self.pending, SoftAuthenticator) and self.authenticator is None and len(listed) == 1:
            self.authenticator, self.serial = self.pending, listed[0]
        if self.pending == "removal" and not listed:
            self.authenticator = None
        if listed != ([self.serial] if self.authenticator else []):
            raise Disagreement(f"passkeys {listed}, expected {self.serial if self.authenticator else 'none'}; pending {self.pending}")
        if self.authenticator is None:
            return
        if self.pending != "assertion" and self._asserts(endpoint, -1):
            raise Disagreement("a signature counter was accepted twice")
        if not self._asserts(endpoint, +1):
            raise Disagreement("an acknowledged passkey does not sign")

    def _asserts(self, endpoint, shift):
        """Whether an answer is taken whose counter is that of the last one (-1) or beyond it."""
        self.authenticator.counter += shift
        try:
            self._client(endpoint).assertion(self.authenticator)
            return True
        except PasskeyRefusal:
            return False


class CodeKeeper(Keeper):
    """Takes virtual MFA devices through their life; a code that was used stays used."""

    USER, KEEPS = "coded", "steps of virtual MFA devices"
    STEPS = ("CreateVirtualMFADevice", "EnableMFADevice", "GetSessionToken", "DeactivateMFADevice", "DeleteVirtualMFADevice")

    def __init__(self, seed):
        super().__init__(seed)
        self.count = self.done = 0  # steps that were answered of the device at hand
        self.seed_text = self.spent = None

    @property
    def _serial(self):
        return f"arn:aws:iam::{ACCOUNT_ID}:mfa/coded-{self.count}"

    def _step(self, connection, endpoint):
        action = self.STEPS[self.done]
        self.pending = action
        answer = getattr(self, f"_{action}")(connection, endpoint)
        expect(answer, action)
        if action == "CreateVirtualMFADevice":
            self.seed_text = text_of(answer, "Base32StringSeed")
        self.pending = None
        self.kept += 1
        self.done += 1
        if self.done == len(self.STEPS):
            self._begin_anew()

    def _begin_anew(self):
        self.done, self.spent = 0, None
        self.count += 1

    def _CreateVirtualMFADevice(self, connection, _):
        answer = connection.call("CreateVirtualMFADevice", {"VirtualMFADeviceName": f"coded-{self.count}"})
        if answer.status == 200:
            answer.text = answer.text.replace(text_of(answer, "Base32StringSeed"),
                                              base64.b64decode(text_of(answer, "Base32StringSeed")).decode())
        return answer

    def _EnableMFADevice(self, connection, _):
        step = int(time.time()) // 30
        codes = {f"AuthenticationCode{2 - back}": code_at(self.seed_text, step - back) for back in (0, 1)}
        return connection.call("EnableMFADevice", {"UserName": self.USER, "SerialNumber": self._serial, **codes})

    def _GetSessionToken(self, _, endpoint):
        own = Connection(endpoint, self.own_key)
        self.spent = code_at(self.seed_text, int(time.time()) // 30 + 1)
        answer = own.call("GetSessionToken", {"SerialNumber": self._serial, "TokenCode": self.spent}, service="sts")
        own.close()
        return answer

    def _DeactivateMFADevice(self, connection, _):
        return connection.call("DeactivateMFADevice", {"UserName": self.USER, "SerialNumber": self._serial})

    def _DeleteVirtualMFADevice(self, connection, _):
        return connection.call("DeleteVirtualMFADevice", {"SerialNumber": self._serial})

    def _check(self, connection, endpoint):
        there = self._serial in all_of(connection.call("ListVirtualMFADevices", {"MaxItems": "1000"}), "SerialNumber")
        enabled = self._serial in all_of(connection.call("ListMFADevices", {"UserName": self.USER}), "SerialNumber")
        states = [(False, False), (True, False), (True, True), (True, True), (True, False), (False, False)]
        possible = {states[self.done], states[self.done + (self.pending is not None)]}
        if (there, enabled) not in possible:
            raise Disagreement(f"{self._serial}: there {there}, enabled {enabled}, after {self.done} steps; pending {self.pending}")
        if self.done == 3 and self.pending is None:
            own = Connection(endpoint, self.own_key)
            again = own.call("GetSessionToken", {"SerialNumber": self._serial, "TokenCode": self.spent}, service="sts")
            own.close()
            if again.status == 200:
                raise Disagreement("a code was accepted twice")
        if self.pending is not None:  # nobody may know the seed of this one
            if enabled:
                expect(self._DeactivateMFADevice(connection, endpoint), "DeactivateMFADevice")
            if there:
                expect(self._DeleteVirtualMFADevice(connection, endpoint), "DeleteVirtualMFADevice")
            self._begin_anew()


class DelegationKeeper(Keeper):
    """Takes delegation requests from state to state."""

    USER, KEEPS = "delegator", "steps of delegation requests"
    MOST = 300  # of the 500 that an account may have
    NEXT = {"UNASSIGNED": [("AssociateDelegationRequest", "ASSIGNED")],
            "ASSIGNED": [("AcceptDelegationRequest", "ACCEPTED"), ("UpdateDelegationRequest", "PENDING_APPROVAL"),
                         ("RejectDelegationRequest", "REJECTED")],
            "PENDING_APPROVAL": [("AcceptDelegationRequest", "ACCEPTED"), ("RejectDelegationRequest", "REJECTED")],
            "ACCEPTED": [("SendDelegationToken", "FINALIZED"), ("RejectDelegationRequest", "REJECTED")]}

    def __init__(self, seed):
        super().__init__(seed)
        self.states, self.count, self.template = {}, 0, None

    def prepare(self, endpoint):
        super().prepare(endpoint)
        connection = Connection(endpoint, ADMIN_KEY)
        made = connection.call("CreatePolicy", {"PolicyName": "delegator-template", "PolicyDocument": ALLOW_ALL})
        self.template = text_of(expect(made, "CreatePolicy"), "Arn")
        connection.close()

    def _step(self, connection, endpoint):
        current = next(reversed(self.states), None)
        ways = self.NEXT.get(self.states.get(current), [])
        if not ways:
            return self._create(connection)
        action, state = self.rng.choice(ways)
        self.pending = (current, state)
        expect(connection.call(action, {"DelegationRequestId": current}), action)
        self.states[current] = state
        self.pending = None
        self.kept += 1

    def _create(self, connection):
        if self.count >= self.MOST:
            time.sleep(0.05)
            return
        self.count += 1
        made = connection.call("CreateDelegationRequest", {
            "Description": "look", "RequestorWorkflowId": f"workflow-{self.count}", "SessionDuration": "900",
            "NotificationChannel": f"arn:aws:sns:us-east-1:{ACCOUNT_ID}:requests", "Permissions.PolicyTemplateArn": self.template})
        self.states[text_of(expect(made, "CreateDelegationRequest"), "DelegationRequestId")] = "UNASSIGNED"
        self.kept += 1

    def _check(self, connection, endpoint):
        for request in list(self.states)[-5:]:
            answer = connection.call("GetDelegationRequest", {"DelegationRequestId": request})
            state = text_of(expect(answer, "GetDelegationRequest"), "State")
            if state != self.states[request] and (request, state) != self.pending:
                raise Disagreement(f"delegation request {request} is {state}, acknowledged {self.states[request]}, pending {self.pending}")
            self.states[request] = state


KEEPERS = (KeyKeeper, PasswordKeeper, PasskeyKeeper, CodeKeeper, DelegationKeeper)
