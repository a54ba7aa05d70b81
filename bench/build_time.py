"""The release binary from nothing: two compilers, no compiler cache."""

import os
import subprocess
import time


def measure(where):
    folder = where.folder / "build"
    begin = time.monotonic()
    environment = {**os.environ, "CCACHE_DISABLE": "1"}
    for command in (["cmake", "--preset", "release", "-B", folder], ["ninja", "-C", folder, "-j2", "wardkeep"]):
        subprocess.run(command, check=True, cwd=where.root, env=environment, stdout=subprocess.DEVNULL)
    minutes = (time.monotonic() - begin) / 60
    return [{"what": "release binary from nothing, two compilers, no cache", "measured": f"{minutes:.1f} minutes",
             "target": "at most 10 minutes", "met": minutes <= 10}]
