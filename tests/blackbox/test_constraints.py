"""Every constraint of the models, violated at its border, for every operation.

Generated from models/iam.json and models/sts.json: for each top-level member of each input a request that breaks one
constraint and satisfies as much else as it can. What must hold: HTTP 400, a validation code, a text that names the
member, and nothing stored. Sent as raw signed Query calls, because an SDK would not send some of it.
"""

import json
import pathlib
import re

import pytest
from signed_request import Connection

MODELS = pathlib.Path(__file__).resolve().parents[2] / "models"
DONE = pathlib.Path(__file__).resolve().parent / "operations_with_handlers.txt"
CODES = {"ValidationError", "MissingParameter", "MalformedInput", "InvalidInput"}


def load(service):
    """The model with the corrections that the generator merges into it."""
    model = json.loads((MODELS / f"{service}.json").read_text())
    corrections = json.loads((MODELS / "overlays" / f"{service}.json").read_text()).get("shapes", {})
    for name, correction in corrections.items():
        model["shapes"][name].update({key: correction[key] for key in ("min", "max") if correction.get(key) is not None})
    return model


def handled(service):
    """Names of the operations this release answers; the others are refused before their input is looked at."""
    rows = [line.split(":") for line in DONE.read_text().splitlines()]
    return {operation for owner, operation in rows if owner == service}


def sample(model, name):
    """A value that satisfies a scalar shape, or None when the shape is not scalar or not simple."""
    shape = model["shapes"][name]
    if shape["type"] in ("integer", "long"):
        return str(shape.get("min", 1))
    if shape["type"] == "boolean":
        return "true"
    if shape["type"] != "string":
        return None
    if "enum" in shape:
        return shape["enum"][0]
    least = max(shape.get("min", 1), 1)
    for candidate in ("a", "/", "1", "v1", "A", "arn:aws:iam::123456789012:user/somebody"):
        text = candidate * -(-least // len(candidate))
        pattern = shape.get("pattern")
        if len(text) <= shape.get("max", 1 << 20) and (not pattern or matches(pattern, text)):
            return text
    return None


def filled(model, name, shape_name):
    """Query parameters that fill one member with something valid; empty when no value is known."""
    shape = model["shapes"][shape_name]
    if shape["type"] == "list":
        return filled(model, f"{name}.member.1", shape["member"]["shape"])
    if shape["type"] == "structure":
        parts = [filled(model, f"{name}.{inner}", member["shape"]) for inner, member in shape["members"].items()]
        return {key: value for part in parts for key, value in part.items()}
    value = sample(model, shape_name)
    return {} if value is None else {name: value}


def matches(pattern, text):
    """Whether a model pattern fits; patterns this Python cannot read count as fitting."""
    translated = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda m: re.escape(chr(int(m[1], 16))), pattern)
    translated = translated.replace(r"\p{L}", "A-Za-z").replace(r"\p{Z}", " ").replace(r"\p{N}", "0-9")
    try:
        return re.fullmatch(translated, text, re.ASCII) is not None
    except re.error:
        return True


def breaches(model, member):
    """(what is broken, value) for one scalar member."""
    shape = model["shapes"][member["shape"]]
    if shape["type"] == "string":
        if "enum" in shape:
            yield "enum", "NotOneOfThem"
        if shape.get("min", 0) > 1:
            yield "too short", "a" * (shape["min"] - 1)
        if shape.get("max", 1 << 20) <= 4096:
            yield "too long", "a" * (shape["max"] + 1)
        if "pattern" in shape and "enum" not in shape and not matches(shape["pattern"], "\x01" * max(shape.get("min", 1), 1)):
            yield "pattern", "\x01" * max(shape.get("min", 1), 1)
    if shape["type"] in ("integer", "long"):
        if "min" in shape:
            yield "too small", str(shape["min"] - 1)
        if "max" in shape:
            yield "too large", str(shape["max"] + 1)
        yield "no number", "three"
    if shape["type"] == "boolean":
        yield "no boolean", "perhaps"


def cases(service):
    model = load(service)
    for operation in sorted(handled(service)):
        members = model["shapes"][model["operations"][operation].get("input", "")]["members"] \
            if "input" in model["operations"][operation] else {}
        valid = {name: filled(model, name, member["shape"]) for name, member in members.items() if member.get("required")}
        for name, member in members.items():
            rest = {key: value for other, part in valid.items() if other != name for key, value in part.items()}
            if member.get("required"):
                yield service, operation, name, "missing", rest
            for what, value in breaches(model, member):
                yield service, operation, name, what, {**rest, name: value}


ALL = [case for service in ("iam", "sts") for case in cases(service)]


@pytest.fixture(scope="module")
def connection(server):
    made = Connection(server.endpoint, server.admin_key)
    yield made
    made.close()


# The border of every constraint. One parametrised case per operation keeps the report readable.
@pytest.mark.parametrize("service, operation", sorted({case[:2] for case in ALL}))
def test_borders(connection, service, operation):
    wrong = []
    for _, _, member, what, parameters in (case for case in ALL if case[:2] == (service, operation)):
        answer = connection.call(operation, parameters, service=service)
        path = member[0].lower() + member[1:]
        named = path in (answer.message or "") or member in (answer.message or "") or answer.code == "MalformedInput"
        if answer.status != 400 or answer.code not in CODES or not named:
            wrong.append(f"{member} {what}: {answer.status} {answer.code} {answer.message}")
    assert not wrong, "\n".join(wrong)


TEXTS = [
    ("iam", "CreateUser", {}, "1 validation error detected: Value at 'userName' failed to satisfy constraint: "
                              "Member must not be null"),
    ("iam", "CreateUser", {"UserName": "a" * 65}, "1 validation error detected: Value at 'userName' failed to satisfy "
                                                  "constraint: Member must have length less than or equal to 64"),
    ("iam", "CreateUser", {"UserName": "a b"}, "The specified value for userName is invalid. It must contain only "
                                               "alphanumeric characters and/or the following: +=,.@_-"),
    ("iam", "CreateUser", {"UserName": "a", "Path": "nope"}, "The specified value for path is invalid. It must begin and "
                           "end with / and contain only alphanumeric characters and/or / characters."),
    ("iam", "ListUsers", {"PathPrefix": "nope"}, "The specified value for pathPrefix is invalid. It must begin with the / "
                                                 "character and contain only alphanumeric characters and/or / characters."),
    ("sts", "AssumeRole", {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "a:b"},
     "1 validation error detected: Value 'a:b' at 'roleSessionName' failed to satisfy constraint: "
     r"Member must satisfy regular expression pattern: [\w+=,.@-]*"),
    ("sts", "AssumeRole", {"RoleArn": "arn:aws:iam::123456789012:role/r", "RoleSessionName": "ab", "DurationSeconds": "899"},
     "1 validation error detected: Value '899' at 'durationSeconds' failed to satisfy constraint: "
     "Member must have value greater than or equal to 900"),
]


# The sentences AWS is on record with.
@pytest.mark.parametrize("service, operation, parameters, text", TEXTS)
def test_texts(connection, service, operation, parameters, text):
    answer = connection.call(operation, parameters, service=service)
    assert (answer.status, answer.code, answer.message) == (400, "ValidationError", text)


# Several broken members are reported together, with their number in front.
def test_several_at_once(connection):
    answer = connection.call("CreateUser", {"UserName": "a" * 65, "PermissionsBoundary": "short"})
    assert answer.message.startswith("2 validation errors detected: ")
    assert "'userName'" in answer.message and "'permissionsBoundary'" in answer.message


# Members inside lists are named by their place.
def test_nested_path(connection):
    answer = connection.call("TagUser", {"UserName": "u", "Tags.member.1.Key": "k", "Tags.member.1.Value": "v",
                                         "Tags.member.2.Key": "k" * 129, "Tags.member.2.Value": "v"})
    assert answer.status == 400 and "tags.2.member.key" in answer.message
