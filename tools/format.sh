#!/usr/bin/env bash
# Formats the C++ files of the tree with clang-format 16, or only says which ones are not formatted.
#
#   tools/format.sh           # rewrite
#   tools/format.sh --check   # exit 1 when a file would change
set -euo pipefail
cd "$(dirname "$0")/.."
files=()
while IFS= read -r file; do files+=("$file"); done < <(git ls-files '*.h' '*.cc')
if [[ "${1:-}" == --check ]]; then
  exec clang-format-16 --dry-run --Werror "${files[@]}"
fi
exec clang-format-16 -i "${files[@]}"
