"""Durable CreateUser over HTTP with 64 connections against one SQLite writer with full sync on the same disk.

Each round makes as many users as an account may have, in a fresh database. The yardstick is the faster of two: one
small row per transaction through Python's sqlite3, and one document per transaction through the server's own store.
"""

import json
import os
import sqlite3
import subprocess
import time

import load

ROUNDS = 5
CLIENTS = 64
USERS = 4900  # AWS's limit is 5,000 for one account


def plain_sqlite(where):
    """Commits per second of one writer: WAL, full sync."""
    path = where.folder / "plain.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS document (id TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID")
    body = "x" * 250
    count, start = 0, time.monotonic()
    while time.monotonic() - start < 2:
        for _ in range(50):
            connection.execute("INSERT OR REPLACE INTO document VALUES (?, ?)", (f"user-{count % USERS}", body))
            count += 1
    elapsed = time.monotonic() - start
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return count / elapsed


def own_store(where):
    """Commits per second of one writer through the server's SQLite store."""
    command = [where.build / "bench" / "storage_bench", "--benchmark_filter=BM_BareCommit", "--benchmark_min_time=1",
               "--benchmark_format=json"]
    environment = {**os.environ, "WARDKEEP_BENCH_DIR": str(where.folder)}
    output = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    return json.loads(output)["benchmarks"][0]["items_per_second"]


def create_users(where, number):
    """CreateUser calls per second, each answered after its user is durable."""
    with load.serving(where, f"users-{number}") as server:
        names = [f"user-{i:05}" for i in range(USERS)]
        requests = [load.signed(server.admin_key, "CreateUser", {"UserName": name}) for name in names]
        return load.run(where, server.port, requests, connections=CLIENTS)


def measure(where):
    numbers = iter(range(ROUNDS))
    medians = load.interleaved(ROUNDS, lambda: load.rate(create_users(where, next(numbers))),
                               lambda: plain_sqlite(where), lambda: own_store(where))
    ours, plain, own = medians
    ratio = ours / max(plain, own)
    return [{"what": f"durable CreateUser over HTTP, {CLIENTS} connections, against one SQLite writer with full sync",
             "target": "at least 5", "met": ratio >= 5,
             "measured": f"{ratio:.1f} ({ours:,.0f}/s against {max(plain, own):,.0f}/s)"}]
