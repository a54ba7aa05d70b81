#!/usr/bin/env python3
"""Writes the tables of operations into docs/compatibility.md from the models and the list of implemented ones.

  tools/compatibility_table.py --implemented FILE            rewrite the marked block
  tools/compatibility_table.py --implemented FILE --check    only say whether it is up to date (exit status 1 if not)

FILE has one implemented operation a line, as service:Operation ("iam:CreateUser"); "-" reads standard input. The block
stands between two marker lines, which are added at the end of the document if it has none. Everything else in the
document is left as it is. Beside each implemented operation stands the black-box test that operation_tests.py finds for
it; one without a test is an error, and so is one no model has: it would be a handler nobody can call.
"""
import argparse
import json
import pathlib
import sys

from operation_tests import tests_by_operation

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN = "<!-- operations: begin (written by tools/compatibility_table.py) -->"
END = "<!-- operations: end -->"
COLUMNS = 3


def read_implemented(name):
    text = sys.stdin.read() if name == "-" else pathlib.Path(name).read_text()
    return {line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")}


def read_models():
    models = {}
    for path in sorted((ROOT / "models").glob("*.json")):
        models[path.stem] = json.loads(path.read_text())
    return models


def table(names):
    """Names in columns, read row by row."""
    lines = ["|" + " |" * COLUMNS, "|" + "---|" * COLUMNS]
    for start in range(0, len(names), COLUMNS):
        cells = names[start:start + COLUMNS]
        lines.append("| " + " | ".join(cells + [""] * (COLUMNS - len(cells))) + " |")
    return lines


def test_table(names, service, tests):
    """Names with the test beside each."""
    rows = [f"| {name} | `bb/{tests[f'{service}:{name}']}` |" for name in names]
    return ["| operation | test |", "|---|---|"] + rows


def section(service, model, implemented, tests):
    names = sorted(model["operations"])
    done = [n for n in names if f"{service}:{n}" in implemented]
    rest = [n for n in names if f"{service}:{n}" not in implemented]
    metadata = model["metadata"]
    lines = [f"### {metadata['id']} {metadata['version']}: {len(done)} of {len(names)} operations", ""]
    if done:
        own = model.get("provenance", {}).get("source") == "wardkeep"
        lines += ["Wardkeep's own:" if own else "Answered as AWS answers:", ""] + test_table(done, service, tests) + [""]
    if rest:
        lines += ["Known, but answered with AWS's error for an unknown operation:", ""] + table(rest) + [""]
    return lines


def block(models, implemented):
    known = {f"{service}:{name}" for service, model in models.items() for name in model["operations"]}
    unknown = sorted(implemented - known)
    if unknown:
        sys.exit(f"no model has these operations: {', '.join(unknown)}")
    tests = tests_by_operation()
    untested = sorted(implemented - tests.keys())
    if untested:
        sys.exit("no test in tests/blackbox calls these operations, which have a handler: " + ", ".join(untested))
    lines = [BEGIN, ""]
    for service, model in models.items():
        lines += section(service, model, implemented, tests)
    return "\n".join(lines + [END])


def replace_block(text, new):
    if BEGIN not in text or END not in text:
        return text.rstrip("\n") + "\n\n" + new + "\n"
    head, rest = text.split(BEGIN, 1)
    return head + new + rest.split(END, 1)[1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--implemented", required=True, metavar="FILE")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--document", type=pathlib.Path, default=ROOT / "docs" / "compatibility.md")
    arguments = parser.parse_args()
    text = arguments.document.read_text() if arguments.document.exists() else "# Compatibility\n"
    new = replace_block(text, block(read_models(), read_implemented(arguments.implemented)))
    if arguments.check:
        if new != text:
            sys.exit(f"{arguments.document} is out of date: run tools/compatibility_table.py")
        return
    arguments.document.parent.mkdir(parents=True, exist_ok=True)
    arguments.document.write_text(new)


if __name__ == "__main__":
    main()
