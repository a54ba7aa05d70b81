#!/usr/bin/env python3
"""Checks that every header compiles alone.

    tools/check_headers.py [--build build/release] [--jobs 2]

One tiny source per header, compiled with -fsyntax-only by the compiler and flags of the given build folder. Headers
include generated ones, so build the target wk_codegen there first.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FLAGS = ["-std=c++20", "-fsyntax-only", "-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-Werror", "-x", "c++", "-"]


def compile_alone(compiler, build, header):
    """The compiler's complaints about a header, or an empty text."""
    folders = [ROOT / "src", ROOT / "include", build / "generated"]
    command = [compiler, *[f"-I{folder}" for folder in folders], *FLAGS]
    # Included twice, so that a missing #pragma once shows as a redefinition.
    source = f'#include "{header}"\n#include "{header}"\n'
    return subprocess.run(command, input=source, capture_output=True, text=True, cwd=ROOT).stderr


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "release")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--compiler", default=os.environ.get("CXX", "g++"))
    arguments = parser.parse_args()
    build = arguments.build.resolve()
    roots = [ROOT / "src", ROOT / "include", build / "generated"]
    headers = sorted(header.relative_to(root) for root in roots for header in root.rglob("*.h"))
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = pool.map(lambda header: compile_alone(arguments.compiler, build, header), headers)
        for header, complaints in zip(headers, results):
            if complaints:
                failed += 1
                print(f"{header} does not compile alone:\n{complaints}")
    print(f"{len(headers) - failed} of {len(headers)} headers compile alone")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
