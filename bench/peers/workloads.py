"""The policies and requests that all engines are asked, W1 and W2 of the performance notes, and their translations.

W1: statement i allows s3:GetObject below bucket{i}/team{i}/. W2, of ten statements: six with a trailing star or exact,
two with wildcards in the action, one with a star in the middle, one deny; four with conditions on the principal's team
and on TLS. The same as in bench/policy_workloads_bench.cc.

Every request is made by user ann of team blue over TLS. An engine reads asks.tsv, one request a line: name, action,
bucket, key. Those named `random` are compared only, the others also timed.
"""

import dataclasses
import json
import random

SIZES = (10, 100, 1000, 10000)
# Random requests for each size; 10,000 in all for a workload.
RANDOM_REQUESTS = {10: 4000, 100: 4000, 1000: 1600, 10000: 400}
ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket")
PATTERN_ACTIONS = ("s3:GetObject", "s3:Get*", "s3:PutObject", "s3:GetObject", "s3:*Object", "s3:GetObject", "s3:GetObject",
                   "s3:DeleteObject", "s3:GetObject", "s3:GetObject")
TEAMS = ("blue", "blue", "red", "green")


@dataclasses.dataclass
class Statement:
    allow: bool
    action: str  # may hold one star
    bucket: str
    key: str  # "team1/*", "*/shared/*" or exact
    team: str = ""  # condition: the principal's team, and TLS


def w1(i):
    return Statement(True, "s3:GetObject", f"bucket{i}", f"team{i}/*")


def w2(i):
    shape = i % 10
    team = TEAMS[i // 10 % (4 if shape == 6 else 2)] if shape in (1, 4, 6, 9) else ""
    key = "*/shared/*" if shape == 5 else "exact.csv" if shape == 8 else f"team{i}/*"
    return Statement(shape != 3, PATTERN_ACTIONS[shape], f"bucket{i}", key, team)


WORKLOADS = {"W1": w1, "W2": w2}


def asks(workload, size, seed):
    """The requests: (name, action, bucket, key)."""
    def inside(i):
        return ("s3:GetObject", f"bucket{i}", f"team{i}/report/2026/01.csv")

    yield ("hit_first", *inside(0))
    yield ("hit_last", *inside(size - 1))
    yield ("miss", "s3:GetObject", "other", "team/report.csv")
    if workload == "W2":
        yield ("deny", *inside(size - 7))
    source = random.Random(f"{seed} {workload} {size}")
    for _ in range(RANDOM_REQUESTS[size]):
        i = source.randrange(size + size // 5 + 1)
        team = i if source.random() < 0.7 else source.randrange(size)
        key = source.choice([f"team{team}/a/b.csv", f"team{team}/x", f"a/b/shared/{i}", "exact.csv", f"team{team}"])
        yield ("random", source.choices(ACTIONS, (6, 2, 2, 1))[0], f"bucket{i}", key)


def aws(statements):
    def one(statement):
        made = {"Effect": "Allow" if statement.allow else "Deny", "Action": statement.action,
                "Resource": f"arn:aws:s3:::{statement.bucket}/{statement.key}"}
        if statement.team:
            made["Condition"] = {"StringEquals": {"aws:PrincipalTag/team": statement.team},
                                 "Bool": {"aws:SecureTransport": "true"}}
        return made

    return {"Version": "2012-10-17", "Statement": [one(statement) for statement in statements]}


def cedar(statements):
    """Conditions in the scope where Cedar has them there: an equality or a parent costs it less than `when`."""
    for statement in statements:
        when = []
        action = f'action == Action::"{statement.action}"'
        if "*" in statement.action:
            action = f'action in Action::"{statement.action}"'  # a group, see cedar_groups
        path = f"{statement.bucket}/{statement.key}"
        if path.count("*") == 0:
            resource = f'resource == Object::"{path}"'
        elif path.count("*") == 1 and path.endswith("/*"):
            resource = f'resource in Folder::"{path[:-2]}"'
        else:
            resource = "resource"
            when.append(f'resource.path like "{path}"')
        if statement.team:
            when += [f'context.team == "{statement.team}"', "context.tls"]
        tail = f" when {{ {' && '.join(when)} }}" if when else ""
        yield f"{'permit' if statement.allow else 'forbid'}(principal, {action}, {resource}){tail};"


def action_matches(pattern, action):
    before, star, after = pattern.partition("*")
    return action == pattern if not star else (len(action) >= len(before) + len(after) and action.startswith(before)
                                               and action.endswith(after))


def cedar_groups():
    """Lines: action, tab, the groups it is in, with commas."""
    patterns = sorted({pattern for pattern in PATTERN_ACTIONS if "*" in pattern})
    for action in ACTIONS:
        yield f"{action}\t{','.join(pattern for pattern in patterns if action_matches(pattern, action))}"


def rego(statements):
    """One rule a statement, with the equalities that OPA's rule index looks at."""
    yield "package authz\n\nimport rego.v1\n\ndefault allow := false\n\ndefault forbidden := false\n\n" \
        "allow if {\n\tpermitted\n\tnot forbidden\n}\n"
    for statement in statements:
        lines = []
        before, star, after = statement.action.partition("*")
        if not star:
            lines.append(f'input.action == "{statement.action}"')
        else:
            lines.append(f'startswith(input.action, "{before}")')
            if after:
                lines.append(f'endswith(input.action, "{after}")')
        lines.append(f'input.bucket == "{statement.bucket}"')
        if statement.key.startswith("*"):
            lines.append(f'contains(input.key, "{statement.key.strip("*")}")')
        elif statement.key.endswith("*"):
            lines.append(f'startswith(input.key, "{statement.key[:-1]}")')
        else:
            lines.append(f'input.key == "{statement.key}"')
        if statement.team:
            lines += [f'input.team == "{statement.team}"', "input.tls"]
        yield f"{'permitted' if statement.allow else 'forbidden'} if {{\n\t" + "\n\t".join(lines) + "\n}\n"


def casbin(statements):
    for statement in statements:
        yield f"p, {statement.action}, {statement.bucket}/{statement.key}"


def sapl(statements):
    """Equalities in the target, which its index looks at; the rest in the body."""
    for number, statement in enumerate(statements):
        target, body = [f'resource.bucket == "{statement.bucket}"'], []
        before, star, after = statement.action.partition("*")
        if not star:
            target.append(f'action == "{statement.action}"')
        else:
            body.append(f'action =~ "^{before}.*{after}$"')
        if statement.key.startswith("*"):
            body.append(f'resource.key =~ ".*{statement.key.strip("*")}.*"')
        elif statement.key.endswith("*"):
            body.append(f'resource.key =~ "^{statement.key[:-1]}.*"')
        else:
            target.append(f'resource.key == "{statement.key}"')
        if statement.team:
            target += [f'subject.team == "{statement.team}"', "subject.tls == true"]
        where = f" where {'; '.join(body)};" if body else ""
        yield f'policy "p{number}" {"permit" if statement.allow else "deny"} {" & ".join(target)}{where}'


def write(folder, workload, size, seed):
    """All forms of one workload at one size."""
    statements = [WORKLOADS[workload](i) for i in range(size)]
    folder.mkdir(parents=True, exist_ok=True)
    documents = [aws(statements[i:i + 50]) for i in range(0, size, 50)]
    (folder / "policies.json").write_text(json.dumps({"identity": documents}))
    (folder / "minio.json").write_text(json.dumps(aws(statements)))
    (folder / "policies.cedar").write_text("\n".join(cedar(statements)) + "\n")
    (folder / "cedar_groups.tsv").write_text("\n".join(cedar_groups()) + "\n")
    (folder / "policies.rego").write_text("\n".join(rego(statements)))
    (folder / "policies.sapl").write_text("\n".join(sapl(statements)) + "\n")
    if workload == "W1":  # rows of Casbin know neither conditions nor deny without losing its early exit
        (folder / "casbin.csv").write_text("\n".join(casbin(statements)) + "\n")
    (folder / "asks.tsv").write_text("".join("\t".join(ask) + "\n" for ask in asks(workload, size, seed)))
