"""Measures the figures of docs/benchmarks.md; started by bench/run.sh, which builds what this uses.

Prints one Markdown table and writes build/bench/figures.json. A figure that has a target says whether it was met.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "blackbox"))

import against_moto  # noqa: E402
import build_time  # noqa: E402
import decisions  # noqa: E402
import durable_writes  # noqa: E402
import footprint  # noqa: E402
import reports  # noqa: E402
import signed_reads  # noqa: E402
import workloads  # noqa: E402

MEASUREMENTS = {
    "decision": decisions.measure,
    "workloads": workloads.measure_workloads,
    "instructions": workloads.measure_instructions,
    "writes": workloads.measure_writes,
    "principals": workloads.measure_principals,
    "identity": signed_reads.measure,
    "assume-role": against_moto.measure,
    "create-user": durable_writes.measure,
    "memory": footprint.measure_memory,
    "start": footprint.measure_start,
    "reports": reports.measure,
    "build": build_time.measure,
}
ON_REQUEST = {"build"}


def machine():
    """What the figures were measured on."""
    model = next((line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                  if line.startswith("model name")), platform.machine())
    return f"{len(os.sched_getaffinity(0))} cores, {model}, Linux {platform.release().split('-')[0]}"


def print_table(figures):
    print("| what | target | measured | met |\n|---|---|---|---|")
    for figure in figures:
        met = "" if figure.get("met") is None else "yes" if figure["met"] else "NO"
        print(f"| {figure['what']} | {figure.get('target', '')} | {figure['measured']} | {met} |")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=pathlib.Path, required=True)
    parser.add_argument("--moto", type=pathlib.Path, required=True)
    parser.add_argument("only", nargs="*", choices=[[], *MEASUREMENTS])
    arguments = parser.parse_args()
    names = arguments.only or [name for name in MEASUREMENTS if name not in ON_REQUEST]
    build = arguments.build.resolve()
    base = pathlib.Path(os.environ.get("WARDKEEP_BENCH_DIR", build / "data"))
    base.mkdir(parents=True, exist_ok=True)
    figures = []
    with tempfile.TemporaryDirectory(dir=base) as folder:
        where = argparse.Namespace(root=ROOT, build=build, moto=arguments.moto.resolve(), folder=pathlib.Path(folder))
        for name in names:
            print(f"measuring {name}", file=sys.stderr, flush=True)
            figures += MEASUREMENTS[name](where)
    date = datetime.date.today().isoformat()
    print(f"{machine()}; {date}\n")
    print_table(figures)
    (build / "figures.json").write_text(json.dumps({"machine": machine(), "date": date, "figures": figures}, indent=1))


if __name__ == "__main__":
    main()
