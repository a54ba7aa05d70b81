"""An account with one of everything, and requests that name it: what generated requests act on.

`Stage` makes it on a running server, over one connection that must last. A new kind of thing is a row of STANDING.
"""

import copy
import functools
import re
import subprocess

from api_model import body_of, read_model
from certificates import certificate, openssh, private_key, saml_metadata
from documents import READ_BUCKET, trust
from model_values import Values
from signed_request import Connection, sign
from wardkeep_server import ACCOUNT_ID

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
    "AccountAlias": "standing-alias", "SigningAlgorithm": "ES384",
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


@functools.cache
def handled_operations(binary):
    """(service, operation) of what the binary answers."""
    done = subprocess.run([str(binary), "operations"], capture_output=True, text=True, timeout=30, check=True)
    return {tuple(line.split(":")) for line in done.stdout.split()}


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

    def over(self, server):
        """The same account on another server, one that has started again over its folder."""
        other = copy.copy(self)
        other.server, other.connection = server, Connection(server.endpoint, server.admin_key)
        return other

    def values_for(self, service, operation):
        """Valid values; what a creation names is not there yet."""
        known = {name: value for name, value in self.values.items() if name != UNUSED.get(operation)}
        return Values(read_model(service), {**known, **KNOWN_TO.get(operation, {})}, GIVEN)

    def send(self, service, operation, request, more=""):
        return self.send_body(service, body_of(service, operation, request, more))

    def send_body(self, service, body):
        return self.connection.send("POST", "/", sign(self.connection.key, body, self.connection.host, service=service), body)
