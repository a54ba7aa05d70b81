#!/usr/bin/env bash
# Builds every fuzz target and runs them, two at a time, sharing a number of seconds of fuzzing between them.
#
#   tools/fuzz.sh 300            # all targets, 300 s in total
#   tools/fuzz.sh 60 fuzz_json   # one target
#
# What is found is written to build/fuzz/finds/ and makes the exit status 1.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:?usage: tools/fuzz.sh SECONDS [TARGET...]}"
shift

tools/install_packages.sh build test
cmake --preset fuzz >build/fuzz.log 2>&1 || { cat build/fuzz.log >&2; exit 1; }
jobs=()
if [[ -n "${WARDKEEP_JOBS:-}" ]]; then jobs=(-j "$WARDKEEP_JOBS"); fi
cmake --build build/fuzz --target fuzz_all "${jobs[@]}"

targets=("$@")
if ((${#targets[@]} == 0)); then
  for program in build/fuzz/fuzz/fuzz_*; do
    if [[ -x "$program" ]]; then targets+=("$(basename "$program")"); fi
  done
fi
if ((${#targets[@]} == 0)); then echo "there is no fuzz target" >&2; exit 1; fi
share=$((seconds / ${#targets[@]}))
if ((share < 1)); then share=1; fi

export WARDKEEP_CORPUS="${WARDKEEP_CORPUS:-$PWD/../shared/corpus}"
mkdir -p build/fuzz/finds

fuzz_one() {
  local target="$1" name="${1#fuzz_}" log="build/fuzz/$1.log"
  local corpus="build/fuzz/corpus/$name"
  mkdir -p "$corpus"
  local arguments=("$corpus")
  if [[ -d "fuzz/seeds/$name" ]]; then arguments+=("fuzz/seeds/$name"); fi
  if [[ -f "fuzz/$name.dict" ]]; then arguments=("-dict=fuzz/$name.dict" "${arguments[@]}"); fi
  if "build/fuzz/fuzz/$target" "-max_total_time=$share" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
    "-artifact_prefix=build/fuzz/finds/$target-" "${arguments[@]}" >"$log" 2>&1; then
    echo "$target: clean, $(grep -Eo 'Done [0-9]+ runs' "$log" | tail -1) in $share s"
  else
    echo "$target: FOUND SOMETHING"
    tail -60 "$log"
    return 1
  fi
}

status=0
running=()
for target in "${targets[@]}"; do
  fuzz_one "$target" &
  running+=($!)
  if ((${#running[@]} == 2)); then
    wait "${running[0]}" || status=1
    running=("${running[1]}")
  fi
done
for pid in ${running[@]+"${running[@]}"}; do wait "$pid" || status=1; done
exit "$status"
