#!/usr/bin/env bash
# Installs the peers by pinned version, builds them and Wardkeep's library under build/peers/, and prints one table.
#
#   bench/peers/run.sh                         # all, about a quarter of an hour after the build
#   bench/peers/run.sh --peers opa --sizes 100 # arguments go to bench/peers/run.py
#
# Needs cargo, go 1.26, a JDK 17 with Maven, and node with npm beside what Wardkeep itself needs; peers whose tools are
# missing have to be left out with --peers. Packages come from where those tools are set up to fetch them.
set -euo pipefail
cd "$(dirname "$0")/../.."
build="$PWD/build/peers"
here="$PWD/bench/peers"
mkdir -p "$build"

has() { command -v "$1" >/dev/null || { echo "run.sh: no $1: leaving out $2" >&2; return 1; }; }

tools/install_packages.sh build
jobs=()
if [[ -n "${WARDKEEP_JOBS:-}" ]]; then jobs=(-j "$WARDKEEP_JOBS"); fi
cmake -S . -B "$build/library" -G Ninja -DCMAKE_BUILD_TYPE=Release -DWARDKEEP_LIBRARY_ONLY=ON >"$build/library.log"
cmake --build "$build/library" "${jobs[@]}" --target wardkeep_shared >&2
c++ -std=c++20 -O2 -Iinclude "$here/wardkeep/wardkeep_peer.cc" -L"$build/library" -lwardkeep \
  "-Wl,-rpath,$build/library" -o "$build/wardkeep_peer"

if has cargo cedar; then (cd "$here/cedar" && CARGO_TARGET_DIR="$build/cedar" cargo build --release >&2); fi
if has go "minio, opa, casbin"; then (cd "$here/golang" && go build -o "$build/golang" . >&2); fi
if has npm cedar_wasm; then
  mkdir -p "$build/cedar_wasm"
  cp "$here/cedar_wasm/package.json" "$here/cedar_wasm/package-lock.json" "$build/cedar_wasm/"
  (cd "$build/cedar_wasm" && npm ci --silent --no-audit --no-fund >&2)
fi
if has mvn sapl; then
  mvn -q -B -f "$here/sapl/pom.xml" dependency:copy-dependencies "-DoutputDirectory=$build/sapl/lib" >&2
  javac -cp "$build/sapl/lib/*" -d "$build/sapl" "$here/sapl/SaplPeer.java"
fi

exec python3 "$here/run.py" "$@"
