"""What must be true of an account whatever happened to it: checked through the API and in the stored documents.

`problems_of` returns sentences, none when all holds. The tables name where documents refer to each other and how many
of something they may have; a kind of document or a member that is new belongs into them.
"""

import collections
import json
import xml.etree.ElementTree

from account_digest import stored_documents
from wardkeep_server import ACCOUNT_ID

# Kind of document -> {member that holds references: the kind it refers to}. Policies are referred to by ARN.
REFERENCES = {
    "account": {},
    "user": {"groups": "group", "attached": "policy", "boundary": "policy"},
    "group": {"attached": "policy"},
    "role": {"attached": "policy", "boundary": "policy"},
    "policy": {},
    "instance_profile": {"role": "role"},
    "server_certificate": {},
    "oidc_provider": {},
    "saml_provider": {},
    "delegation_request": {},
    "mfa_device": {"owner": "user"},
    "sign_outs": {},  # of a user, a role or the account
    "signin_attempt": {},  # names what was there then
}
# (kind, member): how many there may be (entity/quota.cc, data-formats section 15).
MOST = {
    ("user", "keys"): 2, ("user", "groups"): 10, ("user", "attached"): 10, ("user", "tags"): 50, ("user", "ssh_keys"): 5,
    ("user", "certificates"): 2, ("group", "attached"): 10, ("role", "attached"): 20, ("role", "tags"): 50,
    ("policy", "versions"): 5, ("policy", "tags"): 50, ("oidc_provider", "client_ids"): 100, ("oidc_provider", "thumbprints"): 5,
    ("oidc_provider", "tags"): 50, ("saml_provider", "tags"): 50, ("server_certificate", "tags"): 50,
    ("instance_profile", "tags"): 50, ("account", "root_keys"): 2,
}
MOST_MFA_DEVICES = 8
INLINE_CHARACTERS = {"user": 2048, "group": 5120, "role": 10240}  # all inline policies of one owner, without white space
# Key of GetAccountSummary -> kind of document that it counts.
COUNTED = {"Users": "user", "Groups": "group", "Roles": "role", "Policies": "policy", "InstanceProfiles": "instance_profile",
           "ServerCertificates": "server_certificate"}


def problems_of(connection, data=None, account=ACCOUNT_ID):
    """Everything that is wrong with the account of the connection; `data` is the folder of the server, if it has one.

    The documents of the other accounts in the folder are checked as well.
    """
    root = _read_details(connection)
    summary = _read_summary(connection)
    problems = _problems_of_details(root, summary)
    if data:
        accounts = collections.defaultdict(lambda: collections.defaultdict(dict))
        for (owner, kind, number), (name_key, body) in stored_documents(data).items():
            accounts[owner][kind][number] = (name_key, json.loads(body))
        problems += [problem for documents in accounts.values() for problem in problems_of_documents(documents)]
        problems += _problems_between(accounts[account], root, summary)
    return problems


def _read_details(connection):
    """One tree with everything of GetAccountAuthorizationDetails."""
    whole, marker = xml.etree.ElementTree.Element("Whole"), None
    while True:
        answer = connection.call("GetAccountAuthorizationDetails", {"MaxItems": "1000", **({"Marker": marker} if marker else {})})
        assert answer.status == 200, answer
        page = xml.etree.ElementTree.fromstring(answer.text)
        for element in page.iter():
            element.tag = element.tag.rpartition("}")[2]
        whole.append(page)
        marker = page.findtext(".//Marker")
        if not marker:
            return whole


def _read_summary(connection):
    answer = connection.call("GetAccountSummary")
    assert answer.status == 200, answer
    tree = xml.etree.ElementTree.fromstring(answer.text)
    for element in tree.iter():
        element.tag = element.tag.rpartition("}")[2]
    return {entry.findtext("key"): int(entry.findtext("value")) for entry in tree.iterfind(".//SummaryMap/entry")}


def _problems_of_details(root, summary):
    problems = []
    groups = {group.findtext("GroupName") for group in root.iterfind(".//GroupDetailList/member")}
    policies = {policy.findtext("Arn"): policy for policy in root.iterfind(".//Policies/member")}
    attached, bounding = collections.Counter(), collections.Counter()
    for kind in ("User", "Group", "Role"):
        for owner in root.iterfind(f".//{kind}DetailList/member"):
            attached.update(p.text for p in owner.iterfind("AttachedManagedPolicies/member/PolicyArn"))
            bounding.update(b.text for b in owner.iterfind("PermissionsBoundary/PermissionsBoundaryArn"))
            problems += [f"{kind} {owner.findtext(f'{kind}Name')} is in the group {group.text}, which is not there"
                         for group in owner.iterfind("GroupList/member") if group.text not in groups]
    for used in {*attached, *bounding} - policies.keys():
        problems.append(f"{used} is in use and not there")
    for arn, policy in policies.items():
        defaults = [v for v in policy.iterfind("PolicyVersionList/member") if v.findtext("IsDefaultVersion") == "true"]
        if len(defaults) != 1 or defaults[0].findtext("VersionId") != policy.findtext("DefaultVersionId"):
            problems.append(f"{arn} has {len(defaults)} default versions and says {policy.findtext('DefaultVersionId')}")
        for member, counted in (("AttachmentCount", attached), ("PermissionsBoundaryUsageCount", bounding)):
            if int(policy.findtext(member)) != counted[arn]:
                problems.append(f"{arn}: {member} is {policy.findtext(member)}, {counted[arn]} are there")
    profiles = [r for r in root.iterfind(".//InstanceProfileList/member/Roles/member/RoleName")]
    roles = {role.findtext("RoleName") for role in root.iterfind(".//RoleDetailList/member")}
    problems += [f"an instance profile has the role {r.text}, which is not there" for r in profiles if r.text not in roles]
    for kind in ("User", "Group", "Role"):
        found = root.findall(f".//{kind}DetailList/member")
        if len(found) != summary[f"{kind}s"]:
            problems.append(f"the summary counts {summary[f'{kind}s']} {kind}s, {len(found)} are there")
        folded = collections.Counter(member.findtext(f"{kind}Name").lower() for member in found)
        problems += [f"{count} {kind}s are called {name}" for name, count in folded.items() if count > 1]
    return problems


def _texts(value):
    return [value] if isinstance(value, str) else value or []


def problems_of_documents(documents):
    """The same for {kind: {id: (name key, body)}} alone."""
    problems = [f"documents of the kind {kind} are not known to this checker" for kind in documents if kind not in REFERENCES]
    account = next(iter(documents["account"]))
    arns = {f"arn:aws:iam::{account}:policy{body['path']}{body['name']}" for _, body in documents["policy"].values()}
    for kind, found in documents.items():
        names = collections.Counter(name_key for name_key, _ in found.values() if name_key)
        problems += [f"{count} documents {kind} are called {name}" for name, count in names.items() if count > 1]
        for number, (_, body) in found.items():
            where = f"{kind} {body.get('name', number)}"
            for member, target in REFERENCES.get(kind, {}).items():
                for reference in _texts(body.get(member)):
                    there = reference in arns if target == "policy" else reference in documents[target]
                    there = there or (member == "owner" and reference == account)  # the root user's device
                    if not there and not reference.startswith("arn:aws:iam::aws:policy/"):
                        problems.append(f"{where}: {member} has {reference}, which is not there")
            problems += [f"{where}: {len(body.get(member, []))} {member}" for (owner, member), most in MOST.items()
                         if owner == kind and len(body.get(member, [])) > most]
            problems += _problems_of_one(kind, where, body)
    owners = collections.Counter(body.get("owner") for _, body in documents["mfa_device"].values() if body.get("owner"))
    return problems + [f"{owner} has {count} MFA devices" for owner, count in owners.items() if count > MOST_MFA_DEVICES]


def _problems_of_one(kind, where, body):
    problems = []
    size = sum(len("".join(policy["document"].split())) for policy in body.get("inline", []))
    if size > INLINE_CHARACTERS.get(kind, size):
        problems.append(f"{where}: {size} characters of inline policies")
    for member in ("attached", "groups", "client_ids", "thumbprints"):
        if len(set(body.get(member, []))) != len(body.get(member, [])):
            problems.append(f"{where}: {member} has something twice")
    for member, key in (("keys", "id"), ("ssh_keys", "id"), ("certificates", "id"), ("inline", "name"), ("versions", "number")):
        values = [part[key] for part in body.get(member, []) if key in part]
        if len(set(values)) != len(values):
            problems.append(f"{where}: {member} has one {key} twice")
    if kind == "policy" and body["default"] not in [version["number"] for version in body["versions"]]:
        problems.append(f"{where}: the default version {body['default']} is not there")
    return problems


def _problems_between(documents, root, summary):
    """Where the API says something else than the store."""
    problems = [f"the summary counts {summary[key]} {key}, the store has {len(documents[kind])}"
                for key, kind in COUNTED.items() if summary[key] != len(documents[kind])]
    for kind in ("User", "Group", "Role"):
        shown = {member.findtext(f"{kind}Id") for member in root.iterfind(f".//{kind}DetailList/member")}
        for number in shown ^ documents[kind.lower()].keys():
            problems.append(f"{kind} {number} is {'shown and not stored' if number in shown else 'stored and not shown'}")
    return problems
