#!/usr/bin/env python3
"""Writes samples for every pattern of the models, judged by Python's own re: service, shape, 0 or 1, text in hex.

  pattern_samples.py OUT

Texts come from walks through the compiled automaton (so that many match) and from characters at the borders of the
pattern's sets; a fixed seed makes them the same every time.
"""
import pathlib
import random
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tools"))

from codegen import charsets  # noqa: E402
from codegen.automaton import Automaton  # noqa: E402
from codegen.generate import load  # noqa: E402

SAMPLES = 150


def reference(regex):
    """The expression with Unicode categories spelled out, which re does not know."""
    def spell(match):
        return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in charsets.category(match.group(1)))

    return re.compile(re.sub(r"\\p\{(\w+)\}", spell, regex), re.ASCII)


def walk(automaton, rng):
    """A text the automaton reads at least for a while, each step a scalar at the border or inside of its group."""
    text, state = "", 0
    bounds = [first for first, _ in automaton.rows] + [charsets.LAST + 1]
    for _ in range(rng.randint(0, 80)):
        groups = [g for g, target in enumerate(automaton.table[state]) if target is not None]
        if not groups:
            break
        group = rng.choice(groups)
        row = rng.choice([i for i, (_, g) in enumerate(automaton.rows) if g == group])
        code = rng.choice((bounds[row], bounds[row + 1] - 1, rng.randrange(bounds[row], bounds[row + 1])))
        if 0xD800 <= code <= 0xDFFF:
            continue
        text += chr(code)
        state = automaton.table[state][group]
    return text


def spoil(text, alphabet, rng):
    at = rng.randint(0, len(text))
    return text[:at] + rng.choice(alphabet) + text[at + rng.randint(0, 1):]


def samples(regex, rng):
    automaton = Automaton(regex)
    borders = {c for first, _ in automaton.rows for c in (first - 1, first) if 0 <= c and not 0xD800 <= c <= 0xDFFF}
    alphabet = [chr(c) for c in sorted(borders)] + list("a-A0_/. \n\u00e9\u0663\U0001F600")
    yield ""
    for index in range(SAMPLES):
        text = walk(automaton, rng)
        yield text
        yield spoil(text, alphabet, rng)
        yield "".join(rng.choice(alphabet) for _ in range(rng.randint(1, 8)))


def main():
    rng = random.Random(20100508)
    lines, judged = [], {}
    for service in ("iam", "sts"):
        model, _ = load(ROOT / "models", service)
        for shape, body in model.shapes.items():
            if "pattern" not in body:
                continue
            regex = body.get("pattern_regex", body["pattern"])
            if regex not in judged:
                compiled = reference(regex)
                judged[regex] = [(t, bool(compiled.fullmatch(t))) for t in samples(regex, rng)]
            lines += [f"{service}\t{shape}\t{int(good)}\t{text.encode().hex()}" for text, good in judged[regex]]
            if all(good for _, good in judged[regex]) or not any(good for _, good in judged[regex]):
                sys.exit(f"{regex}: all samples are judged alike")
    pathlib.Path(sys.argv[1]).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
