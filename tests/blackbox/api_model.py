"""The API models with their overlays merged in, as the code generator reads them, and requests as nested values.

A request is a dict of its members: text for a scalar, a list for a list, a dict for a structure or a map. `Raw` and
`Nested` stand where a request says something no well-formed value says.
"""

import dataclasses
import functools
import pathlib
import sys

from signed_request import encode

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from codegen.generate import load  # noqa: E402

SERVICES = ("iam", "sts")


@dataclasses.dataclass(frozen=True)
class Raw:
    """Bytes of the form, sent without encoding as (or below) the member; `code` and `message` are the answer to them.

    `early`: the form cannot be read at all, which is found before the operation is.
    """

    text: str
    code: str = "MalformedInput"
    message: str | None = None
    suffix: str = ""
    early: bool = False


@dataclasses.dataclass(frozen=True)
class Nested:
    """Parameters below (or, for a list or structure, at) the member's name that say nothing: the member is absent."""

    pairs: tuple


@dataclasses.dataclass(frozen=True)
class WordIndex:
    """A word where an index of a list of structures belongs: the list has one element, which is null."""

    suffix: str


@functools.cache
def read_model(service):
    """The merged model; shapes are plain dicts."""
    return load(ROOT / "models", service)[0]


def operations():
    """(service, operation) of everything the models have."""
    return [(service, name) for service in SERVICES for name in sorted(read_model(service).operations)]


def pairs_of(model, shape_name, value, name):
    """The form parameters of a value, encoded, as (name, value)."""
    shape = model.shapes[shape_name]
    if isinstance(value, Raw):
        return [(name + value.suffix, value.text)]
    if isinstance(value, WordIndex):
        return [(name + value.suffix, "text")]
    if isinstance(value, Nested):
        return [(name + suffix, encode(text)) for suffix, text in value.pairs]
    if shape["type"] == "structure":
        parts = [pairs_of(model, shape["members"][inner]["shape"], content, f"{name}.{inner}" if name else inner)
                 for inner, content in value.items()]
    elif shape["type"] == "list":
        parts = [pairs_of(model, shape["member"]["shape"], content, f"{name}.member.{index}")
                 for index, content in enumerate(value, 1)] or [[(name, "")]]
    elif shape["type"] == "map":
        parts = [[(f"{name}.entry.{index}.key", encode(key)),
                  *pairs_of(model, shape["value"]["shape"], content, f"{name}.entry.{index}.value")]
                 for index, (key, content) in enumerate(value.items(), 1)] or [[(name, "")]]
    else:
        return [(name, encode(value))]
    return [pair for part in parts for pair in part]


def body_of(service, operation, request, more=""):
    """The form of a request; `more` is appended as it is."""
    model = read_model(service)
    start = [("Action", operation), ("Version", model.metadata["version"])]
    pairs = start + pairs_of(model, model.operations[operation]["input"], request, "")
    return "&".join(f"{name}={value}" for name, value in pairs) + more
