"""The evaluator's workloads W1 to W7 and a million principals: one decision in process."""

import json
import re
import subprocess

import instructions

SIZES = (10, 100, 1000, 10000)


def medians(where, pattern):
    """Benchmark name -> processor nanoseconds, the median of five."""
    command = [where.build / "bench" / "policy_workloads_bench", f"--benchmark_filter={pattern}",
               "--benchmark_repetitions=5", "--benchmark_min_time=0.05", "--benchmark_report_aggregates_only=true",
               "--benchmark_format=json"]
    output = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {run["run_name"].split("/repeats")[0]: run["cpu_time"] for run in output["benchmarks"]
            if run["aggregate_name"] == "median"}


def by_size(times, name, sizes=SIZES):
    return ", ".join(f"{times[f'{name}/{size}']:.0f}" for size in sizes) + " ns"


def measure_workloads(where):
    times = medians(where, "indexed|CompileLongest")
    figures = []

    def add(what, measured, target=None, met=None):
        figures.append({"what": what, "measured": measured} | ({"target": target, "met": met} if target else {}))

    for name in ("W1/indexed/hit_last", "W2/indexed/hit_last", "W3/indexed/hit_last"):
        add(f"{name}, 10 to 10,000 statements", by_size(times, name), "100 statements: at most 100 ns",
            times[f"{name}/100"] <= 100)
    growth = times["W2/indexed/hit_last/10000"] / times["W2/indexed/hit_last/10"]
    add("W2, 10,000 statements against 10", f"{growth:.2f}", "at most 4", growth <= 4)
    for name in ("miss", "deny"):
        ratio = max(times[f"W2/indexed/{name}/{n}"] / times[f"W2/indexed/hit_last/{n}"] for n in SIZES)
        add(f"W2, {name} against hit_last, the worst size", f"{ratio:.2f}", "at most 2", ratio <= 2)
    for name in ("hit_last", "guarded_everywhere"):
        ratio = times[f"W4/indexed/{name}/100"] / times["W2/indexed/hit_last/100"]
        add(f"W4 ({name}) against its identity policies alone", f"{ratio:.2f}", "at most 3", ratio <= 3)
    add("W5, hit, 1, 3 and 10 AWS policies", by_size(times, "W5/indexed/hit", (1, 3, 10)))
    add("W5, miss", by_size(times, "W5/indexed/miss", (1, 3, 10)))
    hostile = {name: time for name, time in times.items() if name.startswith("W6/")}
    slow = [name.split("/")[2] for name, time in hostile.items() if time > 8192]
    add("W6, 8 KB keys, patterns within the target", f"{len(hostile) - len(slow)} of {len(hostile)}",
        "at most 1 ns for a byte", not slow)
    compile_time = times["CompileLongestPolicy"] / 1000
    add("text of 6,144 characters to a compiled policy", f"{compile_time:.0f} us", "at most 200 us", compile_time <= 200)
    return figures


def measure_instructions(where):
    return instructions.measure(where)


def measure_writes(where):
    output = subprocess.run([where.build / "bench" / "policy_writes_bench"], check=True, capture_output=True, text=True)
    figures = []
    p99 = {}
    for line in output.stdout.splitlines():
        name, times = re.match(r"(?:writes per read [\d.]+\s+)?(.*): (p50 .*)", line).groups()
        p99[name] = int(re.search(r"p99 (\d+)", times).group(1))
        figures.append({"what": f"W7, {name}", "measured": times})
    for name in ("1% writes", "10% writes"):
        ratio = p99[name] / p99["no writes"]
        figures.append({"what": f"W7, p99 of readers, {name} against none", "measured": f"{ratio:.2f}",
                        "target": "at most 2", "met": ratio <= 2})
    return figures


def measure_principals(where):
    output = subprocess.run([where.build / "bench" / "many_principals_bench"], check=True, capture_output=True,
                            text=True).stdout
    size = int(re.search(r"(\d+) with the allocator", output).group(1))
    alone, batched = (min(float(found) for found in re.findall(pattern, output))
                      for pattern in (r"(\d+) ns alone", r"(\d+) ns in batches"))
    return [{"what": "a million principals, a decision about a random one", "target": "at most 1,200 ns",
             "measured": f"{alone:.0f} ns alone, {batched:.0f} ns in batches", "met": alone <= 1200},
            {"what": "memory of a program of 20 statements", "target": "at most 3,072 bytes",
             "measured": f"{size} bytes", "met": size <= 3072}]
