"""Checks models/authorization/<service>.json against the model and turns its rows into C++ initialisers."""
from codegen import names
from codegen.model import ModelError

TYPES = {"any": "kAny", "user": "kUser", "group": "kGroup", "role": "kRole", "instance-profile": "kInstanceProfile",
         "policy": "kPolicy", "mfa": "kMfa", "oidc-provider": "kOidcProvider", "saml-provider": "kSamlProvider",
         "server-certificate": "kServerCertificate", "entity": "kEntity", "delegation-request": "kDelegationRequest",
         "role-template": "kRoleTemplate", "access-report": "kAccessReport", "federated-user": "kFederatedUser",
         "root": "kRoot"}
SOURCES = (("arn", "kArn"), ("access_key", "kAccessKey"), ("url", "kUrl"), ("service", "kServiceRole"),
           ("deletion_task", "kDeletionTask"))
LOOKUPS = {"@resource.tags": "kResourceTags", "@resource.boundary": "kResourceBoundary",
           "@resource.service": "kResourceService", "@resource.owner": "kResourceOwner", "@assertion": "kAssertion"}
AUTHORIZE = {"policy": "kPolicy", "deny-only": "kDenyOnly", "exempt": "kExempt"}
ROW_KEYS = {"actions", "resource", "renamed", "keys", "access", "mask", "auth", "authorize", "pass_role", "heavy",
            "owner_may", "regional"}
TEMPLATE_KEYS = {"type", "name", "path", "new", "default", "caller", "suffix"} | {k for k, _ in SOURCES}


class Table:
    def __init__(self, model, rows):
        self.model = model
        self.rows = rows
        missing = sorted(set(model.operations) - set(rows))
        extra = sorted(set(rows) - set(model.operations))
        if missing or extra:
            raise ModelError(f"{model.name}: operations without an authorization row: {missing}; rows without an "
                             f"operation: {extra}")
        for operation, row in rows.items():
            self._check(operation, row)

    def _check(self, operation, row):
        unknown = set(row) - ROW_KEYS
        if unknown or not row.get("actions") or row.get("access") not in ("read", "write") or "resource" not in row:
            raise ModelError(f"{self.model.name}:{operation}: bad authorization row (unknown keys: {sorted(unknown)})")
        if (row.get("auth") == "none") != (self.model.operations[operation].get("auth") == "none"):
            raise ModelError(f"{self.model.name}:{operation}: auth differs from the model")

    def member(self, operation, name):
        """The address of a request member's descriptor."""
        shape = self.model.operations[operation]["input"]
        members = list(self.model.shapes[shape]["members"])
        if name not in members:
            raise ModelError(f"{self.model.name}:{operation}: no member {name} in its input")
        return f"&shapes::k{self.model.ids[shape]}Members[{members.index(name)}]"

    def template(self, operation, template):
        unknown = set(template) - TEMPLATE_KEYS
        if unknown or template["type"] not in TYPES:
            raise ModelError(f"{self.model.name}:{operation}: bad resource template {template}")
        fields = [f".type = api::ResourceType::{TYPES[template['type']]}"]
        source, member = "kAny", None
        if template.get("caller"):
            source = "kCaller"
        elif "name" in template:
            source, member = ("kNewName" if template.get("new") else "kName"), template["name"]
        for key, cpp in SOURCES:
            if key in template:
                source, member = cpp, template[key]
        fields.append(f".source = api::ResourceSource::{source}")
        if member:
            fields.append(f".member = {self.member(operation, member)}")
        path = template.get("path", template.get("suffix"))
        if path:
            fields.append(f".path_member = {self.member(operation, path)}")
        if template.get("default") == "caller":
            fields.append(".default_caller = true")
        return "{" + ", ".join(fields) + "}"

    def actions(self, operation):
        out = []
        for action in self.rows[operation]["actions"]:
            if isinstance(action, str):
                out.append(f"{{.action = {names.literal(action)}}}")
            else:
                out.append(f"{{.action = {names.literal(action['action'])}, "
                           f".when = {self.member(operation, action['when'])}}}")
        return out

    def keys(self, operation):
        out = []
        for key, source in self.rows[operation].get("keys", {}).items():
            if source in LOOKUPS:
                out.append(f"{{.key = {names.literal(key)}, .source = api::KeySource::{LOOKUPS[source]}}}")
            else:
                out.append(f"{{.key = {names.literal(key)}, .member = {self.member(operation, source)}}}")
        return out

    def mask(self, operation):
        known = self._reachable(operation)
        for name in self.rows[operation].get("mask", ()):
            if name not in known:
                raise ModelError(f"{self.model.name}:{operation}: masked member {name} does not exist")
        return [names.literal(n) for n in self.rows[operation].get("mask", ())]

    def _reachable(self, operation):
        seen, found = set(), set()
        queue = [self.model.operations[operation][side] for side in ("input", "output")]
        while queue:
            shape = queue.pop()
            if shape in seen:
                continue
            seen.add(shape)
            found |= set(self.model.shapes[shape].get("members", ()))
            queue += self.model.references(shape)
        return found
