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
import urllib.parse
import xml.etree.ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "blackbox"))

import certificates  # noqa: E402
from wardkeep_server import ACCOUNT_ID  # noqa: E402

TRUST = json.dumps({"Version": "2012-10-17", "Statement": {
    "Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}})
READ = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}})
READERS = ("ReadOnlyAccess", "SecurityAudit")
Call = tuple[str, dict]


@dataclasses.dataclass(frozen=True)
class Slot:
    """One place for a thing: its name, the name of its owner, a number that tells writes apart, and what was there."""

    name: str
    owner: str | None
    marker: int
    account: str

    @property
    def state(self):
        """Active or Inactive by the number; things are made active."""
        return "Active" if self.name is None or self.marker % 2 else "Inactive"

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


def _statuses(identifier):
    """What _user_facts takes of a list of credentials: their ids and states."""
    return lambda found: [(entry.findtext(identifier), entry.findtext("Status")) for entry in found]


def _of_each(kind, owner, action, parameter, of):
    """A reader that asks once for each thing of the kind `owner`; `of` gives pairs of name and value from the answer."""
    def read(account):
        return {(kind, name, item): value for name in account.names(owner)
                for item, value in of(account.call(action, {parameter: name}))}
    return read


def _attached(action, of_kind, parameter, kind):
    return _of_each(kind, of_kind, action, parameter,
                    lambda root: [(p.findtext("PolicyName"), "attached") for p in root.iterfind(".//AttachedPolicies/member")])


def _inline(kind, of_kind, entity):
    """A reader of the inline policies of groups or roles."""
    def read(account):
        facts = {}
        for owner in account.names(of_kind):
            whose = {f"{entity}Name": owner}
            for name in [m.text for m in account.call(f"List{entity}Policies", whose).iterfind(".//PolicyNames/member")]:
                text = account.call(f"Get{entity}Policy", {**whose, "PolicyName": name}).findtext(".//PolicyDocument")
                facts[(kind, owner, name)] = _sid(text)
        return facts
    return read


def _sid(encoded):
    statement = json.loads(urllib.parse.unquote(encoded))["Statement"]
    return (statement[0] if isinstance(statement, list) else statement).get("Sid", "")


def _marked(document, marker):
    changed = json.loads(document)
    changed["Statement"]["Sid"] = f"n{marker}"
    return json.dumps(changed)


def _changed_roles(account):
    """Settings of roles that are not those they were made with."""
    facts = {}
    for name in account.names("role"):
        role = account.call("GetRole", {"RoleName": name})
        facts.update({("role-boundary", name, "boundary"): arn.text.rpartition("/")[2]
                      for arn in role.iterfind(".//PermissionsBoundaryArn")})
        sid, longest = _sid(role.findtext(".//AssumeRolePolicyDocument")), int(role.findtext(".//MaxSessionDuration"))
        described = role.findtext(".//Description")
        facts.update({("role-trust", name, "trust"): sid} if sid else {})
        facts.update({("role-duration", name, "duration"): str(longest)} if longest != 3600 else {})
        facts.update({("role-description", name, "description"): described} if described else {})
    return facts


def _changed_oidc(account):
    """Thumbprints that are not the first, and client ids, of OIDC providers."""
    facts = {}
    for name in account.names("oidc"):
        arn = f"arn:aws:iam::{ACCOUNT_ID}:oidc-provider/{name}.example.com"
        provider = account.call("GetOpenIDConnectProvider", {"OpenIDConnectProviderArn": arn})
        prints = [entry.text for entry in provider.iterfind(".//ThumbprintList/member")]
        facts.update({("oidc-prints", name, "prints"): " ".join(prints)} if prints and prints != ["a" * 40] else {})
        facts.update({("oidc-client", name, entry.text): "there" for entry in provider.iterfind(".//ClientIDList/member")})
    return facts


def _saml(account):
    facts = {}
    for entry in account.members("ListSAMLProviders", "SAMLProviderList"):
        arn = entry.findtext("Arn")
        text = account.call("GetSAMLProvider", {"SAMLProviderArn": arn}).findtext(".//SAMLMetadataDocument")
        facts[("saml", arn.rpartition("/")[2])] = xml.etree.ElementTree.fromstring(text).get("entityID").rpartition("/")[2]
    return facts


def _metadata(slot):
    return certificates.saml_metadata(_certificate(), f"https://idp.example.com/{slot.marker}") + "<!-- " + "long enough " * 100 + "-->"


def _linked(account):
    made = [role.findtext("RoleName") for role in account.members("ListRoles", "Roles", {"PathPrefix": "/aws-service-role/"})]
    return {("linked", name.partition("_")[2]): "there" for name in made}


def _tokens(account):
    for entry in account.call("GetAccountSummary").iterfind(".//SummaryMap/entry"):
        if entry.findtext("key") == "GlobalEndpointTokenVersion" and entry.findtext("value") == "2":
            return {("tokens", "t0-tokens"): "2"}
    return {}


def _vending(account):
    answer = account.connection.call("GetOutboundWebIdentityFederationInfo")
    if answer.status == 200:
        return {("vending", "t0-vending"): "on"}
    if answer.code != "FeatureDisabled":
        raise RuntimeError(f"GetOutboundWebIdentityFederationInfo: {answer}")
    return {}


def _properties(account):
    entries = account.call("GetAccountProperties").iterfind(".//Properties/entry")
    values = {entry.findtext("key"): entry.findtext("value") for entry in entries}
    bits = values.get("WardkeepPasswords/MinimumStrength", "0")
    return {("strength", "t0-strength"): bits} if bits != "0" else {}


def _login(found):
    return [("console", profile.findtext("PasswordResetRequired")) for profile in found]


def _bool(slot):
    return "true" if slot.marker % 2 else "false"


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


def _oidc_arn(slot):
    return slot.arn(f"oidc-provider/{slot.owner}.example.com")


def _strength(bits):
    return {"Properties.entry.1.key": "WardkeepPasswords/MinimumStrength", "Properties.entry.1.value": str(bits)}


# (kind of fact that is tagged, what its operations are called, parameter that names it, what the name becomes there).
TAGGED = [
    ("role", "Role", "RoleName", "{}"),
    ("profile", "InstanceProfile", "InstanceProfileName", "{}"),
    ("default", "Policy", "PolicyArn", "arn:aws:iam::{account}:policy/{}"),
    ("oidc", "OpenIDConnectProvider", "OpenIDConnectProviderArn", "arn:aws:iam::{account}:oidc-provider/{}.example.com"),
    ("saml", "SAMLProvider", "SAMLProviderArn", "arn:aws:iam::{account}:saml-provider/{}"),
    ("mfa", "MFADevice", "SerialNumber", "arn:aws:iam::{account}:mfa/{}"),
    ("certificate", "ServerCertificate", "ServerCertificateName", "{}"),
]


def _tag_family(kind, operations, parameter, form):
    def whose(name):
        return {parameter: form.format(name, account=ACCOUNT_ID)}

    def put(slot):
        return (f"Tag{operations}", {**whose(slot.owner), "Tags.member.1.Key": slot.name, "Tags.member.1.Value": str(slot.marker)})

    def read(account):
        facts = {}
        for name in account.names(kind):
            tags = account.call(f"List{operations}Tags", whose(name)).iterfind(".//Tags/member")
            facts.update({(f"{kind}-tag", name, t.findtext("Key")): t.findtext("Value") for t in tags if t.findtext("Key") == "k"})
        return facts

    return Family(f"{kind}-tag", put, lambda s: (f"Untag{operations}", {**whose(s.owner), "TagKeys.member.1": s.name}), read, put,
                  owner=kind, names=("k",))


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
           lambda s: ("CreateLoginProfile", {"UserName": s.owner, "Password": f"Correct-Horse-{s.marker}", "PasswordResetRequired": _bool(s)}),
           lambda s: ("DeleteLoginProfile", {"UserName": s.owner}),
           _user_facts("login", "GetLoginProfile", ".//LoginProfile", _login),
           lambda s: ("UpdateLoginProfile", {"UserName": s.owner, "PasswordResetRequired": _bool(s)}),
           owner="user", names=("console",), value=_bool),
    Family("git",
           lambda s: ("CreateServiceSpecificCredential", {"UserName": s.owner, "ServiceName": "codecommit.amazonaws.com"}),
           lambda s: ("DeleteServiceSpecificCredential", {"UserName": s.owner, "ServiceSpecificCredentialId": s.name}),
           _user_facts("git", "ListServiceSpecificCredentials", ".//ServiceSpecificCredentials/member",
                       _statuses("ServiceSpecificCredentialId")),
           lambda s: ("UpdateServiceSpecificCredential", {"UserName": s.owner, "ServiceSpecificCredentialId": s.name, "Status": s.state}),
           owner="user", value=lambda s: s.state, learned="ServiceSpecificCredentialId"),
    Family("ssh",
           lambda s: ("UploadSSHPublicKey", {"UserName": s.owner, "SSHPublicKeyBody": certificates.openssh(certificates.private_key())}),
           lambda s: ("DeleteSSHPublicKey", {"UserName": s.owner, "SSHPublicKeyId": s.name}),
           _user_facts("ssh", "ListSSHPublicKeys", ".//SSHPublicKeys/member", _statuses("SSHPublicKeyId")),
           lambda s: ("UpdateSSHPublicKey", {"UserName": s.owner, "SSHPublicKeyId": s.name, "Status": s.state}),
           owner="user", value=lambda s: s.state, learned="SSHPublicKeyId", most=1),
    Family("key",
           lambda s: ("CreateAccessKey", {"UserName": s.owner}),
           lambda s: ("DeleteAccessKey", {"UserName": s.owner, "AccessKeyId": s.name}),
           _user_facts("key", "ListAccessKeys", ".//AccessKeyMetadata/member", _statuses("AccessKeyId")),
           lambda s: ("UpdateAccessKey", {"UserName": s.owner, "AccessKeyId": s.name, "Status": s.state}),
           owner="user", value=lambda s: s.state, learned="AccessKeyId"),
    Family("signing",
           lambda s: ("UploadSigningCertificate", {"UserName": s.owner, "CertificateBody": certificates.certificate(certificates.private_key())}),
           lambda s: ("DeleteSigningCertificate", {"UserName": s.owner, "CertificateId": s.name}),
           _user_facts("signing", "ListSigningCertificates", ".//Certificates/member", _statuses("CertificateId")),
           lambda s: ("UpdateSigningCertificate", {"UserName": s.owner, "CertificateId": s.name, "Status": s.state}),
           owner="user", value=lambda s: s.state, learned="CertificateId"),
    *[Family(f"{kind}-attached",
             lambda s, e=entity: (f"Attach{e}Policy", {f"{e}Name": s.owner, "PolicyArn": f"arn:aws:iam::aws:policy/{s.name}"}),
             lambda s, e=entity: (f"Detach{e}Policy", {f"{e}Name": s.owner, "PolicyArn": f"arn:aws:iam::aws:policy/{s.name}"}),
             _attached(f"ListAttached{entity}Policies", kind, f"{entity}Name", f"{kind}-attached"),
             owner=kind, names=READERS, value=lambda s: "attached") for kind, entity in (("user", "User"), ("group", "Group"))],
    *[Family(f"{kind}-inline",
             lambda s, e=entity: (f"Put{e}Policy", {f"{e}Name": s.owner, "PolicyName": s.name, "PolicyDocument": _marked(READ, s.marker)}),
             lambda s, e=entity: (f"Delete{e}Policy", {f"{e}Name": s.owner, "PolicyName": s.name}), _inline(f"{kind}-inline", kind, entity),
             lambda s, e=entity: (f"Put{e}Policy", {f"{e}Name": s.owner, "PolicyName": s.name, "PolicyDocument": _marked(READ, s.marker)}),
             owner=kind, names=("p0", "p1"), value=lambda s: f"n{s.marker}") for kind, entity in (("group", "Group"), ("role", "Role"))],
    Family("role-trust",  # "removing" these settings of roles means to set what they were made with
           lambda s: ("UpdateAssumeRolePolicy", {"RoleName": s.owner, "PolicyDocument": _marked(TRUST, s.marker)}),
           lambda s: ("UpdateAssumeRolePolicy", {"RoleName": s.owner, "PolicyDocument": TRUST}), _changed_roles,
           owner="role", names=("trust",), value=lambda s: f"n{s.marker}"),
    Family("role-duration",
           lambda s: ("UpdateRole", {"RoleName": s.owner, "MaxSessionDuration": str(3601 + s.marker % 30000)}),
           lambda s: ("UpdateRole", {"RoleName": s.owner, "MaxSessionDuration": "3600"}), _with_another,
           owner="role", names=("duration",), value=lambda s: str(3601 + s.marker % 30000)),
    Family("role-description",
           lambda s: ("UpdateRoleDescription", {"RoleName": s.owner, "Description": f"d{s.marker}"}),
           lambda s: ("UpdateRoleDescription", {"RoleName": s.owner, "Description": ""}), _with_another,
           owner="role", names=("description",), value=lambda s: f"d{s.marker}"),
    Family("role-boundary",
           lambda s: ("PutRolePermissionsBoundary", {"RoleName": s.owner, "PermissionsBoundary": f"arn:aws:iam::aws:policy/{READERS[s.marker % 2]}"}),
           lambda s: ("DeleteRolePermissionsBoundary", {"RoleName": s.owner}), _with_another,
           owner="role", names=("boundary",), value=lambda s: READERS[s.marker % 2]),
    Family("linked",
           lambda s: ("CreateServiceLinkedRole", {"AWSServiceName": "autoscaling.amazonaws.com", "CustomSuffix": s.name}),
           lambda s: ("DeleteServiceLinkedRole", {"RoleName": f"AWSServiceRoleForAutoScaling_{s.name}"}), _linked,
           value=lambda s: "there"),
    Family("oidc-client",
           lambda s: ("AddClientIDToOpenIDConnectProvider", {"OpenIDConnectProviderArn": _oidc_arn(s), "ClientID": s.name}),
           lambda s: ("RemoveClientIDFromOpenIDConnectProvider", {"OpenIDConnectProviderArn": _oidc_arn(s), "ClientID": s.name}),
           _changed_oidc, owner="oidc", names=("web", "app"), value=lambda s: "there"),
    Family("oidc-prints",
           lambda s: ("UpdateOpenIDConnectProviderThumbprint", {"OpenIDConnectProviderArn": _oidc_arn(s), "ThumbprintList.member.1": f"{s.marker:040x}"}),
           lambda s: ("UpdateOpenIDConnectProviderThumbprint", {"OpenIDConnectProviderArn": _oidc_arn(s), "ThumbprintList.member.1": "a" * 40}),
           _with_another, owner="oidc", names=("prints",), value=lambda s: f"{s.marker:040x}"),
    Family("saml",
           lambda s: ("CreateSAMLProvider", {"Name": s.name, "SAMLMetadataDocument": _metadata(s)}),
           lambda s: ("DeleteSAMLProvider", {"SAMLProviderArn": s.arn(f"saml-provider/{s.name}")}), _saml,
           lambda s: ("UpdateSAMLProvider", {"SAMLProviderArn": s.arn(f"saml-provider/{s.name}"), "SAMLMetadataDocument": _metadata(s)})),
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
    Family("strength",
           lambda s: ("PutAccountProperties", _strength(1 + s.marker % 20)), lambda s: ("PutAccountProperties", _strength(0)), _properties,
           lambda s: ("PutAccountProperties", _strength(1 + s.marker % 20)),
           names=("t0-strength",), value=lambda s: str(1 + s.marker % 20), one_client=True),
    Family("tokens",
           lambda s: ("SetSecurityTokenServicePreferences", {"GlobalEndpointTokenVersion": "v2Token"}),
           lambda s: ("SetSecurityTokenServicePreferences", {"GlobalEndpointTokenVersion": "v1Token"}), _tokens,
           names=("t0-tokens",), value=lambda s: "2", one_client=True),
    Family("vending",
           lambda s: ("EnableOutboundWebIdentityFederation", {}), lambda s: ("DisableOutboundWebIdentityFederation", {}), _vending,
           names=("t0-vending",), value=lambda s: "on", one_client=True),
    *[_tag_family(*row) for row in TAGGED],
]


def known_families(binary):
    """The rows whose operations the binary answers."""
    done = subprocess.run([str(binary), "operations"], capture_output=True, text=True, timeout=30, check=True)
    handled = {line.partition(":")[2] for line in done.stdout.split()}
    return [family for family in FAMILIES if family.actions() <= handled]
