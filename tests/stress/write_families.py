"""What the clients of the kill loop write besides users, groups and policies: one row per kind of thing.

A row says how a thing is made, changed and removed, and how all of its kind are read back as facts. A fact is
(kind, name) or (kind, owner, name) -> a text that shows which write was the last. Rows whose operations the binary does
not answer are left out, so a row may come before its handlers.
"""

import dataclasses
import functools
import json
import pathlib
import subprocess
import sys
import typing
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))

import certificates  # noqa: E402

TRUST = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}})
READERS = ("ReadOnlyAccess", "SecurityAudit")
Call = tuple[str, dict]


@dataclasses.dataclass(frozen=True)
class Slot:
    """One place for a thing: its name, the name of its owner, a number that tells writes apart, and what was there."""

    name: str
    owner: str | None
    marker: int
    account: str

    def arn(self, rest):
        return f"arn:aws:iam::{self.account}:{rest}"

    @property
    def tag(self):
        return {"Tags.member.1.Key": "made", "Tags.member.1.Value": str(self.marker)}


@dataclasses.dataclass(frozen=True)
class Family:
    """`value` is what the facts show after create or change. `names` are the slots, by default two of the client's own, or
    the names of one kind of fact; then each takes part in one thing only.
    """

    kind: str
    create: typing.Callable[[Slot], Call]
    delete: typing.Callable[[Slot], Call]
    read: typing.Callable[["Account"], dict]
    change: typing.Callable[[Slot], Call] | None = None
    owner: str | None = None  # the kind of fact that must be there; it cannot be removed while this is
    names: tuple | str | None = None
    value: typing.Callable[[Slot], str] = lambda slot: str(slot.marker)
    learned: str | None = None  # element of the answer to `create` that names what was made
    most: int = 2               # of those that the server names, per owner
    one_client: bool = False    # a thing of the account: only the first client may have it

    def actions(self):
        slot = Slot("n", "o", 1, "123456789012")
        return {make(slot)[0] for make in (self.create, self.delete, self.change) if make}


class Account:
    """Reads an account back through one connection; fails on any answer but 200 and NoSuchEntity."""

    def __init__(self, connection, facts):
        self.connection, self.facts = connection, facts

    def call(self, action, parameters=None):
        """The tree of an answer, without namespaces; an empty one for NoSuchEntity."""
        answer = self.connection.call(action, parameters)
        if answer.code == "NoSuchEntity":
            return xml.etree.ElementTree.Element("nothing")
        if answer.status != 200:
            raise RuntimeError(f"{action} {parameters}: {answer}")
        root = xml.etree.ElementTree.fromstring(answer.text)
        for element in root.iter():
            element.tag = element.tag.rpartition("}")[2]
        return root

    def members(self, action, path, parameters=None):
        """All elements at `path` over all pages."""
        marker = {}
        while True:
            root = self.call(action, {**(parameters or {}), **marker})
            yield from root.iterfind(f".//{path}/member")
            if root.findtext(".//IsTruncated") != "true":
                return
            marker = {"Marker": root.findtext(".//Marker")}

    def made(self, action, parameters):
        """The value of the tag "made"."""
        return {t.findtext("Key"): t.findtext("Value") for t in self.members(action, "Tags", parameters)}.get("made")

    def names(self, kind):
        return [key[1] for key in self.facts if key[0] == kind]


def _roles(account):
    facts = {}
    for role in account.members("GetAccountAuthorizationDetails", "RoleDetailList", {"Filter.member.1": "Role", "MaxItems": "1000"}):
        name = role.findtext("RoleName")
        facts[("role", name)] = {t.findtext("Key"): t.findtext("Value") for t in role.iterfind("Tags/member")}.get("made")
        facts.update({("role-attached", name, p.findtext("PolicyName")): "attached"
                      for p in role.iterfind("AttachedManagedPolicies/member")})
    return facts


def _profiles(account):
    facts = {}
    for profile in account.members("ListInstanceProfiles", "InstanceProfiles"):
        name = profile.findtext("InstanceProfileName")
        facts[("profile", name)] = profile.findtext("Path").strip("/")
        facts.update({("profile-role", role.text, name): "in" for role in profile.iterfind("Roles/member/RoleName")})
    return facts


def _with_another(_):
    """For kinds whose facts come with those of another."""
    return {}


def _user_facts(kind, action, path, of):
    """A reader that asks once for each user."""
    def read(account):
        facts = {}
        for user in account.names("user"):
            facts.update({(kind, user, name): value for name, value in of(account.call(action, {"UserName": user}).iterfind(path))})
        return facts
    return read


def _login(found):
    return [("console", profile.findtext("PasswordResetRequired")) for profile in found]


def _listed(kind, action, path, key, tags, parameter):
    """A reader of a list whose entries show their last write in a tag; the name is what follows the last / or :."""
    def read(account):
        values = [entry.findtext(key) for entry in account.members(action, path)]
        return {(kind, value.rpartition("/")[2].removesuffix(".example.com")): account.made(tags, {parameter: value}) for value in values}
    return read


@functools.cache
def _certificate():
    return certificates.certificate(certificates.private_key())


def _certificates(account):
    return {("certificate", entry.findtext("ServerCertificateName")): entry.findtext("Path").strip("/")
            for entry in account.members("ListServerCertificates", "ServerCertificateMetadataList")}


def _password_policy(account):
    age = account.call("GetAccountPasswordPolicy").findtext(".//MaxPasswordAge")
    return {("password-policy", "t0-policy"): age} if age else {}


def _alias(account):
    return {("alias", alias.text): "there" for alias in account.members("ListAccountAliases", "AccountAliases")}


FAMILIES = [
    Family("role",
           lambda s: ("CreateRole", {"RoleName": s.name, "AssumeRolePolicyDocument": TRUST, **s.tag}),
           lambda s: ("DeleteRole", {"RoleName": s.name}), _roles,
           lambda s: ("TagRole", {"RoleName": s.name, **s.tag})),
    Family("role-attached",
           lambda s: ("AttachRolePolicy", {"RoleName": s.owner, "PolicyArn": f"arn:aws:iam::aws:policy/{s.name}"}),
           lambda s: ("DetachRolePolicy", {"RoleName": s.owner, "PolicyArn": f"arn:aws:iam::aws:policy/{s.name}"}),
           _with_another, owner="role", names=READERS, value=lambda s: "attached"),
    Family("profile",
           lambda s: ("CreateInstanceProfile", {"InstanceProfileName": s.name, "Path": f"/{s.marker}/"}),
           lambda s: ("DeleteInstanceProfile", {"InstanceProfileName": s.name}), _profiles),
    Family("profile-role",
           lambda s: ("AddRoleToInstanceProfile", {"InstanceProfileName": s.name, "RoleName": s.owner}),
           lambda s: ("RemoveRoleFromInstanceProfile", {"InstanceProfileName": s.name, "RoleName": s.owner}),
           _with_another, owner="role", names="profile", value=lambda s: "in"),
    Family("alias",
           lambda s: ("CreateAccountAlias", {"AccountAlias": s.name}), lambda s: ("DeleteAccountAlias", {"AccountAlias": s.name}),
           _alias, names=("t0-alias",), value=lambda s: "there", one_client=True),
    Family("boundary",
           lambda s: ("PutUserPermissionsBoundary", {"UserName": s.owner, "PermissionsBoundary": f"arn:aws:iam::aws:policy/{READERS[s.marker % 2]}"}),
           lambda s: ("DeleteUserPermissionsBoundary", {"UserName": s.owner}),
           _user_facts("boundary", "GetUser", ".//PermissionsBoundary",
                       lambda found: [("boundary", b.findtext("PermissionsBoundaryArn").rpartition("/")[2]) for b in found]),
           lambda s: ("PutUserPermissionsBoundary", {"UserName": s.owner, "PermissionsBoundary": f"arn:aws:iam::aws:policy/{READERS[s.marker % 2]}"}),
           owner="user", names=("boundary",), value=lambda s: READERS[s.marker % 2]),
    Family("oidc",
           lambda s: ("CreateOpenIDConnectProvider", {"Url": f"https://{s.name}.example.com", "ThumbprintList.member.1": "a" * 40, **s.tag}),
           lambda s: ("DeleteOpenIDConnectProvider", {"OpenIDConnectProviderArn": s.arn(f"oidc-provider/{s.name}.example.com")}),
           _listed("oidc", "ListOpenIDConnectProviders", "OpenIDConnectProviderList", "Arn",
                   "ListOpenIDConnectProviderTags", "OpenIDConnectProviderArn"),
           lambda s: ("TagOpenIDConnectProvider", {"OpenIDConnectProviderArn": s.arn(f"oidc-provider/{s.name}.example.com"), **s.tag})),
    Family("mfa",
           lambda s: ("CreateVirtualMFADevice", {"VirtualMFADeviceName": s.name, **s.tag}),
           lambda s: ("DeleteVirtualMFADevice", {"SerialNumber": s.arn(f"mfa/{s.name}")}),
           _listed("mfa", "ListVirtualMFADevices", "VirtualMFADevices", "SerialNumber", "ListMFADeviceTags", "SerialNumber"),
           lambda s: ("TagMFADevice", {"SerialNumber": s.arn(f"mfa/{s.name}"), **s.tag})),
    Family("login",
           lambda s: ("CreateLoginProfile", {"UserName": s.owner, "Password": f"Correct-Horse-{s.marker}", "PasswordResetRequired": "true"}),
           lambda s: ("DeleteLoginProfile", {"UserName": s.owner}),
           _user_facts("login", "GetLoginProfile", ".//LoginProfile", _login),
           owner="user", names=("console",), value=lambda s: "true"),
    Family("git",
           lambda s: ("CreateServiceSpecificCredential", {"UserName": s.owner, "ServiceName": "codecommit.amazonaws.com"}),
           lambda s: ("DeleteServiceSpecificCredential", {"UserName": s.owner, "ServiceSpecificCredentialId": s.name}),
           _user_facts("git", "ListServiceSpecificCredentials", ".//ServiceSpecificCredentials/member",
                       lambda found: [(c.findtext("ServiceSpecificCredentialId"), c.findtext("Status")) for c in found]),
           owner="user", value=lambda s: "Active", learned="ServiceSpecificCredentialId"),
    Family("ssh",
           lambda s: ("UploadSSHPublicKey", {"UserName": s.owner, "SSHPublicKeyBody": certificates.openssh(certificates.private_key())}),
           lambda s: ("DeleteSSHPublicKey", {"UserName": s.owner, "SSHPublicKeyId": s.name}),
           _user_facts("ssh", "ListSSHPublicKeys", ".//SSHPublicKeys/member",
                       lambda found: [(key.findtext("SSHPublicKeyId"), key.findtext("Status")) for key in found]),
           owner="user", value=lambda s: "Active", learned="SSHPublicKeyId", most=1),
    Family("certificate",
           lambda s: ("UploadServerCertificate", {"ServerCertificateName": s.name, "Path": f"/{s.marker}/", "CertificateBody": _certificate(),
                                                  "PrivateKey": certificates.private_key()}),
           lambda s: ("DeleteServerCertificate", {"ServerCertificateName": s.name}), _certificates,
           lambda s: ("UpdateServerCertificate", {"ServerCertificateName": s.name, "NewPath": f"/{s.marker}/"})),
    Family("password-policy",
           lambda s: ("UpdateAccountPasswordPolicy", {"MaxPasswordAge": str(1 + s.marker % 1000)}),
           lambda s: ("DeleteAccountPasswordPolicy", {}), _password_policy,
           lambda s: ("UpdateAccountPasswordPolicy", {"MaxPasswordAge": str(1 + s.marker % 1000)}),
           names=("t0-policy",), value=lambda s: str(1 + s.marker % 1000), one_client=True),
]


def known_families(binary):
    """The rows whose operations the binary answers."""
    done = subprocess.run([str(binary), "operations"], capture_output=True, text=True, timeout=30, check=True)
    handled = {line.partition(":")[2] for line in done.stdout.split()}
    return [family for family in FAMILIES if family.actions() <= handled]
