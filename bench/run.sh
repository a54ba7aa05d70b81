#!/usr/bin/env bash
# Builds what the benchmarks need and measures every figure of docs/benchmarks.md in one run.
#
#   bench/run.sh                     # everything, about fifteen minutes after the build
#   bench/run.sh decision memory     # only these: decision workloads instructions writes principals identity
#                                    # assume-role create-user memory start reports build
#
# `build` compiles the release binary from nothing with two compilers and without a compiler cache; it is left out
# unless it is named. The figures go to standard output as a table and to build/bench/figures.json. The servers it
# starts listen on loopback and are stopped by process id. WARDKEEP_BENCH_DIR is where databases are made (default:
# build/bench/data); it must be on a disk, as a RAM disk makes full sync free. WARDKEEP_JOBS limits the compilers.
set -euo pipefail
cd "$(dirname "$0")/.."

tools/install_packages.sh build test
jobs=()
if [[ -n "${WARDKEEP_JOBS:-}" ]]; then jobs=(-j "$WARDKEEP_JOBS"); fi
cmake --preset release -B build/bench -DWARDKEEP_BENCH=ON >build/bench.log 2>&1 || { cat build/bench.log >&2; exit 1; }
cmake --build build/bench "${jobs[@]}" --target wardkeep http_load bare_responder policy_decision_bench storage_bench \
  policy_workloads_bench decision_instructions policy_writes_bench many_principals_bench >&2

# moto, the peer of AssumeRole, in an environment of its own.
moto=build/moto-venv
if [[ ! -x "$moto/bin/moto_server" ]]; then
  python3 -m venv "$moto" >&2
  "$moto/bin/pip" install --quiet --disable-pip-version-check 'moto[server]==5.2.5' >&2
fi

exec python3 bench/measure.py --build build/bench --moto "$moto/bin/moto_server" "$@"
