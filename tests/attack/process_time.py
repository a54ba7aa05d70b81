"""Processor time of a server process: what an attack costs, whatever else the machine does."""

import os
import pathlib


def processor_seconds(pid):
    """User and system time of all threads of the process so far (proc(5), fields 14 and 15 of stat)."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost(server, call):
    """Processor seconds that the server spends on a call."""
    before = processor_seconds(server.process.pid)
    call()
    return processor_seconds(server.process.pid) - before
