#!/usr/bin/env bash
# Makes the Python environment of the tests in .venv/ from the pinned list, and prints the path of its python.
# Does nothing but print when the list has not changed.
set -euo pipefail
cd "$(dirname "$0")/.."
requirements=tests/blackbox/requirements.txt
stamp=.venv/.requirements
if ! cmp -s "$requirements" "$stamp"; then
  python3 -m venv .venv >&2
  .venv/bin/pip install --quiet --disable-pip-version-check -r "$requirements" >&2
  cp "$requirements" "$stamp"
fi
echo "$PWD/.venv/bin/python"
