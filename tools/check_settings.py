#!/usr/bin/env python3
"""Fails when the tables of docs/configuration.md are not those of the program.

  tools/check_settings.py build/release/wardkeep           check
  tools/check_settings.py build/release/wardkeep --write   bring the page up to date
"""

import argparse
import pathlib
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parent.parent / "docs" / "configuration.md"
BEGIN, END = "<!-- settings: begin -->\n", "<!-- settings: end -->"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    tables = subprocess.run([given.binary, "settings", "--format", "markdown"], capture_output=True, text=True,
                            check=True).stdout
    text = PAGE.read_text()
    before, rest = text.split(BEGIN)
    after = rest[rest.index(END):]
    wanted = f"{before}{BEGIN}\n{tables}\n{after}"
    if given.write:
        PAGE.write_text(wanted)
    elif wanted != text:
        sys.exit("docs/configuration.md is not what the program says: run tools/check_settings.py BINARY --write")


if __name__ == "__main__":
    main()
