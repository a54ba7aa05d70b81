"""Writes the compiled expressions of a model as tables of src/api/pattern.h; equal expressions share one."""
from codegen import names
from codegen.automaton import Automaton, PatternError
from codegen.model import ModelError

DEAD = 0xFFFF


class Patterns:
    def __init__(self):
        self.known = {}
        self.groups = {}

    def identifier(self, shape):
        return self.known[self._key(shape)]

    @staticmethod
    def _key(shape):
        return shape["pattern"], shape.get("pattern_regex", shape["pattern"])

    def tables(self, shapes):
        lines = []
        for shape in shapes:
            key = self._key(shape)
            if key not in self.known:
                lines += self._table(*key)
        return lines

    def _table(self, text, regex):
        try:
            automaton = Automaton(regex)
        except PatternError as error:
            raise ModelError(f"pattern {text!r}: {error}; give an equal one as pattern_regex in the overlay") from error
        ident = f"kPattern{len(self.known)}"
        self.known[(text, regex)] = ident
        lines, groups = self._groups(automaton, ident)
        cells = [str(DEAD if t is None else t) for row in automaton.table for t in row]
        accepting = ["true" if a else "false" for a in automaton.accepting]
        lines += [f"constexpr uint16_t {ident}Next[] = {{{', '.join(cells)}}};",
                  f"constexpr bool {ident}Accepting[] = {{{', '.join(accepting)}}};",
                  f"constexpr api::Pattern {ident} = {{.text = {names.literal(text)}, .groups = {groups}, "
                  f".group_count = {automaton.group_count}, .next = {ident}Next, .accepting = {ident}Accepting}};"]
        return lines

    def _groups(self, automaton, ident):
        rows = tuple(automaton.rows)
        if rows in self.groups:
            return [], self.groups[rows]
        self.groups[rows] = f"{ident}Groups"
        cells = ", ".join(f"{{{first}, {group}}}" for first, group in rows)
        return [f"constexpr api::ScalarGroup {ident}Groups[] = {{{cells}}};"], self.groups[rows]
