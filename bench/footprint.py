"""Resident memory, time to the ready line, and the size of the binary."""

import statistics
import subprocess
import time

import full_account
import load
from wardkeep_server import WardkeepServer

STARTS = 15
LIMIT_MB = 60


def resident(server):
    """Resident megabytes (10^6 bytes) of a process."""
    with open(f"/proc/{server.process.pid}/status", encoding="utf-8") as status:
        kilobytes = next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    return kilobytes * 1024 / 1e6


def ask(where, server):
    """One request, so that the account is in memory."""
    call = load.signed(server.admin_key, "GetAccountSummary")
    load.run(where, server.port, [call], connections=1)


def figure(what, measured, target=None):
    result = {"what": what, "measured": f"{measured:.1f} MB"}
    return result if target is None else result | {"target": f"at most {target} MB", "met": measured <= target}


def measure_memory(where):
    with load.serving(where, "memory") as server:
        empty = resident(server)
        ask(where, server)
        first = resident(server)
        full_account.fill(where, server)
        filled = resident(server)
    with load.serving(where, "memory") as server:
        ask(where, server)
        again = resident(server)
    return [figure("resident after start", empty, LIMIT_MB),
            figure("resident after the first request", first),
            figure("added by one account at AWS's default limits, filled through the API", filled - empty, LIMIT_MB),
            figure("the same after a restart and one request", again - empty, LIMIT_MB)]


def start_once(where, number):
    begin = time.monotonic()
    with WardkeepServer(where.build / "wardkeep", data=where.folder / f"start-{number}"):
        return (time.monotonic() - begin) * 1000


def measure_start(where):
    binary = where.build / "wardkeep"
    stripped = where.folder / "stripped"
    subprocess.run(["strip", "-o", stripped, binary], check=True)
    milliseconds = statistics.median(start_once(where, number) for number in range(STARTS))
    return [{"what": "start to the ready line, empty database", "measured": f"{milliseconds:.0f} ms",
             "target": "at most 100 ms", "met": milliseconds <= 100},
            {"what": "binary", "measured": f"{binary.stat().st_size / 1e6:.1f} MB, "
                                           f"{stripped.stat().st_size / 1e6:.1f} MB without line tables"}]
