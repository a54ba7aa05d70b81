"""Compiles the regular expressions of a model into the tables of src/api/pattern.h."""


class Patterns:
    def __init__(self):
        self.known = {}

    def identifier(self, pattern):
        return self.known[pattern]

    def tables(self, used):
        lines = []
        for pattern in used:
            if pattern not in self.known:
                self.known[pattern] = f"kPattern{len(self.known)}"
                lines.append(f"constexpr Pattern {self.known[pattern]} = {{}};")
        return lines
