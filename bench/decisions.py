"""One decision in process."""

import json
import subprocess


def measure(where):
    command = [where.build / "bench" / "policy_decision_bench", "--benchmark_filter=HitLast|Miss",
               "--benchmark_repetitions=5", "--benchmark_min_time=0.1", "--benchmark_report_aggregates_only=true",
               "--benchmark_format=json"]
    output = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    medians = {run["run_name"].split("/repeats")[0]: run["cpu_time"] for run in output["benchmarks"]
               if run["aggregate_name"] == "median"}
    figures = []
    for count in (10, 100, 1000):
        parts = [f"{medians[f'{name}/{count}']:.0f} ns {shown}" for name, shown in
                 (("PlainHitLast", "hit last"), ("PlainMiss", "miss"), ("MixedHitLast", "mixed set"))]
        figure = {"what": f"decision in process, {count} statements", "measured": ", ".join(parts)}
        if count == 10:
            worst = max(value for name, value in medians.items() if name.endswith("/10"))
            figure |= {"target": "at most 1 us", "met": worst <= 1000}
        figures.append(figure)
    return figures
