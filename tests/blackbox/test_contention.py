"""64 clients do conflicting things at the same moment: exactly as many win as may, the others hear why not, and the
account is whole afterwards (account_invariants.py).

Each row of DUELS is one such moment. A row whose operations the binary does not answer yet is left out.
"""

import base64
import collections
import copy
import dataclasses
import functools
import re
import subprocess
import threading

import pytest
from account_invariants import problems_of, problems_of_documents
from certificates import certificate, openssh, private_key, saml_metadata
from documents import READ_BUCKET, TRUST_EC2, allow, policy
from one_time_codes import code_at, step_now
from signed_request import Connection, form, sign
from wardkeep_server import ACCOUNT_ID, WardkeepServer, default_binary

CLIENTS = 64
ARN = f"arn:aws:iam::{ACCOUNT_ID}"
EXISTS, GONE, FULL, IN_USE = "EntityAlreadyExists", "NoSuchEntity", "LimitExceeded", "DeleteConflict"
WRONG_CODE = "InvalidAuthenticationCode"
HALF_A_KILOBYTE = policy(allow("s3:GetObject", "arn:aws:s3:::" + "b" * 380))


@dataclasses.dataclass
class Duel:
    """`calls` go out together, the i-th client's is calls[i % len(calls)] with {n} filled in.

    `winners` maps the action to how many may succeed: a number, or (least, most). All others must hear one of `losers`.
    """

    name: str
    calls: list
    winners: dict
    losers: set
    setup: list = dataclasses.field(default_factory=list)

    def actions(self):
        return {action for action, *_ in self.setup + self.calls}


def user(name, **more):
    return ("CreateUser", {"UserName": name, **more})


def many(count, action, parameters):
    """`count` calls with {n} filled in."""
    return [(action, {key: value.replace("{n}", str(n)) for key, value in parameters.items()}) for n in range(count)]


def device(name):
    return ("CreateVirtualMFADevice", {"VirtualMFADeviceName": name})


def enable(name, owner):
    codes = {f"AuthenticationCode{i}": f"{{code {name} {i - 2}}}" for i in (1, 2)}
    return ("EnableMFADevice", {"UserName": owner, "SerialNumber": f"{ARN}:mfa/{name}", **codes})


# Values that take a moment to make; a parameter names one.
MATERIAL = {
    "{key}": private_key,
    "{certificate}": functools.cache(lambda: certificate(private_key())),
    "{other certificate}": functools.cache(lambda: certificate(private_key(), name="other")),
    "{metadata}": functools.cache(lambda: saml_metadata(certificate(private_key()))),
    "{public key}": functools.cache(lambda: openssh(private_key())),
}


def filled(parameters, number, seeds=(), step=0):
    """The parameters of one call; "{code NAME -1}" is a code of the MFA device of that name, one period before `step`."""
    def fill(value):
        value = MATERIAL[value]() if value in MATERIAL else value.replace("{n}", str(number))
        code = re.fullmatch(r"\{code (\S+) (-?\d)\}", value)
        return code_at(seeds[code[1]], step + int(code[2])) if code else value

    return {key: fill(value) for key, value in parameters.items()}


# What has a name: how it is created, the parameter with the name, how it is deleted, what else creation needs.
NAMED = [
    ("CreateUser", "UserName", "DeleteUser", {}),
    ("CreateGroup", "GroupName", "DeleteGroup", {}),
    ("CreateRole", "RoleName", "DeleteRole", {"AssumeRolePolicyDocument": TRUST_EC2}),
    ("CreateInstanceProfile", "InstanceProfileName", "DeleteInstanceProfile", {}),
    ("CreateAccountAlias", "AccountAlias", "DeleteAccountAlias", {}),
]

DUELS = [
    *[Duel(f"one {create} of a name", [(create, {key: "same-name", **more})], {create: 1}, {EXISTS})
      for create, key, _, more in NAMED if create != "CreateAccountAlias"],
    # An account has one alias: the last one, and asking for it again is no conflict.
    Duel("aliases of one account", [("CreateAccountAlias", {"AccountAlias": "alias-{n}"})], {"CreateAccountAlias": CLIENTS}, set()),
    *[Duel(f"one {delete} of a name", [(delete, {key: "last-day"})], {delete: 1}, {GONE}, [(create, {key: "last-day", **more})])
      for create, key, delete, more in NAMED],
    Duel("names that differ in case", [user("Folded"), user("FOLDED"), user("folded")], {"CreateUser": 1}, {EXISTS}),
    Duel("one CreatePolicy of a name", [("CreatePolicy", {"PolicyName": "same", "PolicyDocument": READ_BUCKET})],
         {"CreatePolicy": 1}, {EXISTS}),
    Duel("two users, one new name", [("UpdateUser", {"UserName": "before-{n}", "NewUserName": "after"})], {"UpdateUser": 1},
         {EXISTS}, many(CLIENTS, "CreateUser", {"UserName": "before-{n}"})),
    Duel("two keys for a user", [("CreateAccessKey", {"UserName": "keys"})], {"CreateAccessKey": 2}, {FULL}, [user("keys")]),
    Duel("five versions of a policy", [("CreatePolicyVersion", {"PolicyArn": f"{ARN}:policy/versions", "PolicyDocument": READ_BUCKET})],
         {"CreatePolicyVersion": 4}, {FULL}, [("CreatePolicy", {"PolicyName": "versions", "PolicyDocument": READ_BUCKET})]),
    *[Duel(f"policies attached to one {kind.lower()}", [(f"Attach{kind}Policy", {f"{kind}Name": f"attach-{kind}", "PolicyArn": f"{ARN}:policy/{kind}-{{n}}"})],
           {f"Attach{kind}Policy": most}, {FULL},
           [(f"Create{kind}", {f"{kind}Name": f"attach-{kind}", **({"AssumeRolePolicyDocument": TRUST_EC2} if kind == "Role" else {})}),
            *many(CLIENTS, "CreatePolicy", {"PolicyName": f"{kind}-{{n}}", "PolicyDocument": READ_BUCKET})])
      for kind, most in (("User", 10), ("Group", 10), ("Role", 20))],
    Duel("groups of one user", [("AddUserToGroup", {"UserName": "joiner", "GroupName": "joined-{n}"})], {"AddUserToGroup": 10}, {FULL},
         [user("joiner"), *many(CLIENTS, "CreateGroup", {"GroupName": "joined-{n}"})]),
    Duel("roles of one profile", [("AddRoleToInstanceProfile", {"InstanceProfileName": "seat", "RoleName": "sitter-{n}"})],
         {"AddRoleToInstanceProfile": 1}, {FULL},
         [("CreateInstanceProfile", {"InstanceProfileName": "seat"}),
          *many(CLIENTS, "CreateRole", {"RoleName": "sitter-{n}", "AssumeRolePolicyDocument": TRUST_EC2})]),
    Duel("tags of one user", [("TagUser", {"UserName": "tags", "Tags.member.1.Key": "k{n}", "Tags.member.1.Value": "v"})],
         {"TagUser": 50}, {FULL}, [user("tags")]),
    Duel("inline policies of one user", [("PutUserPolicy", {"UserName": "inline", "PolicyName": "p{n}", "PolicyDocument": HALF_A_KILOBYTE})],
         {"PutUserPolicy": 4}, {FULL}, [user("inline")]),
    Duel("attach or delete a policy",
         [("AttachUserPolicy", {"UserName": "torn-{n}", "PolicyArn": f"{ARN}:policy/torn"}), ("DeletePolicy", {"PolicyArn": f"{ARN}:policy/torn"})],
         {"AttachUserPolicy": (0, 32), "DeletePolicy": (0, 1)}, {GONE, IN_USE},
         [("CreatePolicy", {"PolicyName": "torn", "PolicyDocument": READ_BUCKET}), *many(CLIENTS, "CreateUser", {"UserName": "torn-{n}"})]),
    Duel("join or delete a group",
         [("AddUserToGroup", {"UserName": "member-{n}", "GroupName": "closing"}), ("DeleteGroup", {"GroupName": "closing"})],
         {"AddUserToGroup": (0, 32), "DeleteGroup": (0, 1)}, {GONE, IN_USE},
         [("CreateGroup", {"GroupName": "closing"}), *many(CLIENTS, "CreateUser", {"UserName": "member-{n}"})]),
    Duel("join or delete a user",
         [("AddUserToGroup", {"UserName": "leaving", "GroupName": "club-{n}"}), ("DeleteUser", {"UserName": "leaving"})],
         {"AddUserToGroup": (0, 10), "DeleteUser": (0, 1)}, {GONE, IN_USE, FULL},
         [user("leaving"), *many(CLIENTS, "CreateGroup", {"GroupName": "club-{n}"})]),
    Duel("key or delete a user", [("CreateAccessKey", {"UserName": "parting"}), ("DeleteUser", {"UserName": "parting"})],
         {"CreateAccessKey": (0, 2), "DeleteUser": (0, 1)}, {GONE, IN_USE, FULL}, [user("parting")]),
    Duel("bound or delete a policy",
         [("PutUserPermissionsBoundary", {"UserName": "bound-{n}", "PermissionsBoundary": f"{ARN}:policy/bound"}),
          ("DeletePolicy", {"PolicyArn": f"{ARN}:policy/bound"})],
         {"PutUserPermissionsBoundary": (0, 32), "DeletePolicy": (0, 1)}, {GONE, IN_USE},
         [("CreatePolicy", {"PolicyName": "bound", "PolicyDocument": READ_BUCKET}), *many(CLIENTS, "CreateUser", {"UserName": "bound-{n}"})]),
    Duel("seat or delete a role",
         [("AddRoleToInstanceProfile", {"InstanceProfileName": "chair-{n}", "RoleName": "guest"}), ("DeleteRole", {"RoleName": "guest"})],
         {"AddRoleToInstanceProfile": (0, 32), "DeleteRole": (0, 1)}, {GONE, IN_USE},
         [("CreateRole", {"RoleName": "guest", "AssumeRolePolicyDocument": TRUST_EC2}),
          *many(CLIENTS, "CreateInstanceProfile", {"InstanceProfileName": "chair-{n}"})]),
    Duel("make default or delete a version",
         [("SetDefaultPolicyVersion", {"PolicyArn": f"{ARN}:policy/turn", "VersionId": "v2"}),
          ("DeletePolicyVersion", {"PolicyArn": f"{ARN}:policy/turn", "VersionId": "v2"})],
         {"SetDefaultPolicyVersion": (0, 32), "DeletePolicyVersion": (0, 1)}, {GONE, IN_USE},
         [("CreatePolicy", {"PolicyName": "turn", "PolicyDocument": READ_BUCKET}),
          ("CreatePolicyVersion", {"PolicyArn": f"{ARN}:policy/turn", "PolicyDocument": READ_BUCKET})]),
    Duel("create and delete a user", [user("flicker"), ("DeleteUser", {"UserName": "flicker"})],
         {"CreateUser": (1, 32), "DeleteUser": (0, 32)}, {EXISTS, GONE}),
    # Passwords and MFA devices.
    Duel("one login profile", [("CreateLoginProfile", {"UserName": "console", "Password": "Correct-Horse-{n}"})],
         {"CreateLoginProfile": 1}, {EXISTS}, [user("console")]),
    Duel("login profile or delete a user", [("CreateLoginProfile", {"UserName": "brief", "Password": "Correct-Horse-{n}"}), ("DeleteUser", {"UserName": "brief"})],
         {"CreateLoginProfile": (0, 1), "DeleteUser": (0, 1)}, {GONE, IN_USE, EXISTS}, [user("brief")]),
    Duel("one virtual device of a name", [("CreateVirtualMFADevice", {"VirtualMFADeviceName": "same"})], {"CreateVirtualMFADevice": 1}, {EXISTS}),
    Duel("delete one virtual device", [("DeleteVirtualMFADevice", {"SerialNumber": f"{ARN}:mfa/leaving"})], {"DeleteVirtualMFADevice": 1},
         {GONE}, [("CreateVirtualMFADevice", {"VirtualMFADeviceName": "leaving"})]),
    Duel("one device, many users", [enable("wanted", "wanter-{n}")], {"EnableMFADevice": 1}, {EXISTS, WRONG_CODE},
         [device("wanted"), *many(CLIENTS, "CreateUser", {"UserName": "wanter-{n}"})]),
    Duel("devices of one user", [enable("full-{n}", "collector")], {"EnableMFADevice": 8}, {FULL},
         [user("collector"), *many(CLIENTS, "CreateVirtualMFADevice", {"VirtualMFADeviceName": "full-{n}"})]),
    Duel("enable or delete a device", [enable("shaky", "holder"), ("DeleteVirtualMFADevice", {"SerialNumber": f"{ARN}:mfa/shaky"})],
         {"EnableMFADevice": (0, 1), "DeleteVirtualMFADevice": (0, 1)}, {EXISTS, WRONG_CODE, GONE, IN_USE}, [user("holder"), device("shaky")]),
    Duel("enable a device or delete its user", [enable("firm", "fading"), ("DeleteUser", {"UserName": "fading"})],
         {"EnableMFADevice": (0, 1), "DeleteUser": (0, 1)}, {EXISTS, WRONG_CODE, GONE, IN_USE}, [user("fading"), device("firm")]),
    # Providers and certificates.
    Duel("one OpenID Connect provider of a URL", [("CreateOpenIDConnectProvider", {"Url": "https://same.example.com", "ThumbprintList.member.1": "a" * 40})],
         # An account has ten places for calls that may ask other servers (docs/security.md).
         {"CreateOpenIDConnectProvider": 1}, {EXISTS, "Throttling"}),
    Duel("client ids of one provider",
         [("AddClientIDToOpenIDConnectProvider", {"OpenIDConnectProviderArn": f"{ARN}:oidc-provider/many.example.com", "ClientID": "id-{n}"})],
         {"AddClientIDToOpenIDConnectProvider": CLIENTS}, set(),
         [("CreateOpenIDConnectProvider", {"Url": "https://many.example.com", "ThumbprintList.member.1": "a" * 40})]),
    Duel("one server certificate of a name",
         [("UploadServerCertificate", {"ServerCertificateName": "same", "CertificateBody": "{certificate}", "PrivateKey": "{key}"})],
         {"UploadServerCertificate": 1}, {EXISTS}),
    Duel("two server certificates, one new name",
         [("UpdateServerCertificate", {"ServerCertificateName": "red", "NewServerCertificateName": "after"}),
          ("UpdateServerCertificate", {"ServerCertificateName": "blue", "NewServerCertificateName": "after"})],
         {"UpdateServerCertificate": 1}, {EXISTS, GONE},
         [("UploadServerCertificate", {"ServerCertificateName": name, "CertificateBody": "{certificate}", "PrivateKey": "{key}"})
          for name in ("red", "blue")]),
    Duel("one SSH key twice", [("UploadSSHPublicKey", {"UserName": "ssh", "SSHPublicKeyBody": "{public key}"})], {"UploadSSHPublicKey": 1},
         {"DuplicateSSHPublicKey"}, [user("ssh")]),
    Duel("SSH key or delete a user",
         [("UploadSSHPublicKey", {"UserName": "sshless", "SSHPublicKeyBody": "{public key}"}), ("DeleteUser", {"UserName": "sshless"})],
         {"UploadSSHPublicKey": (0, 1), "DeleteUser": (0, 1)}, {"DuplicateSSHPublicKey", GONE, IN_USE}, [user("sshless")]),
    Duel("one signing certificate twice", [("UploadSigningCertificate", {"UserName": "signer", "CertificateBody": "{certificate}"})],
         {"UploadSigningCertificate": 1}, {"DuplicateCertificate", EXISTS}, [user("signer")]),
    Duel("signing certificate or delete a user",
         [("UploadSigningCertificate", {"UserName": "unsigned", "CertificateBody": "{other certificate}"}), ("DeleteUser", {"UserName": "unsigned"})],
         {"UploadSigningCertificate": (0, 1), "DeleteUser": (0, 1)}, {"DuplicateCertificate", EXISTS, GONE, IN_USE}, [user("unsigned")]),
    Duel("one SAML provider of a name", [("CreateSAMLProvider", {"Name": "same", "SAMLMetadataDocument": "{metadata}"})],
         {"CreateSAMLProvider": 1}, {EXISTS}),
    Duel("two credentials for a service", [("CreateServiceSpecificCredential", {"UserName": "git", "ServiceName": "codecommit.amazonaws.com"})],
         {"CreateServiceSpecificCredential": 2}, {FULL}, [user("git")]),
]


def pytest_generate_tests(metafunc):
    binary = str(metafunc.config.getoption("--binary") or default_binary())
    handled = {line.partition(":")[2] for line in subprocess.run([binary, "operations"], capture_output=True, text=True, timeout=30,
                                                                check=True).stdout.split()}
    if "duel" in metafunc.fixturenames:
        metafunc.parametrize("duel", [duel for duel in DUELS if duel.actions() <= handled], ids=lambda duel: duel.name.replace(" ", "-"))


class Crowd:
    """CLIENTS keep-alive connections, each on a thread of its own when it matters."""

    def __init__(self, server):
        self.server = server
        self.seeds = {}  # of virtual MFA devices, by name
        self.connections = [Connection(server.endpoint, server.admin_key, timeout=120) for _ in range(CLIENTS)]

    def prepare(self, duel):
        """Sends the calls of the setup."""
        for action, parameters in duel.setup:
            answer = self.connections[0].call(action, filled(parameters, 0))
            assert answer.status == 200, answer
            if seed := re.search("<Base32StringSeed>(.*?)</Base32StringSeed>", answer.text):
                self.seeds[parameters["VirtualMFADeviceName"]] = base64.b64decode(seed[1])

    def at_once(self, duel):
        """All calls at one moment; (action, answer) of each."""
        barrier, answers = threading.Barrier(CLIENTS), [None] * CLIENTS
        calls = [duel.calls[index % len(duel.calls)] for index in range(CLIENTS)]
        step = step_now(room=12) if any("EnableMFADevice" in call for call in calls) else 0
        bodies = [form(action, filled(parameters, index, self.seeds, step)) for index, (action, parameters) in enumerate(calls)]

        def go(index):
            connection = self.connections[index]
            headers = sign(connection.key, bodies[index], connection.host)
            barrier.wait(timeout=60)
            answers[index] = (calls[index][0], connection.send("POST", "/", headers, bodies[index]))

        threads = [threading.Thread(target=go, args=(index,)) for index in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return answers


@pytest.fixture(scope="module", params=["memory", "sqlite"])
def crowd(request, binary, tmp_path_factory):
    data = tmp_path_factory.mktemp("contention") / "data" if request.param == "sqlite" else None
    with WardkeepServer(binary, data=data, arguments=["--threads", "4"]) as server:
        yield Crowd(server)


# As many succeed as may; the rest are told why; nothing is left dangling.
def test_conflicting_calls_at_once(crowd, duel):
    crowd.prepare(duel)
    answers = crowd.at_once(duel)
    assert None not in answers, "a client got no answer"
    won = collections.Counter(action for action, answer in answers if answer.status == 200)
    for action, count in duel.winners.items():
        least, most = count if isinstance(count, tuple) else (count, count)
        assert least <= won[action] <= most, f"{won[action]} of {action}: {sorted({a.code or '200' for _, a in answers})}"
    lost = {answer.code: answer for _, answer in answers if answer.status != 200}
    assert lost.keys() <= duel.losers, lost
    if len(duel.winners) > 1 and "CreateUser" not in duel.winners:
        assert won, "nobody won"
    assert problems_of(crowd.connections[0], crowd.server.data) == []


# What the store has is what the server had: the same account, whole, after a restart.
def test_account_is_whole_after_a_restart(binary, tmp_path):
    data = tmp_path / "data"
    with WardkeepServer(binary, data=data) as server:
        crowd = Crowd(server)
        for duel in (d for d in DUELS if d.name in ("two keys for a user", "join or delete a group", "attach or delete a policy")):
            crowd.prepare(duel)
            crowd.at_once(duel)
        before = names_in(crowd.connections[0])
    with WardkeepServer(binary, data=data) as server:
        connection = Connection(server.endpoint, server.admin_key)
        assert problems_of(connection, data) == []
        assert names_in(connection) == before


WHOLE = {
    "account": {"1": ("", {})}, "group": {"G": ("g", {"name": "g"})}, "role": {"R": ("r", {"name": "r"})},
    "policy": {"P": ("p", {"name": "p", "path": "/", "default": 1, "versions": [{"number": 1}]})},
    "user": {"U": ("u", {"name": "u", "groups": ["G"], "attached": ["arn:aws:iam::1:policy/p"], "keys": [{"id": "A"}]})},
    "instance_profile": {"I": ("i", {"name": "i", "role": "R"})},
}
BROKEN = [
    ("user", "U", {"groups": ["H"]}, "user u: groups has H, which is not there"),
    ("user", "U", {"attached": ["arn:aws:iam::1:policy/q"]}, "user u: attached has arn:aws:iam::1:policy/q, which is not there"),
    ("user", "U", {"keys": [{"id": "A"}, {"id": "B"}, {"id": "C"}]}, "user u: 3 keys"),
    ("user", "U", {"groups": ["G", "G"]}, "user u: groups has something twice"),
    ("user", "U", {"inline": [{"name": "x", "document": "d" * 2049}]}, "user u: 2049 characters of inline policies"),
    ("policy", "P", {"default": 2}, "policy p: the default version 2 is not there"),
    ("instance_profile", "I", {"role": "S"}, "instance_profile i: role has S, which is not there"),
    ("something", "S", {}, "documents of the kind something are not known to this checker"),
]


# The checker sees what it is there to see.
@pytest.mark.parametrize("kind, number, change, problem", BROKEN)
def test_checker_finds_broken_documents(kind, number, change, problem):
    documents = collections.defaultdict(dict, copy.deepcopy(WHOLE))
    assert problems_of_documents(documents) == []
    name_key, body = documents[kind].get(number, ("", {}))
    documents[kind][number] = (name_key, {**body, **change})
    assert problems_of_documents(documents) == [problem]


def names_in(connection):
    """Every name and ARN of the account, in order."""
    text = connection.call("GetAccountAuthorizationDetails", {"MaxItems": "1000"}).text
    return re.findall(r"<(?:\w+Name|\w*Arn|member)>([^<]+)<", text)
