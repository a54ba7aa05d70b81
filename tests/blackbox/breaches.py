"""Requests that break one thing a model says, for every member at every depth; and requests just inside the borders.

`breaches` yields (what, request): exactly what `expected_refusal` then has an answer for. `at_borders` yields requests
that a model allows. Values over LARGEST characters are left out: the limit of the body speaks before the model does.
"""

from api_model import Nested, Raw, WordIndex
from expected_refusal import carried, fits
from model_values import regex_of, sized_text, text_of

LARGEST = 300_000
# Characters some pattern forbids; the line feed at the end is one that careless anchors let through.
STRANGE = ("\x00", "\x01", "\n", " ", "*", "\u00e9", "\u2603", "\N{GRINNING FACE}")
ENCODINGS = tuple((what, Raw(text, *refusal, early=True)) for what, text, *refusal in (
    ("broken escape at the end", "a%", "MalformedQueryString", "Incomplete trailing escape % sequence"),
    ("half an escape", "a%4", "MalformedQueryString", "Incomplete trailing escape % sequence"),
    ("escape without hex", "a%G1", "MalformedQueryString", "Illegal hex characters in escape % pattern: %G1"),
    ("byte that begins nothing", "a%FF"),
    ("overlong NUL", "%C0%80"),
    ("surrogate", "%ED%A0%80"),
    ("beyond Unicode", "%F4%90%80%80"),
    ("cut sequence", "a%E2%98"),
))
NOT_NUMBERS = ("three", "", "1.5", "1e2", "0x10", "%201", "%2B-1", "99999999999999999999", "%D9%A3")
NOT_BOOLEANS = ("perhaps", "", "yes", "True", "FALSE", "2", "%20true")
NOT_TIMES = ("yesterday", "", "2026-13-01T00%3A00%3A00Z", "1e999")
NOT_BASE64 = ("*", "YQ%3D%3DYQ", "Y")
WORDS = ("x", "1x", "%2B1")
INDEXES = {"0": "0 is not a valid index", "-1": "Key -1 may not have a leading '-'",
           "1.0": "Two index elements may not occur back to back",
           "12": "Excessively sparse input would skip 11 list elements",
           "9999999999": "Excessively sparse input would skip 9999999998 list elements"}
NO_LIST = "Start of list found where not expected"


def _text_breaches(shape):
    least, most = shape.get("min", 0), shape.get("max", LARGEST)
    if least > 0:
        yield "too short", sized_text(shape, least - 1)
    if most < LARGEST:
        yield "too long", sized_text(shape, most + 1)
        yield "too long in scalars", sized_text(shape, most + 1, wide=True)
    if "enum" in shape:
        yield from (("enum", text) for text in ("NotOneOfThem", "", shape["enum"][0].swapcase(), shape["enum"][0] + " "))
        return
    usual = sized_text(shape, max(least, 1))
    for strange in STRANGE:
        for text in (usual[:-1] + strange, strange + usual[1:], strange * len(usual)):
            if not fits(shape, text) or ("pattern" not in shape and carried(text) != text):
                yield f"character {strange!r}", text


def _scalar_breaches(shape):
    kind = shape["type"]
    if kind == "string":
        yield from _text_breaches(shape)
    if kind in ("integer", "long"):
        if "min" in shape:
            yield "too small", str(shape["min"] - 1)
        if "max" in shape:
            yield "too large", str(shape["max"] + 1)
    wrong = {"integer": NOT_NUMBERS, "long": NOT_NUMBERS, "boolean": NOT_BOOLEANS, "timestamp": NOT_TIMES, "blob": NOT_BASE64}
    yield from ((f"no {kind}", Raw(text)) for text in wrong.get(kind, ()))
    yield from ENCODINGS


class Breaches:
    """Walks the shapes of one model; `values` fills in what is not the point of a case."""

    def __init__(self, model, values):
        self.model, self.values = model, values

    def of_operation(self, operation):
        """(what, request) for every way to break the operation's input."""
        base = self.values.request(operation)
        members = self.model.shapes[self.model.operations[operation]["input"]]["members"]
        yield from self._structure(members, base)
        broken = {name: next((value for _, value in self._of(member["shape"]) if value and not isinstance(value, Raw)), None)
                  for name, member in members.items()}
        if any(value is not None for value in broken.values()):
            yield "every member broken", {name: value for name, value in broken.items() if value is not None}
        if any(member.get("required") for member in members.values()):
            yield "nothing given", {}

    def _structure(self, members, base):
        for name, member in members.items():
            rest = {other: value for other, value in base.items() if other != name}
            if member.get("required"):
                yield f"{name} missing", rest
                yield from ((f"{name} {what}", {**rest, name: value}) for what, value in self._misplaced(member["shape"]))
            yield from ((f"{name} {what}", {**base, name: value}) for what, value in self._of(member["shape"]))

    def _misplaced(self, shape_name):
        """Parameters of another type than the member's, which are ignored as unknown ones are."""
        kind = self.model.shapes[shape_name]["type"]
        if kind in ("structure", "list", "map"):
            yield "as text", Nested((("", "text"),))
        else:
            yield "as a list", Nested(((".member.1", "text"),))
            yield "as a structure", Nested(((".Name", "text"), (".Value.Deep", "text")))

    def _of(self, shape_name):
        """(what, value) for every way to break one value."""
        shape = self.model.shapes[shape_name]
        if shape["type"] == "structure":
            yield from ((what, value) for what, value in self._structure(shape["members"], self.values.structure(shape)) if value)
        elif shape["type"] == "list":
            yield from self._list(shape)
        elif shape["type"] == "map":
            yield from self._map(shape)
        else:
            yield from _scalar_breaches(shape)

    def _list(self, shape):
        element = self.values.of(shape["member"]["shape"])
        if shape.get("min", 0) > 0:
            yield "too few", [element] * (shape["min"] - 1)
        if "max" in shape:
            yield "too many", [element] * (shape["max"] + 1)
        for what, value in self._of(shape["member"]["shape"]):
            yield "element: " + what, [value]
            yield "second element: " + what, [element, value]
        inner = ".Name" if isinstance(element, dict) else ""
        yield from ((f"index {index}", Raw("text", message=message, suffix=f".member.{index}{inner}"))
                    for index, message in INDEXES.items())
        for word in WORDS:
            suffix = f".member.{word}{inner}"
            yield f"index {word}", WordIndex(suffix) if inner else Raw("text", message=NO_LIST, suffix=suffix)

    def _map(self, shape):
        element = self.values.of(shape["value"]["shape"])
        if "max" in shape:
            yield "too many", {f"key{i}": element for i in range(shape["max"] + 1)}
        yield from ((f"value: {what}", {"key": value}) for what, value in self._of(shape["value"]["shape"]))
        yield "entry without key", Raw("text", suffix=".entry.1.value")


class Borders(Breaches):
    """The same walk over values just inside the borders: the smallest, the largest, every one of an enumeration."""

    def of_operation(self, operation):
        members = self.model.shapes[self.model.operations[operation]["input"]]["members"]
        yield from (("required members", self.values.request(operation)), ("all members", self.values.request(operation, True)))
        yield from self._structure(members, self.values.request(operation))

    def _structure(self, members, base):
        for name, member in members.items():
            yield from ((f"{name} {what}", {**base, name: value}) for what, value in self._of(member["shape"]))

    def _of(self, shape_name):
        shape = self.model.shapes[shape_name]
        if shape["type"] == "structure":
            yield from super()._of(shape_name)
        elif shape["type"] == "map":
            yield from ((f"value: {what}", {"key": value}) for what, value in self._of(shape["value"]["shape"]))
        elif shape["type"] == "list":
            yield from self._list(shape)
        elif "enum" in shape:
            yield from (("enum", value) for value in shape["enum"])
        elif shape["type"] == "string":
            yield from self._text(shape)
        else:
            yield from (("border", str(shape[side])) for side in ("min", "max") if side in shape)

    def _text(self, shape):
        for length in {shape.get("min", 0), shape.get("max", LARGEST)} - {LARGEST}:
            for wide in (False, True):
                text = text_of(regex_of(shape), length, wide) if length < LARGEST else None
                if text is not None:
                    yield f"{length} characters", text

    def _list(self, shape):
        element = self.values.of(shape["member"]["shape"])
        yield from ((f"{size} elements", [element] * size) for size in (shape.get("min"), shape.get("max")) if size)
        yield from (("element: " + what, [value]) for what, value in self._of(shape["member"]["shape"]))
