#!/usr/bin/env bash
# Builds a sanitizer preset, runs the fast tests, the black-box tests and a short stress against it, and fails when
# anything was reported, in whichever process.
#
#   tools/sanitize.sh asan-ubsan             # AddressSanitizer, LeakSanitizer and UndefinedBehaviorSanitizer
#   tools/sanitize.sh tsan                   # ThreadSanitizer
#   tools/sanitize.sh tsan build stress      # only these stages, of: build fast blackbox stress
#
# Reports are files in build/PRESET/reports/, so that none is lost in the output of a server that a test started; a server
# that ends in another way than it should fails its test.
# WARDKEEP_JOBS limits the number of compilers; ASAN_OPTIONS, UBSAN_OPTIONS and TSAN_OPTIONS are added to those below.
set -uo pipefail
cd "$(dirname "$0")/.."
preset="${1:-}"
case "$preset" in
  asan-ubsan | tsan) shift ;;
  *) sed -n '5,7s/^# *//p' "$0" >&2; exit 2 ;;
esac
stages=("$@")
if ((${#stages[@]} == 0)); then stages=(build fast blackbox stress); fi

reports="$PWD/build/$preset/reports"
binary="$PWD/build/$preset/wardkeep"
tools/install_packages.sh build test || exit 1
rm -rf "$reports"
mkdir -p "$reports"

to_file="log_path=$reports/report:log_exe_name=1"
if [[ "$preset" == asan-ubsan ]]; then
  # A report ends the process. Those of gcc's UndefinedBehaviorSanitizer go to standard error whatever log_path says.
  export ASAN_OPTIONS="$to_file:detect_leaks=1:abort_on_error=1:detect_stack_use_after_return=1:${ASAN_OPTIONS:-}"
  export UBSAN_OPTIONS="abort_on_error=1:print_stacktrace=1:${UBSAN_OPTIONS:-}"
else
  # The process goes on, to report all it sees, and ends with status 66.
  export TSAN_OPTIONS="$to_file:exitcode=66:history_size=7:second_deadlock_stack=1:${TSAN_OPTIONS:-}"
  symbolizer=$(command -v llvm-symbolizer-16 || true)
  if [[ -n "$symbolizer" ]]; then export TSAN_OPTIONS="external_symbolizer_path=$symbolizer:$TSAN_OPTIONS"; fi
fi

# Kernels that place mappings with 32 random bits put them where the shadow memory must be.
fixed_addresses=()
if setarch -R true 2>/dev/null; then fixed_addresses=(setarch -R); fi

stage_build() {
  local jobs=()
  if [[ -n "${WARDKEEP_JOBS:-}" ]]; then jobs=(-j "$WARDKEEP_JOBS"); fi
  cmake --preset "$preset" >"build/$preset.log" 2>&1 || { cat "build/$preset.log"; return 1; }
  cmake --build "build/$preset" "${jobs[@]}"
}

stage_fast() {
  "${fixed_addresses[@]}" ctest --test-dir "build/$preset" -L fast -j 2 --output-on-failure
}

stage_blackbox() {
  local python
  python=$(tools/make_venv.sh) || return 1
  "${fixed_addresses[@]}" "$python" -m pytest -q tests/blackbox --binary "$binary" --start-timeout 60
}

stage_stress() {
  "${fixed_addresses[@]}" python3 tests/stress/contention.py --binary "$binary" --seconds 6
}

failed=()
for stage in "${stages[@]}"; do
  if ! declare -F "stage_$stage" >/dev/null; then
    echo "sanitize.sh: unknown stage '$stage'; there are: build fast blackbox stress" >&2
    exit 2
  fi
done
for stage in "${stages[@]}"; do
  echo "=== $preset $stage"
  began=$SECONDS
  "stage_$stage" || failed+=("$stage")
  echo "--- $preset $stage took $((SECONDS - began)) s"
  if [[ "$stage" == build && ${#failed[@]} -gt 0 ]]; then break; fi
done

shopt -s nullglob
found=("$reports"/*)
for report in "${found[@]}"; do
  echo "=== ${report#"$PWD/"}"
  head -150 "$report"
done
echo "$preset: ${#found[@]} reports, failed stages: ${failed[*]:-none}"
((${#found[@]} == 0 && ${#failed[@]} == 0))
