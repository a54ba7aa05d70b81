#!/usr/bin/env python3
"""Counts the instructions of one decision, which repeat on a noisy machine where times do not.

    bench/instructions.py --build build/bench [NAME_PART]

Runs decision_instructions under callgrind, once for all cases, and prints one line for each.
"""

import argparse
import pathlib
import re
import subprocess
import tempfile


def count(build, part=""):
    """Case name -> instructions of one decision."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", "--quiet",
                   f"--callgrind-out-file={folder}/out", build / "bench" / "decision_instructions", part]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        counts = {}
        for number, line in enumerate(lines, 1):
            name, times = line.split()
            dump = pathlib.Path(f"{folder}/out.{number}").read_text()
            counts[name] = int(re.search(r"^(?:summary|totals): (\d+)", dump, re.MULTILINE).group(1)) / int(times)
    return counts


def measure(where):
    counts = count(where.build)
    shown = ("W1/hit_last/100", "W2/hit_last/10", "W2/hit_last/100", "W2/hit_last/10000", "W2/miss/100", "W2/deny/100",
             "W3/hit_last/100", "W4/hit_last/100", "W4/guarded_everywhere/100", "W5/hit/10")
    return [{"what": f"instructions of a decision, {name}", "measured": f"{counts[name]:.0f}"} for name in shown]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("part", nargs="?", default="")
    arguments = parser.parse_args()
    for name, instructions in count(arguments.build.resolve(), arguments.part).items():
        print(f"{name:32} {instructions:10.0f}")


if __name__ == "__main__":
    main()
