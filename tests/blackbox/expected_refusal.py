"""What AWS answers to a request that breaks its model: code and text, computed from the model alone.

Source: wire-protocols.md sections 2.1 and 6. Where AWS's order is not stable this is the order of the model, and of
one value: least, most, pattern, enum. It shares no code with the server.
"""

import re
import sys
import typing

from api_model import ROOT, Nested, Raw, WordIndex

sys.path.insert(0, str(ROOT / "tools"))

from codegen import charsets  # noqa: E402

INTEGERS = {"integer": 31, "long": 63}
MAX_QUOTED_BYTES = 1024
MAX_VIOLATIONS = 10
_compiled = {}


class Refusal(typing.NamedTuple):
    """An answer of status 400; `early` ones come before the operation is identified, in the namespace of faults."""

    code: str
    message: str | None
    early: bool = False


class _Malformed(Exception):
    """The request cannot be decoded."""

    def __init__(self, raw):
        super().__init__(raw)
        self.refusal = Refusal(raw.code, raw.message, raw.early)


def fits(shape, text):
    """Whether the pattern of a shape fits the whole text."""
    regex = shape.get("pattern_regex", shape.get("pattern"))
    if regex is None:
        return True
    if regex not in _compiled:
        def spell(match):
            return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in charsets.category(match.group(1)))

        _compiled[regex] = re.compile(re.sub(r"\\p\{(\w+)\}", spell, regex), re.ASCII)
    return _compiled[regex].fullmatch(text) is not None


def carried(text):
    """The text as XML can carry it."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)


def expected_refusal(model, operation, request):
    """The Refusal of a request, or None when it breaks nothing the model says."""
    check = _Check(model)
    try:
        check.structure(model.operations[operation]["input"], request, "")
    except _Malformed as malformed:
        return malformed.refusal
    if check.missing:
        return Refusal("MissingParameter", f"The request must contain the parameter {check.missing}.")
    if check.violations:
        count = len(check.violations)
        plural = "" if count == 1 else "s"
        return Refusal("ValidationError", f"{count} validation error{plural} detected: " + "; ".join(check.violations))
    return Refusal("ValidationError", check.sentence) if check.sentence else None


class _Check:
    def __init__(self, model):
        self.model, self.style = model, model.validation
        self.violations, self.sentence, self.missing = [], None, None

    def structure(self, shape_name, value, path):
        for name, member in self.model.shapes[shape_name]["members"].items():
            inner = (path + "." if path else "") + name[0].lower() + name[1:]
            content = value.get(name)
            if content is None or isinstance(content, Nested):
                self._absent(name, member, inner)
            else:
                self.value(member["shape"], content, inner)

    def _absent(self, name, member, path):
        if not member.get("required"):
            return
        if member.get("missing_parameter"):
            self.missing = self.missing or name
        else:
            self._add("Value null" if self.style["show_null"] else "Value", path, "Member must not be null")

    def value(self, shape_name, value, path):
        shape = self.model.shapes[shape_name]
        if isinstance(value, WordIndex):
            value = [{}]
        self._refuse_malformed(shape, value)
        clauses, sentence = self._broken(shape, value)
        for clause in clauses:
            self._add(self._prefix(shape, value), path, clause)
        if sentence:
            member = path.rpartition(".")[2]
            self.sentence = self.sentence or f"The specified value for {member} is invalid. {sentence}"
        if shape["type"] == "structure":
            self.structure(shape_name, value, path)
        elif shape["type"] in ("list", "map"):
            self._elements(shape, value, path)

    def _null(self, shape, path):
        """A null structure: its required members are missing, the last one first."""
        required = [name for name, member in shape["members"].items() if member.get("required")]
        for name in reversed(required):
            self._absent(name, shape["members"][name], f"{path}.{name[0].lower()}{name[1:]}")
        if not required:
            self._add("Value null" if self.style["show_null"] else "Value", path, "Member must not be null")

    @staticmethod
    def _refuse_malformed(shape, value):
        """Bytes that decode to nothing, and text without a pattern of its own that no answer could show."""
        if isinstance(value, Raw):
            raise _Malformed(value)
        if shape["type"] == "string" and not {"pattern", "enum"} & shape.keys() and carried(value) != value:
            raise _Malformed(Raw(value))

    def _elements(self, shape, value, path):
        is_map = shape["type"] == "map"
        element_name = (shape["value"] if is_map else shape["member"])["shape"]
        element = self.model.shapes[element_name]
        items = list(value.items()) if is_map else [(str(i), content) for i, content in enumerate(value, 1)]
        items = [(key, content) for key, content in items if not isinstance(content, Nested)]
        for _, content in items:
            self._refuse_malformed(element, content)
        if element["type"] in ("structure", "list", "map"):
            for key, content in items:
                if content == {} and element["type"] == "structure":
                    self._null(element, f"{path}.{key}.member")
                else:
                    self.value(element_name, content, f"{path}.{key}.member")
        elif any(any(self._broken(element, content)) for _, content in items):
            self._add("Value" if is_map else self._prefix(shape, value), path,
                      ("Map value" if is_map else "Member") + f" must satisfy constraint: [{', '.join(self._all(element))}]")

    def _broken(self, shape, value):
        """(clauses, AWS's own sentence or None) of one value, without what is inside it."""
        number = shape["type"] in INTEGERS
        measure = int(value) if number else len(value) if shape["type"] in ("string", "list", "map") else None
        clauses, sentence = [], None
        if measure is not None and measure < shape.get("min", measure):
            clauses.append(self._bound(shape, "greater", shape["min"]))
        if measure is not None and measure > shape.get("max", measure):
            clauses.append(self._bound(shape, "less", shape["max"]))
        if shape["type"] == "string" and not fits(shape, value):
            sentence = shape.get("pattern_sentence")
            clauses += [] if sentence else [self._pattern(shape)]
        if "enum" in shape and value not in shape["enum"]:
            clauses.append(self._enum(shape))
        return clauses, sentence

    @staticmethod
    def _bound(shape, side, bound):
        return f"Member must have {'value' if shape['type'] in INTEGERS else 'length'} {side} than or equal to {bound}"

    @staticmethod
    def _pattern(shape):
        return "Member must satisfy regular expression pattern: " + shape["pattern"]

    def _enum(self, shape):
        return "Member must satisfy enum value set" + (f": [{', '.join(shape['enum'])}]" if self.style["show_enum_values"] else "")

    def _all(self, shape):
        """Every clause of an element's shape, as one broken element is reported."""
        return ([self._bound(shape, "less", shape["max"])] if "max" in shape else []) \
            + ([self._bound(shape, "greater", shape["min"])] if "min" in shape else []) \
            + ([self._pattern(shape)] if "pattern" in shape else []) + ([self._enum(shape)] if "enum" in shape else [])

    def _prefix(self, shape, value):
        number = shape["type"] in INTEGERS
        if shape.get("sensitive") or shape.get("hide_value") or not (self.style["show_values"] or number):
            return "Value"
        if shape["type"] == "list":
            element = self.model.shapes[shape["member"]["shape"]]
            if element["type"] != "string" or element.get("sensitive") or element.get("hide_value"):
                return "Value"
            value = "[" + ", ".join(value) + "]"
        elif shape["type"] != "string" and not number:
            return "Value"
        text = str(int(value)) if number else value
        return "Value '" + carried(text).encode()[:MAX_QUOTED_BYTES].decode("utf-8", "ignore") + "'"

    def _add(self, prefix, path, clause):
        if len(self.violations) < MAX_VIOLATIONS:
            self.violations.append(f"{prefix} at '{path}' failed to satisfy constraint: {clause}")
