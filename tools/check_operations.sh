#!/usr/bin/env bash
# Fails when docs/compatibility.md or the list of the black-box tests does not say what the binary answers.
#   tools/check_operations.sh build/release/wardkeep          check
#   tools/check_operations.sh build/release/wardkeep --write  bring both up to date
set -euo pipefail
binary=$(realpath "$1")
cd "$(dirname "$0")/.."
list=tests/blackbox/operations_with_handlers.txt
if [[ "${2:-}" == --write ]]; then
  "$binary" operations >"$list"
  python3 tools/compatibility_table.py --implemented "$list"
else
  "$binary" operations | diff - "$list"
  python3 tools/compatibility_table.py --implemented "$list" --check
fi
