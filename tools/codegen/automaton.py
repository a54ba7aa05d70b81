"""Compiles one regular expression of a model into a deterministic automaton over groups of Unicode scalars.

Python's own parser reads the expression; \\p{..} becomes a private character before that and a category after.
The automaton accepts exactly the texts re.fullmatch accepts, with \\w, \\d and \\s restricted to ASCII. A look-ahead
may test one character: it becomes a condition on the next one. Anything else is refused, and the overlay must then
give an equal expression as `pattern_regex`.
"""
import re

from codegen import charsets

try:
    from re import _parser as parser
except ImportError:  # before Python 3.11
    import sre_parse as parser

MAX_STATES = 4000
PRIVATE = 0xF0000
END = "end"


class PatternError(Exception):
    """The expression uses something the compiler does not know."""


class Automaton:
    """rows, group_count: scalar groups; table[state][group] -> state or None; accepting[state]."""

    def __init__(self, text):
        self.categories = []
        self.edges = []  # state -> [(condition, charset or None, target)]
        start = self._state()
        final = self._fragment(self._parse(text), start)
        sets = sorted({s for edges in self.edges for _, s, _ in edges if s is not None}
                      | {c[1] for edges in self.edges for c, _, _ in edges if isinstance(c, tuple)})
        self.rows, self.group_count, self.members = charsets.partition(sets)
        self._determinise(start, final)

    def _parse(self, text):
        def private(match):
            self.categories.append((match.group(2), match.group(1) == "P"))
            return chr(PRIVATE + len(self.categories) - 1)

        text = re.sub(r"\\x\{([0-9A-Fa-f]+)\}", lambda m: f"\\U{int(m.group(1), 16):08x}", text)
        text = re.sub(r"\\([pP])\{(\w+)\}", private, text)
        try:
            return parser.parse(text, re.ASCII)
        except re.error as error:
            raise PatternError(f"{text!r}: {error}") from error

    def _state(self):
        self.edges.append([])
        if len(self.edges) > 20 * MAX_STATES:
            raise PatternError("too many repetitions")
        return len(self.edges) - 1

    def _edge(self, source, target, charset=None, condition=None):
        self.edges[source].append((condition, charset, target))

    def _fragment(self, nodes, start):
        """Adds the automaton of a sequence; returns its last state."""
        state = start
        for op, argument in nodes:
            state = self._node(str(op), argument, state)
        return state

    def _node(self, op, argument, start):
        if op in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            end = self._state()
            self._edge(start, end, self._charset(op, argument))
            return end
        if op == "SUBPATTERN":
            return self._fragment(argument[-1], start)
        if op == "BRANCH":
            end = self._state()
            for branch in argument[1]:
                first = self._state()
                self._edge(start, first)
                self._edge(self._fragment(branch, first), end)
            return end
        if op in ("MAX_REPEAT", "MIN_REPEAT"):
            return self._repeat(argument, start)
        if op in ("AT", "ASSERT", "ASSERT_NOT"):
            return self._condition(op, argument, start)
        raise PatternError(f"{op} is not supported")

    def _repeat(self, argument, start):
        low, high, body = argument
        state = start
        for _ in range(low):
            state = self._fragment(body, state)
        if high is parser.MAXREPEAT:
            loop = self._state()
            self._edge(state, loop)
            self._edge(self._fragment(body, loop), loop)
            return loop
        end = self._state()
        self._edge(state, end)
        for _ in range(high - low):
            state = self._fragment(body, state)
            self._edge(state, end)
        return end

    def _condition(self, op, argument, start):
        end = self._state()
        if op == "AT":
            name = str(argument)
            if name not in ("AT_BEGINNING", "AT_BEGINNING_STRING", "AT_END", "AT_END_STRING"):
                raise PatternError(f"{name} is not supported")
            self._edge(start, end, condition=END if "END" in name else None)
            return end
        direction, body = argument
        if direction != 1 or len(body) != 1 or str(body[0][0]) not in ("LITERAL", "NOT_LITERAL", "IN", "ANY"):
            raise PatternError("a look-ahead may test one character only")
        charset = self._charset(str(body[0][0]), body[0][1])
        self._edge(start, end, condition=("next" if op == "ASSERT" else "not next", charset))
        return end

    def _charset(self, op, argument):
        if op == "ANY":
            return charsets.complement(((0x0A, 0x0A),))
        if op == "LITERAL":
            return self._literal(argument)
        if op == "NOT_LITERAL":
            return charsets.complement(self._literal(argument))
        ranges, negate = [], False
        for kind, value in argument:
            kind = str(kind)
            if kind == "NEGATE":
                negate = True
            elif kind == "LITERAL":
                ranges += self._literal(value)
            elif kind == "RANGE":
                ranges.append(value)
            elif kind == "CATEGORY":
                ranges += self._class(str(value))
            else:
                raise PatternError(f"{kind} is not supported in a set")
        return charsets.complement(ranges) if negate else charsets.normalise(ranges)

    def _literal(self, code):
        if PRIVATE <= code < PRIVATE + len(self.categories):
            name, negate = self.categories[code - PRIVATE]
            ranges = charsets.category(name)
            return charsets.complement(ranges) if negate else ranges
        return ((code, code),)

    @staticmethod
    def _class(name):
        negate = "NOT_" in name
        ranges = charsets.ASCII_CLASSES[name.split("_")[-1]]
        return charsets.complement(ranges) if negate else ranges

    def _closure(self, states, following):
        """States reachable without reading, given the group that follows (or END)."""
        seen, queue = set(states), list(states)
        while queue:
            for condition, charset, target in self.edges[queue.pop()]:
                if charset is None and target not in seen and self._holds(condition, following):
                    seen.add(target)
                    queue.append(target)
        return seen

    def _holds(self, condition, following):
        if condition is None:
            return True
        if condition == END:
            return following == END
        kind, charset = condition
        inside = following != END and following in self.members[charset]
        return inside if kind == "next" else not inside

    def _determinise(self, start, final):
        numbers, queue = {frozenset([start]): 0}, [frozenset([start])]
        self.table, self.accepting = [], []
        for current in queue:
            self.accepting.append(final in self._closure(current, END))
            row = []
            for group in range(self.group_count):
                target = frozenset(t for s in self._closure(current, group) for _, c, t in self.edges[s]
                                   if c is not None and group in self.members[c])
                if target and target not in numbers:
                    numbers[target] = len(numbers)
                    queue.append(target)
                row.append(numbers[target] if target else None)
            self.table.append(row)
            if len(numbers) > MAX_STATES:
                raise PatternError(f"more than {MAX_STATES} states")
        self._minimise()

    def _minimise(self):
        """Merges states no text can tell apart (Moore); keeps the start as 0."""
        block = [int(a) for a in self.accepting]
        while True:
            keys = [(block[s],) + tuple(-1 if t is None else block[t] for t in self.table[s]) for s in range(len(block))]
            numbers = {}
            refined = [numbers.setdefault(key, len(numbers)) for key in keys]
            if len(numbers) == len(set(block)):
                break
            block = refined
        block = refined
        count = len(set(block))
        table, accepting = [None] * count, [False] * count
        for state, target in enumerate(block):
            table[target] = [None if t is None else block[t] for t in self.table[state]]
            accepting[target] = self.accepting[state]
        self.table, self.accepting = table, accepting

    def matches(self, text):
        """As the C++ does; for the generator's own tests."""
        state = 0
        for char in text:
            group = next(g for first, g in reversed(self.rows) if first <= ord(char))
            state = self.table[state][group]
            if state is None:
                return False
        return self.accepting[state]
