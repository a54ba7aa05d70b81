#!/usr/bin/env bash
# Builds a sanitizer preset and runs the fast tests and the black-box tests against its binary.
#
#   tools/sanitize.sh asan-ubsan    # AddressSanitizer and UndefinedBehaviorSanitizer
#   tools/sanitize.sh tsan          # ThreadSanitizer
set -euo pipefail
cd "$(dirname "$0")/.."
preset="${1:-}"
case "$preset" in
  asan-ubsan | tsan) ;;
  *) echo "usage: tools/sanitize.sh asan-ubsan|tsan" >&2; exit 2 ;;
esac
export ASAN_OPTIONS="detect_leaks=1:abort_on_error=1:${ASAN_OPTIONS:-}"
export UBSAN_OPTIONS="print_stacktrace=1:${UBSAN_OPTIONS:-}"
export TSAN_OPTIONS="halt_on_error=1:second_deadlock_stack=1:${TSAN_OPTIONS:-}"

tools/install_packages.sh build test
cmake --preset "$preset" >/dev/null
cmake --build "build/$preset"
ctest --test-dir "build/$preset" -L fast --output-on-failure --timeout 1200
python=$(tools/make_venv.sh)
exec "$python" -m pytest -q tests/blackbox --binary "build/$preset/wardkeep" --start-timeout 60
