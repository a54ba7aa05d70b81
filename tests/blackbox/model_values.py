"""Values that satisfy a model, of the smallest, the largest or a wanted size; text is walked out of the patterns."""

import functools

from api_model import ROOT  # noqa: F401  (puts tools/ on the path)
from codegen.automaton import Automaton
from expected_refusal import fits

PREFERRED = "ae1v/A-:."  # characters a walk takes first, so that texts stay readable
USUAL_LENGTH = 8


@functools.cache
def _automaton(regex):
    return Automaton(regex)


def _characters(automaton, wide):
    """One character for each group: a preferred one, or any that UTF-8 can carry; with `wide` the last of the group."""
    chosen = {}
    bounds = [first for first, _ in automaton.rows] + [0x110000]
    for index, (first, group) in enumerate(automaton.rows):
        last = bounds[index + 1] - 1
        nice = next((c for c in PREFERRED if first <= ord(c) <= last), None)
        plain = nice or chr(first if not 0xD800 <= first <= 0xDFFF else 0xE000)
        if wide:
            chosen[group] = max(chosen.get(group, ""), plain, chr(last if not 0xD800 <= last <= 0xDFFF else 0xD7FF))
        elif group not in chosen or (nice and chosen[group] not in PREFERRED):
            chosen[group] = plain
    return chosen


@functools.cache
def text_of(regex, length, wide=False):
    """A text of exactly that many characters that the pattern accepts, or None; `wide` prefers scalars of many bytes."""
    if regex is None:
        return ("\N{GRINNING FACE}" if wide else "a") * length
    automaton = _automaton(regex)
    table = automaton.table
    able = [{s for s, accepts in enumerate(automaton.accepting) if accepts}]  # able[n]: states n characters from the end
    for _ in range(length):
        able.append({s for s, row in enumerate(table) if any(t in able[-1] for t in row)})
    if 0 not in able[length]:
        return None
    characters = _characters(automaton, wide)
    rank = PREFERRED.find
    text, state = [], 0
    for left in range(length - 1, -1, -1):
        groups = [g for g, target in enumerate(table[state]) if target in able[left] and target is not None]
        group = max(groups, key=lambda g: ord(characters[g])) if wide else \
            min(groups, key=lambda g: (rank(characters[g]) % 99, characters[g]))
        text.append(characters[group])
        state = table[state][group]
    return "".join(text)


def regex_of(shape):
    return shape.get("pattern_regex", shape.get("pattern"))


def sized_text(shape, length, wide=False):
    """A text of that length, fitting the pattern if any text of that length does."""
    return text_of(regex_of(shape), length, wide) or "a" * length


def usual_text(shape):
    """A short text that satisfies a string shape."""
    if "enum" in shape:
        return shape["enum"][0]
    least, most = shape.get("min", 0), shape.get("max", 1 << 20)
    for length in sorted(range(least, min(most, least + 64) + 1), key=lambda n: abs(n - max(least, USUAL_LENGTH))):
        if (text := text_of(regex_of(shape), length)) is not None:
            return text
    raise ValueError(f"no text satisfies {shape}")


class Values:
    """Valid values of one model; `known` gives values by member name that mean something to the server, `given` names
    optional members that a request has all the same.
    """

    def __init__(self, model, known=None, given=()):
        self.model, self.known, self.given = model, known or {}, given

    def member(self, name, shape_name):
        """What the server knows under that name when the shape allows it, or anything valid."""
        shape, value = self.model.shapes[shape_name], self.known.get(name)
        if shape["type"] == "string" and value is not None and fits(shape, value) and \
                shape.get("min", 0) <= len(value) <= shape.get("max", len(value)) and value in shape.get("enum", [value]):
            return value
        return self.of(shape_name)

    def of(self, shape_name, optional=False):
        """A value of the shape; structures have their required members, with `optional` all of them."""
        shape = self.model.shapes[shape_name]
        kind = shape["type"]
        if kind == "structure":
            return self.structure(shape, optional)
        if kind == "list":
            return [self.of(shape["member"]["shape"], optional)] * max(1, shape.get("min", 1))
        if kind == "map":
            return {usual_text(self.model.shapes[shape["key"]["shape"]]): self.of(shape["value"]["shape"], optional)}
        if kind in ("integer", "long"):
            return str(shape.get("min", 1))
        return {"boolean": "true", "timestamp": "2026-01-01T00:00:00Z", "blob": "YQ=="}.get(kind) or usual_text(shape)

    def structure(self, shape, optional=False):
        """The required members (all with `optional`); of a union, and of a structure that requires none, at least one."""
        members = shape["members"]
        wanted = [n for n, m in members.items() if m.get("required") or (optional and not shape.get("union"))]
        wanted = wanted or list(members)[:1]
        return {name: self._inner(name, members[name]["shape"], optional) for name in wanted}

    def _inner(self, name, shape_name, optional):
        if optional and self.model.shapes[shape_name]["type"] in ("structure", "list", "map"):
            return self.of(shape_name, optional)
        return self.member(name, shape_name)

    def request(self, operation, optional=False):
        """A request of the operation with its required members and those in `given`, with `optional` all of them."""
        members = self.model.shapes[self.model.operations[operation]["input"]]["members"]
        return {name: self._inner(name, member["shape"], optional) for name, member in members.items()
                if optional or member.get("required") or name in self.given}
