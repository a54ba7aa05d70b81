#!/usr/bin/env bash
# Installs the Debian packages that Wardkeep needs, and only those that are missing.
#
#   tools/install_packages.sh build        # to build and run the server (./run)
#   tools/install_packages.sh build test   # to run the tests as well (./test)
#
# A stamp under build/ remembers the last good check, so that a second start asks nothing. Delete build/ to ask again.
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(
  g++ cmake ninja-build ccache lld pkg-config python3
  libboost1.81-dev libcli11-dev libcurl4-openssl-dev libfido2-dev libhowardhinnant-date-dev libpng-dev libqrencode-dev
  libmimalloc-dev libsimdjson-dev libsodium-dev libsqlite3-dev libssl-dev libtomlplusplus-dev libxml2-dev
  prometheus-cpp-dev zlib1g-dev tzdata
)
test_packages=(
  clang-16 libclang-rt-16-dev llvm-16 clang-format-16
  libgtest-dev libgmock-dev libbenchmark-dev libpugixml-dev nlohmann-json3-dev
  python3-venv nodejs openssl oathtool zbar-tools awscli
)

packages=()
for set_name in "${@:-build}"; do
  case "$set_name" in
    build) packages+=("${build_packages[@]}") ;;
    test) packages+=("${test_packages[@]}") ;;
    *) echo "install_packages.sh: unknown set '$set_name' (build, test)" >&2; exit 2 ;;
  esac
done
# Node.js from another source brings its own npm; Debian's is a package apart and would conflict with it.
if [[ " $* " == *" test "* ]] && ! command -v npm >/dev/null; then packages+=(npm); fi

stamp="build/.packages-$(echo "$*" | tr ' ' '-')"
if [[ -f "$stamp" && "$(cat "$stamp")" == "${packages[*]}" ]]; then exit 0; fi

missing=()
for package in "${packages[@]}"; do
  [[ "$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null)" == "install ok installed" ]] || missing+=("$package")
done

if ((${#missing[@]})); then
  if ! command -v apt-get >/dev/null; then
    echo "install_packages.sh: this is not Debian; please install the counterparts of: ${missing[*]}" >&2
    exit 1
  fi
  as_root=()
  if [[ "$(id -u)" != 0 ]]; then
    command -v sudo >/dev/null || { echo "install_packages.sh: run as root, or install: ${missing[*]}" >&2; exit 1; }
    as_root=(sudo)
  fi
  log=build/packages.log
  mkdir -p build
  echo "installing ${#missing[@]} Debian packages, in about a minute (all it says is in $log):" >&2
  echo "  ${missing[*]}" | fold -s -w 110 >&2
  if ! { "${as_root[@]}" apt-get update -qq &&
         "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
           "${missing[@]}" </dev/null; } >"$log" 2>&1; then
    cat "$log" >&2
    echo "install_packages.sh: apt-get failed; what it said stands above" >&2
    exit 1
  fi
fi
mkdir -p build
echo "${packages[*]}" >"$stamp"
