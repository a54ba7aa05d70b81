"""Every operation of the models against every kind of bad input its model knows.

Generated from models/ when the tests are collected, for all operations: those the binary answers must refuse each
breach with AWS's exact code and text (expected_refusal.py), change nothing (account_digest.py) and keep the connection;
the others must answer as AWS answers an unknown operation. A new handler is picked up by itself. The second half holds
the other side of each border: what a model allows is not refused as malformed.
"""

import functools
import re
import subprocess

import pytest
from account_digest import digest
from api_model import body_of, operations, read_model
from breaches import Borders, Breaches
from certificates import certificate, openssh, private_key, saml_metadata
from documents import READ_BUCKET, trust
from expected_refusal import expected_refusal
from model_values import Values
from signed_request import Connection, form, sign
from wardkeep_server import ACCOUNT_ID, WardkeepServer, default_binary

TRUST_ACCOUNT = trust({"AWS": ACCOUNT_ID})
# Values by member name: with them a breach that slips through finds something to change.
STANDING_POLICY, REMOVABLE_POLICY = (f"arn:aws:iam::{ACCOUNT_ID}:policy/{name}" for name in ("standing", "removable"))
PROVIDER = f"arn:aws:iam::{ACCOUNT_ID}:oidc-provider/standing.example.com"
KNOWN = {
    "UserName": "standing", "GroupName": "standing", "RoleName": "standing", "InstanceProfileName": "standing",
    "PolicyName": "standing", "VersionId": "v1", "Status": "Inactive", "PolicyDocument": READ_BUCKET,
    "AssumeRolePolicyDocument": TRUST_ACCOUNT, "PolicyArn": STANDING_POLICY, "PermissionsBoundary": STANDING_POLICY,
    "RoleArn": f"arn:aws:iam::{ACCOUNT_ID}:role/standing", "PolicySourceArn": f"arn:aws:iam::{ACCOUNT_ID}:user/standing",
    "Arn": f"arn:aws:iam::{ACCOUNT_ID}:user/standing", "SerialNumber": f"arn:aws:iam::{ACCOUNT_ID}:mfa/standing",
    "VirtualMFADeviceName": "another", "OpenIDConnectProviderArn": PROVIDER, "ClientID": "standing", "Url": "https://new.example.com",
    "SAMLProviderArn": f"arn:aws:iam::{ACCOUNT_ID}:saml-provider/standing", "ServerCertificateName": "standing",
    "AWSServiceName": "ec2.amazonaws.com", "ServiceName": "codecommit.amazonaws.com", "Password": "Correct-Horse-7",
    "AccountAlias": "standing-alias",
}
# The same for one operation, where it differs.
KNOWN_TO = {
    "UpdateAssumeRolePolicy": {"PolicyDocument": TRUST_ACCOUNT}, "DeleteUser": {"UserName": "removable"},
    "DeleteGroup": {"GroupName": "removable"}, "DeleteRole": {"RoleName": "removable"}, "DeletePolicy": {"PolicyArn": REMOVABLE_POLICY},
    "DeleteInstanceProfile": {"InstanceProfileName": "removable"}, "UploadServerCertificate": {"ServerCertificateName": "another"},
    "AddRoleToInstanceProfile": {"InstanceProfileName": "removable"}, "AddUserToGroup": {"GroupName": "removable"},
    "CreateLoginProfile": {"UserName": "removable"}, "UploadSSHPublicKey": {"UserName": "removable"},
}
# Optional members without which the operation would speak of its caller or do nothing.
GIVEN = {"UserName", "Password", "ThumbprintList", "MaxSessionDuration", "NewUserName", "NewGroupName", "NewServerCertificateName"}
# Made once a run, and known by member name.
MATERIAL = {
    "CertificateBody": lambda: certificate(private_key()), "PrivateKey": private_key,
    "SSHPublicKeyBody": lambda: openssh(private_key()), "SAMLMetadataDocument": lambda: saml_metadata(certificate(private_key())),
}
OWNED = {"UserName": "standing"}
# What is there before the first breach, each only where the binary has the operation: operation, parameters, and the
# element of the answer that becomes a known value.
STANDING = [
    ("CreateUser", {**OWNED, "Tags.member.1.Key": "k", "Tags.member.1.Value": "v"}),
    ("CreateUser", {"UserName": "removable"}),
    ("CreateGroup", {"GroupName": "standing"}),
    ("CreateGroup", {"GroupName": "removable"}),
    ("AddUserToGroup", {**OWNED, "GroupName": "standing"}),
    ("CreateRole", {"RoleName": "standing", "AssumeRolePolicyDocument": TRUST_ACCOUNT}),
    ("CreateRole", {"RoleName": "removable", "AssumeRolePolicyDocument": TRUST_ACCOUNT}),
    ("CreatePolicy", {"PolicyName": "standing", "PolicyDocument": READ_BUCKET}),
    ("CreatePolicy", {"PolicyName": "removable", "PolicyDocument": READ_BUCKET}),
    ("CreatePolicyVersion", {"PolicyArn": STANDING_POLICY, "PolicyDocument": READ_BUCKET, "SetAsDefault": "true"}),
    ("CreateInstanceProfile", {"InstanceProfileName": "standing"}),
    ("CreateInstanceProfile", {"InstanceProfileName": "removable"}),
    ("AddRoleToInstanceProfile", {"InstanceProfileName": "standing", "RoleName": "standing"}),
    *[(f"{verb}{kind}Policy", {f"{kind}Name": "standing", **more}) for kind in ("User", "Group", "Role")
      for verb, more in (("Put", {"PolicyName": "standing", "PolicyDocument": READ_BUCKET}), ("Attach", {"PolicyArn": STANDING_POLICY}))],
    *[(f"Put{kind}PermissionsBoundary", {f"{kind}Name": "standing", "PermissionsBoundary": STANDING_POLICY}) for kind in ("User", "Role")],
    ("CreateAccessKey", OWNED, "AccessKeyId"),
    ("CreateAccountAlias", {"AccountAlias": "standing-alias"}),
    ("UpdateAccountPasswordPolicy", {"MinimumPasswordLength": "8"}),
    ("CreateLoginProfile", {**OWNED, "Password": "Correct-Horse-7"}),
    ("CreateVirtualMFADevice", {"VirtualMFADeviceName": "standing"}),
    ("CreateOpenIDConnectProvider", {"Url": "https://standing.example.com", "ThumbprintList.member.1": "a" * 40, "ClientIDList.member.1": "standing"}),
    ("CreateSAMLProvider", {"Name": "standing", "SAMLMetadataDocument": "SAMLMetadataDocument"}),
    ("UploadServerCertificate", {"ServerCertificateName": "standing", "CertificateBody": "CertificateBody", "PrivateKey": "PrivateKey"}),
    ("UploadSSHPublicKey", {**OWNED, "SSHPublicKeyBody": "SSHPublicKeyBody"}, "SSHPublicKeyId"),
    ("UploadSigningCertificate", {**OWNED, "CertificateBody": "CertificateBody"}, "CertificateId"),
    ("CreateServiceSpecificCredential", {**OWNED, "ServiceName": "codecommit.amazonaws.com"}, "ServiceSpecificCredentialId"),
]
UNUSED = {"CreateUser": "UserName", "CreateGroup": "GroupName", "CreateRole": "RoleName", "CreatePolicy": "PolicyName",
          "CreateInstanceProfile": "InstanceProfileName", "CreateAccountAlias": "AccountAlias"}
FAULTS = "http://webservices.amazon.com/AWSFault/2005-15-09"
# The model's own words about a value; a handler may ask for a member that the model lets be absent.
MODEL_REFUSAL = re.compile(r"validation errors? detected: (?!.*must not be null)|^The specified value for \w+ is invalid\. It must (?:contain only|begin)")


@functools.cache
def handled_operations(binary):
    """(service, operation) of what the binary answers."""
    done = subprocess.run([str(binary), "operations"], capture_output=True, text=True, timeout=30, check=True)
    return {tuple(line.split(":")) for line in done.stdout.split()}


def pytest_generate_tests(metafunc):
    """`handled` stands for (service, operation) of everything the binary says it answers."""
    if "handled" in metafunc.fixturenames:
        known = handled_operations(metafunc.config.getoption("--binary") or default_binary())
        metafunc.parametrize("handled", [row for row in operations() if row in known], ids="-".join)


class Stage:
    """One server with its standing account and one connection to it."""

    def __init__(self, server):
        self.server = server
        handled = handled_operations(server.binary)
        self.connection = Connection(server.endpoint, server.admin_key)
        material = {name: make() for name, make in MATERIAL.items()}
        self.values = {**KNOWN, **material}
        for operation, parameters, *learned in STANDING:
            if ("iam", operation) in handled:
                answer = self.connection.call(operation, {key: material.get(value, value) for key, value in parameters.items()})
                assert answer.status == 200, answer
                for element in learned:
                    self.values[element] = re.search(f"<{element}>(.*?)</{element}>", answer.text)[1]
        self.connection.stay()

    def values_for(self, service, operation):
        """Valid values; what a creation names is not there yet."""
        known = {name: value for name, value in self.values.items() if name != UNUSED.get(operation)}
        return Values(read_model(service), {**known, **KNOWN_TO.get(operation, {})}, GIVEN)

    def send(self, service, operation, request, more=""):
        return self.send_body(service, body_of(service, operation, request, more))

    def send_body(self, service, body):
        return self.connection.send("POST", "/", sign(self.connection.key, body, self.connection.host, service=service), body)


@pytest.fixture(scope="module")
def stage(binary, tmp_path_factory):
    with WardkeepServer(binary, data=tmp_path_factory.mktemp("bad-input") / "data") as server:
        yield Stage(server)


@pytest.fixture(scope="module")
def scratch(binary):
    """A server that the requests of the second half may change as they like."""
    with WardkeepServer(binary) as server:
        yield Stage(server)


def difference(service, answer, expected):
    """What is wrong with an answer, or nothing."""
    where = FAULTS if expected.early else read_model(service).metadata["xml_namespace"]
    right = answer.status == 400 and (answer.code, answer.message) == expected[:2] and "<Type>Sender</Type>" in answer.text
    return "" if right and f'<ErrorResponse xmlns="{where}">' in answer.text else f"{answer.status} {answer.text}"


# One breach at a time gets AWS's words, leaves no trace, and the connection goes on.
def test_each_breach_is_refused_without_a_trace(stage, handled):
    service, operation = handled
    model, wrong, sent = read_model(service), [], set()
    before = digest(stage.connection, stage.server.data)
    for what, request in Breaches(model, stage.values_for(service, operation)).of_operation(operation):
        expected = expected_refusal(model, operation, request)
        assert expected is not None, f"{what} breaks nothing: {request}"
        body = body_of(service, operation, request)
        if body in sent:
            continue
        sent.add(body)
        # Parameters no model has change nothing about any of it.
        more = "" if len(sent) % 5 else "&Nonsense=1&Nonsense.member.1.Deep=2&Version.Nested=3"
        if different := difference(service, stage.send(service, operation, request, more), expected):
            wrong.append(f"{what}: expected {expected}, got {different[:1000]}")
    assert not wrong, f"{len(wrong)} of {len(sent)}:\n" + "\n".join(wrong[:20])
    assert digest(stage.connection, stage.server.data) == before


# Operations of the model that the binary does not answer are unknown to it whatever comes with them, and so are names no
# model has and those of another service.
def test_operations_without_handler(stage):
    unknown = [row for row in operations() if row not in handled_operations(stage.server.binary)]
    for service, operation in [*unknown, ("iam", "Nothing"), ("iam", "createUser"), ("iam", "AssumeRole"), ("sts", "CreateUser")]:
        version = read_model(service).metadata["version"]
        known = (service, operation) in unknown
        for request in ({}, stage.values_for(service, operation).request(operation)) if known else ({},):
            body = body_of(service, operation, request) if known else form(operation, service=service)
            answer = stage.send_body(service, body)
            assert (answer.status, answer.code) == (400, "InvalidAction")
            assert answer.message == f"Could not find operation {operation} for version {version}"
            assert f'xmlns="{FAULTS}"' in answer.text


# Inside the borders the model has nothing to say: neither its words nor a failure come back.
def test_values_at_the_borders_are_allowed(scratch, handled):
    service, operation = handled
    model, wrong = read_model(service), []
    for what, request in Borders(model, scratch.values_for(service, operation)).of_operation(operation):
        assert expected_refusal(model, operation, request) is None, f"{what} breaks something: {request}"
        answer = scratch.send(service, operation, request)
        refused = answer.code in ("MalformedInput", "MissingParameter", "MalformedQueryString") or \
            (answer.code == "ValidationError" and MODEL_REFUSAL.search(answer.message))
        if refused or answer.status >= 500:
            wrong.append(f"{what}: {answer.status} {answer.text[:600]}")
    assert not wrong, "\n".join(wrong[:20])
