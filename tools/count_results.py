#!/usr/bin/env python3
"""Sums JUnit result files: prints "PASSED FAILED SKIPPED".

    tools/count_results.py build/test-results/*.xml
"""

import pathlib
import sys
import xml.etree.ElementTree


def count(path):
    """(passed, failed, skipped) of one file; an unreadable one counts as a failure."""
    try:
        root = xml.etree.ElementTree.parse(path).getroot()
    except (OSError, xml.etree.ElementTree.ParseError):
        return 0, 1, 0
    passed = failed = skipped = 0
    for case in root.iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None or case.get("result") == "skipped":
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def main():
    totals = [sum(numbers) for numbers in zip(*(count(pathlib.Path(name)) for name in sys.argv[1:]))]
    print(*(totals or [0, 0, 0]))


if __name__ == "__main__":
    main()
