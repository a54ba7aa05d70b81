#!/usr/bin/env python3
"""Measures Wardkeep and its peers on the same generated policies and prints one table with ratios.

    bench/peers/run.sh                         # installs and builds the peers, then runs this
    bench/peers/run.py --peers opa,cedar --sizes 10,100 --workloads W1

Each engine is a program of its own that is given folders (workloads.py writes them) and prints lines of words parted by
tabs: FOLDER decisions 0110..., one digit a request of asks.tsv; FOLDER ns NAME NANOSECONDS for each request that has a
name; FOLDER skip REASON. Policies and requests are parsed outside of the timed loop. The decisions are compared with
Wardkeep's first; an engine that differs is an error. Wardkeep is measured anew beside each peer, and the ratio is with
that measurement, so that other work on the machine weighs on both.
"""

import argparse
import json
import pathlib
import subprocess
import sys

import workloads

HERE = pathlib.Path(__file__).resolve().parent
TREE = HERE.parent.parent
BUILD = TREE / "build" / "peers"
# Name -> what it is, command before the folders.
PEERS = {
    "sapl": ("SAPL 3.0.0, canonical index", ["java", "-Xss512m", "-cp", f"{BUILD}/sapl/lib/*:{BUILD}/sapl", "SaplPeer"]),
    "cedar": ("cedar-policy 4.14.1", [f"{BUILD}/cedar/release/cedar_peer"]),
    "cedar_wasm": ("cedar-wasm 4.13.0", ["node", f"{HERE}/cedar_wasm/peer.js", f"{BUILD}/cedar_wasm"]),
    "opa": ("OPA 1.22.2, indexed rules", [f"{BUILD}/golang", "opa"]),
    "minio": ("MinIO pkg/policy 3.1.3", [f"{BUILD}/golang", "minio"]),
    "casbin": ("Casbin 2.135.0", [f"{BUILD}/golang", "casbin"]),
}
WARDKEEP = [f"{BUILD}/wardkeep_peer"]


def run(command, folders, seconds):
    """folder -> {"decisions": text, "ns": {name: number}, "skip": reason}."""
    done = subprocess.run([*command, *map(str, folders)], stdout=subprocess.PIPE, text=True, timeout=seconds, check=True)
    results = {}
    for line in done.stdout.splitlines():
        folder, kind, *rest = line.split("\t")
        result = results.setdefault(pathlib.Path(folder).name, {"ns": {}})
        if kind == "ns":
            result["ns"][rest[0]] = float(rest[1])
        else:
            result[kind] = rest[0]
    return results


def run_twice(command, folder, seconds):
    """As run, for one folder; once more if the program dies, as virtual machines sometimes do."""
    try:
        return run(command, [folder], seconds)[folder.name]
    except subprocess.CalledProcessError:
        return run(command, [folder], seconds)[folder.name]


def compare(name, theirs, ours, asks):
    """How many decisions were equal; raises at the first that is not."""
    for number, (a, b) in enumerate(zip(theirs, ours, strict=True)):
        if a != b:
            raise SystemExit(f"{name} decides {asks[number]} as {a}, wardkeep as {b}")
    return len(ours)


def duration(nanoseconds):
    if nanoseconds < 1000:
        return f"{nanoseconds:.0f} ns"
    return f"{nanoseconds / 1000:.3g} us" if nanoseconds < 999_500 else f"{nanoseconds / 1_000_000:.3g} ms"


def measure_peer(name, folders, seconds):
    """Rows for one peer: workload and size, request, its time, Wardkeep's time; the number of decisions compared."""
    title, command = PEERS[name]
    rows, compared, skipped = [], 0, []
    for folder in folders:
        try:
            theirs = run_twice(command, folder, seconds)
        except subprocess.TimeoutExpired:
            skipped.append((folder.name, f"not done after {seconds} s"))
            continue
        except subprocess.CalledProcessError as error:
            skipped.append((folder.name, f"it ended with status {error.returncode}, twice"))
            continue
        if "skip" in theirs:
            skipped.append((folder.name, theirs["skip"]))
            continue
        ours = run(WARDKEEP, [folder], seconds)[folder.name]
        asks = (folder / "asks.tsv").read_text().splitlines()
        compared += compare(title, theirs["decisions"], ours["decisions"], asks)
        rows += [(folder.name, ask, theirs["ns"][ask], ours["ns"][ask]) for ask in theirs["ns"]]
        print(f"{title}: {folder.name} done", file=sys.stderr)
    return rows, compared, skipped


def print_table(figures):
    """A row for each peer, workload and request; for each size the peer's time, Wardkeep's, and the ratio."""
    sizes = sorted({figure["size"] for figure in figures})
    print("| peer | request | " + " | ".join(f"{size:,} statements" for size in sizes) + " |")
    print("|---|---" + "|---" * len(sizes) + "|")
    rows = {}
    for figure in figures:
        row = rows.setdefault((figure["peer"], figure["workload"], figure["request"]), {})
        row[figure["size"]] = (f"{duration(figure['peer_ns'])} / {duration(figure['wardkeep_ns'])} = "
                               f"{figure['peer_ns'] / figure['wardkeep_ns']:,.0f}")
    for (peer, workload, request), row in rows.items():
        cells = " | ".join(row.get(size, "") for size in sizes)
        print(f"| {peer} | {workload} {request.replace('_', ' ')} | {cells} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--peers", default=",".join(PEERS))
    parser.add_argument("--sizes", default=",".join(map(str, workloads.SIZES)))
    parser.add_argument("--workloads", default=",".join(workloads.WORKLOADS))
    parser.add_argument("--seed", default="1")
    parser.add_argument("--seconds", type=int, default=600, help="most time for one peer and folder")
    arguments = parser.parse_args()
    folders = []
    for workload in arguments.workloads.split(","):
        for size in map(int, arguments.sizes.split(",")):
            folder = BUILD / "data" / f"{workload}-{size}"
            workloads.write(folder, workload, size, arguments.seed)
            folders.append(folder)
    figures, notes = [], []
    for name in arguments.peers.split(","):
        title = PEERS[name][0]
        rows, compared, skipped = measure_peer(name, folders, arguments.seconds)
        figures += [{"peer": title, "workload": folder.partition("-")[0], "size": int(folder.partition("-")[2]),
                     "request": ask, "peer_ns": theirs, "wardkeep_ns": ours} for folder, ask, theirs, ours in rows]
        notes.append(f"{title}: {compared} decisions compared, all equal" if compared else f"{title}: nothing compared")
        notes += [f"{title}: {folder} left out: {reason}" for folder, reason in skipped]
    (BUILD / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")
    print_table(figures)
    print("\n" + "\n".join(f"- {note}" for note in notes))


if __name__ == "__main__":
    main()
