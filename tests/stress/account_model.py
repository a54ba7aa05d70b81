"""What an account should hold: a flat model, the operations that change it, and the way to read it back.

The model is a dict of facts, e.g. ("user", "t0-u1") -> "/p/", ("tag", "t0-u1", "k") -> "7". An operation is a request
and its effect: facts to set and facts to remove. A request that was answered has happened; one that was cut off by a
kill may have happened wholly or not at all, and nothing in between.
"""

import dataclasses
import json
import urllib.parse
import xml.etree.ElementTree

from write_families import Slot


@dataclasses.dataclass
class Operation:
    """One request and what it does to the model."""

    action: str
    parameters: dict
    sets: dict = dataclasses.field(default_factory=dict)
    removes: frozenset = frozenset()
    learned: str = "VersionId"  # element of the answer that fills in a None in a fact that is set

    def applied(self, facts):
        """The facts after the operation."""
        kept = {key: value for key, value in facts.items() if key not in self.removes}
        return {**kept, **self.sets}


def document(marker):
    """A policy whose Sid carries a number to recognise it by."""
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Sid": f"n{marker}", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}]})


def marker_of(encoded):
    """The number in a percent-encoded document."""
    statement = json.loads(urllib.parse.unquote(encoded))["Statement"]
    return int(statement[0]["Sid"][1:])


class Client:
    """The operations one client may do next. Its entities are its own: their names begin with its name."""

    USERS, GROUPS, POLICIES = 4, 2, 2

    def __init__(self, name, rng, account_id, families=()):
        self.name, self.rng, self.account_id = name, rng, account_id
        self.families = [family for family in families if name == "t0" or not family.one_client]
        self.facts = {}
        self._count = 0

    def _next(self):
        self._count += 1
        return self._count

    def _of_user(self, user, kind=None):
        return {k: v for k, v in self.facts.items() if len(k) > 2 and k[1] == user and kind in (None, k[0])}

    def next_operation(self):
        """A random operation that the server must accept in the present state."""
        return self.rng.choice([self._user, self._user, self._user, self._tag, self._inline, self._member, self._group,
                                self._policy, self._version, *[self._family] * 4])()

    def _pick_user(self):
        users = [key[1] for key in self.facts if key[0] == "user"]
        return self.rng.choice(users) if users else None

    def _user(self):
        user = f"{self.name}-u{self.rng.randrange(self.USERS)}"
        if ("user", user) not in self.facts:
            number = str(self._next())
            return Operation("CreateUser", {"UserName": user, "Path": f"/{number}/", "Tags.member.1.Key": "made",
                                            "Tags.member.1.Value": number},
                             {("user", user): f"/{number}/", ("tag", user, "made"): number})
        if any(key[0] != "tag" for key in self._of_user(user)):
            return self._rename(user)
        gone = {("user", user), *self._of_user(user)}
        return Operation("DeleteUser", {"UserName": user}, removes=frozenset(gone))

    def _rename(self, user):
        """Moves everything of a user to a free name: one request, many facts."""
        free = [n for n in (f"{self.name}-u{i}" for i in range(self.USERS)) if ("user", n) not in self.facts]
        if not free:
            return self._tag()
        target = self.rng.choice(free)
        moved = {(k[0], target, *k[2:]): v for k, v in self._of_user(user).items()}
        moved[("user", target)] = self.facts[("user", user)]
        return Operation("UpdateUser", {"UserName": user, "NewUserName": target}, moved,
                         frozenset({("user", user), *self._of_user(user)}))

    def _tag(self):
        user = self._pick_user()
        if user is None:
            return self._user()
        key = f"k{self.rng.randrange(3)}"
        if ("tag", user, key) in self.facts and self.rng.random() < 0.3:
            return Operation("UntagUser", {"UserName": user, "TagKeys.member.1": key}, removes=frozenset({("tag", user, key)}))
        value = str(self._next())
        return Operation("TagUser", {"UserName": user, "Tags.member.1.Key": key, "Tags.member.1.Value": value},
                         {("tag", user, key): value})

    def _inline(self):
        user = self._pick_user()
        if user is None:
            return self._user()
        policy = f"p{self.rng.randrange(2)}"
        if ("inline", user, policy) in self.facts and self.rng.random() < 0.5:
            return Operation("DeleteUserPolicy", {"UserName": user, "PolicyName": policy},
                             removes=frozenset({("inline", user, policy)}))
        marker = self._next()
        return Operation("PutUserPolicy", {"UserName": user, "PolicyName": policy, "PolicyDocument": document(marker)},
                         {("inline", user, policy): marker})

    def _group(self):
        group = f"{self.name}-g{self.rng.randrange(self.GROUPS)}"
        if ("group", group) not in self.facts:
            return Operation("CreateGroup", {"GroupName": group}, {("group", group): "/"})
        if self.rng.random() < 0.3:
            path = f"/{self._next()}/"
            return Operation("UpdateGroup", {"GroupName": group, "NewPath": path}, {("group", group): path})
        if self._in_use(("group", group)):
            return self._member()
        return Operation("DeleteGroup", {"GroupName": group}, removes=frozenset({("group", group)}))

    def _member(self):
        user = self._pick_user()
        groups = [key[1] for key in self.facts if key[0] == "group"]
        if user is None or not groups:
            return self._user()
        group = self.rng.choice(groups)
        parameters = {"UserName": user, "GroupName": group}
        if ("member", user, group) in self.facts:
            return Operation("RemoveUserFromGroup", parameters, removes=frozenset({("member", user, group)}))
        return Operation("AddUserToGroup", parameters, {("member", user, group): True})

    def _policy(self):
        policy = f"{self.name}-m{self.rng.randrange(self.POLICIES)}"
        versions = [key for key in self.facts if key[0] == "version" and key[1] == policy]
        if not versions:
            marker = self._next()
            return Operation("CreatePolicy", {"PolicyName": policy, "PolicyDocument": document(marker)},
                             {("version", policy, "v1"): marker, ("default", policy): "v1"})
        if len(versions) > 1:
            return self._version()
        gone = [key for key in self.facts if key[1] == policy]  # its tags go with it
        return Operation("DeletePolicy", {"PolicyArn": self._arn(policy)}, removes=frozenset(gone))

    def _arn(self, policy):
        return f"arn:aws:iam::{self.account_id}:policy/{policy}"

    def _version(self):
        policies = [key[1] for key in self.facts if key[0] == "default"]
        if not policies:
            return self._policy()
        policy = self.rng.choice(policies)
        default = self.facts[("default", policy)]
        others = [key for key in self.facts if key[0] == "version" and key[1] == policy and key[2] != default]
        if others and (len(others) == 4 or self.rng.random() < 0.4):
            gone = self.rng.choice(others)
            return Operation("DeletePolicyVersion", {"PolicyArn": self._arn(policy), "VersionId": gone[2]}, removes=frozenset({gone}))
        if others and self.rng.random() < 0.4:
            chosen = self.rng.choice(others)[2]
            return Operation("SetDefaultPolicyVersion", {"PolicyArn": self._arn(policy), "VersionId": chosen},
                             {("default", policy): chosen})
        return self._new_version(policy)

    def _new_version(self, policy):
        """The number of the new version is the server's: the effect gets it from the answer, see `learn`."""
        marker = self._next()
        return Operation("CreatePolicyVersion", {"PolicyArn": self._arn(policy), "PolicyDocument": document(marker)},
                         {("version", policy, None): marker})

    def _names_of(self, kind):
        return [key[1] for key in self.facts if key[0] == kind]

    def _family(self):
        """An operation of one of the rows of write_families.py, if one is possible."""
        if not self.families:
            return self._user()
        family = self.rng.choice(self.families)
        owners = self._names_of(family.owner) if family.owner else [None]
        owner = self.rng.choice(owners) if owners else None
        there = [key for key in self.facts if key[0] == family.kind and (owner is None or key[1] == owner)]
        free = [name for name in self._slots(family, owner) if not any(key[-1] == name for key in there)]
        if not owners or not (there or free):
            return self._user()
        if free and (not there or self.rng.random() < 0.4):
            return self._create(family, owner, self.rng.choice(free))
        key = self.rng.choice(there)
        slot = Slot(key[-1], owner, self._next(), self.account_id)
        if family.change and (self._in_use(key) or self.rng.random() < 0.5):
            return Operation(*family.change(slot), {key: family.value(slot)})
        return self._user() if self._in_use(key) else Operation(*family.delete(slot), removes=frozenset({key}))

    def _slots(self, family, owner):
        """Names that things of the row may have; None is one the server gives."""
        if family.learned:
            return [None] * (sum(key[:2] == (family.kind, owner) for key in self.facts) < family.most)
        if isinstance(family.names, str):
            return [name for name in self._names_of(family.names) if not any(k[0] == family.kind and k[-1] == name for k in self.facts)]
        return family.names or [f"{self.name}-{family.kind}{i}" for i in range(2)]

    def _create(self, family, owner, name):
        slot = Slot(name, owner, self._next(), self.account_id)
        key = (family.kind, owner, name) if owner else (family.kind, name)
        return Operation(*family.create(slot), {key: family.value(slot)}, learned=family.learned or "")

    def _in_use(self, key):
        """Whether another fact belongs to this one or names it."""
        return len(key) == 2 and any(len(other) > 2 and key[1] in other[1:3] for other in self.facts)

    def learn(self, operation, answer_text):
        """Puts the id that the server gave into the effect of an operation."""
        for key in unknown_of(operation.sets):
            given = answer_text.split(f"<{operation.learned}>", 1)[1].split("<", 1)[0]
            operation.sets[(*key[:2], given)] = operation.sets.pop(key)


def unknown_of(facts):
    """Facts whose last part the server chooses."""
    return [key for key in facts if len(key) > 2 and key[2] is None]


def facts_of_details(text):
    """The facts in one answer of GetAccountAuthorizationDetails."""
    root = strip_namespaces(xml.etree.ElementTree.fromstring(text))
    facts = {}
    for user in root.iterfind(".//UserDetailList/member"):
        name = user.findtext("UserName")
        facts[("user", name)] = user.findtext("Path")
        for tag in user.iterfind("Tags/member"):
            facts[("tag", name, tag.findtext("Key"))] = tag.findtext("Value")
        for policy in user.iterfind("UserPolicyList/member"):
            facts[("inline", name, policy.findtext("PolicyName"))] = marker_of(policy.findtext("PolicyDocument"))
        for group in user.iterfind("GroupList/member"):
            facts[("member", name, group.text)] = True
    for group in root.iterfind(".//GroupDetailList/member"):
        facts[("group", group.findtext("GroupName"))] = group.findtext("Path")
    for policy in root.iterfind(".//Policies/member"):
        name = policy.findtext("PolicyName")
        facts[("default", name)] = policy.findtext("DefaultVersionId")
        for version in policy.iterfind("PolicyVersionList/member"):
            facts[("version", name, version.findtext("VersionId"))] = marker_of(version.findtext("Document"))
    return facts


def strip_namespaces(root):
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def agrees(actual, facts, pending):
    """Whether what was read is the model, or the model after the one request whose answer was lost."""
    if actual == facts:
        return True
    if pending is None:
        return False
    expected = pending.applied(facts)
    for key in unknown_of(expected):  # any new id will do
        marker = expected.pop(key)
        found = [k for k, v in actual.items() if k[:2] == key[:2] and v == marker and k not in facts]
        if len(found) != 1:
            return False
        expected[found[0]] = marker
    return actual == expected
