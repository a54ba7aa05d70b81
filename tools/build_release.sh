#!/usr/bin/env bash
# Configures (once) and builds the release binary, build/release/wardkeep. Quiet when there is nothing to do.
# WARDKEEP_JOBS limits the number of compilers that run at the same time.
set -euo pipefail
cd "$(dirname "$0")/.."

log=build/release.log
mkdir -p build
if [[ ! -f build/release/build.ninja ]]; then
  echo "configuring the release build" >&2
  cmake --preset release >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
fi
jobs=()
if [[ -n "${WARDKEEP_JOBS:-}" ]]; then jobs=(-j "$WARDKEEP_JOBS"); fi
if [[ ! -x build/release/wardkeep ]]; then
  echo "building the release binary: 5 to 15 minutes on two cores the first time, seconds afterwards" >&2
fi
ninja -C build/release "${jobs[@]}" wardkeep | python3 tools/build_progress.py
