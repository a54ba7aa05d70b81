#!/usr/bin/env python3
"""Checks that no file is too long: 700 lines for sources and scripts, 1,000 for tests.

    tools/check_file_lengths.py [ROOT]
"""

import pathlib
import sys

LIMITS = {"src": 700, "include": 700, "tools": 700, "bench": 700, "fuzz": 700, "tests": 1000}
SUFFIXES = {".h", ".cc", ".py", ".sh", ".js", ".mjs"}


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parent.parent)
    too_long = []
    for top, limit in LIMITS.items():
        for path in sorted((root / top).rglob("*")):
            if path.suffix not in SUFFIXES or "node_modules" in path.parts:
                continue
            lines = len(path.read_text().splitlines())
            if lines > limit:
                too_long.append(f"{path.relative_to(root)}: {lines} lines, the limit is {limit}")
    print("\n".join(too_long) if too_long else "no file is too long")
    sys.exit(1 if too_long else 0)


if __name__ == "__main__":
    main()
