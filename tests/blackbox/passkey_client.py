"""The API of passkeys (docs/passkeys.md): JSON over signed HTTP, which no SDK knows."""

import base64
import http.client
import json

import botocore.auth
import botocore.awsrequest
import botocore.credentials
import call_record


class PasskeyRefusal(Exception):
    """An answer that is not success."""

    def __init__(self, status, code, message):
        super().__init__(f"{status} {code}: {message}")
        self.status, self.code, self.message = status, code, message


BLOBS = {"Challenge", "UserHandle"}
BLOB_LISTS = {"ExcludeCredentials", "AllowCredentials"}


class PasskeyClient:
    """Calls operations as an Identity of conftest; bytes in requests are sent as base64, bytes in answers come back."""

    content_type = "application/x-amz-json-1.1"

    def __init__(self, identity):
        self.endpoint = identity.endpoint
        self.credentials = botocore.credentials.Credentials(*identity.key, identity.token)

    def raw(self, operation, body):
        request = botocore.awsrequest.AWSRequest(
            method="POST", url=self.endpoint + "/", data=body,
            headers={"Content-Type": self.content_type, "X-Amz-Target": f"WardkeepPasskeys.{operation}"})
        botocore.auth.SigV4Auth(self.credentials, "passkeys", "us-east-1").add_auth(request)
        connection = http.client.HTTPConnection(self.endpoint.removeprefix("http://"), timeout=30)
        try:
            connection.request("POST", "/", body=body, headers=dict(request.headers.items()))
            answer = connection.getresponse()
            call_record.note("passkeys", operation, answer.status)
            return answer.status, json.loads(answer.read() or b"{}")
        finally:
            connection.close()

    def call(self, operation, **members):
        shown = {k: base64.b64encode(v).decode() if isinstance(v, bytes) else v for k, v in members.items()}
        status, answer = self.raw(operation, json.dumps(shown).encode())
        if status != 200:
            raise PasskeyRefusal(status, answer["__type"], answer.get("message") or answer.get("Message"))
        for member, value in answer.items():
            if member in BLOBS:
                answer[member] = base64.b64decode(value)
            elif member in BLOB_LISTS:
                answer[member] = [base64.b64decode(each) for each in value]
        return answer

    def register(self, authenticator, device_name="key", **more):
        """Both halves of a registration; returns the serial number."""
        whose = {k: v for k, v in more.items() if k == "UserName"}
        options = self.call("BeginPasskeyRegistration", **whose)
        made = authenticator.register(options["Challenge"])
        return self.call("FinishPasskeyRegistration", DeviceName=device_name, **made, **whose)["SerialNumber"]

    def assertion(self, authenticator, **more):
        """Both halves of an assertion; returns the answer with the credentials."""
        options = self.call("BeginPasskeyAssertion")
        return self.call("FinishPasskeyAssertion", **authenticator.answer(options["Challenge"]), **more)
