"""The commands of docs/a-day-with-iam.md and the output shown below them: reads, runs, compares, and writes it anew.

A fenced `console` block holds commands after "$ " and below each what it prints. A command goes on while lines end with a
backslash or a quote is open. Commands run in one shell after another, with the variables of the ones before.

    python3 tests/blackbox/day_walk.py --binary build/release/wardkeep --write     put real output into the page
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from one_time_codes import step_now
from wardkeep_server import WardkeepServer

PAGE = pathlib.Path(__file__).resolve().parents[2] / "docs" / "a-day-with-iam.md"
HOME = "/home/you"
# What differs from run to run, and what it is compared as.
VARYING = [
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"), "TIME"),
    (re.compile(r"\b(AKIA|ASIA|AIDA|AROA|AGPA|ANPA|AIPA|ASCA|APKA|ACCA)[A-Z2-7]{12,}\b"), "ID"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "UUID"),
    (re.compile(r"\b[A-Z2-7]{32,}\b"), "SEED"),
    (re.compile(r"\b\d{6}\b"), "CODE"),
    (re.compile(r"127\.0\.0\.1:\d+"), "SERVER"),
    (re.compile(r"[A-Za-z0-9+/=_-]{40,}"), "SECRET"),
]


class Step:
    """One command and the output shown below it."""

    def __init__(self, command):
        self.command, self.shown = command, []


def blocks(text):
    """(start, end) of the insides of the console blocks, as offsets in the page."""
    return [(m.start(1), m.end(1)) for m in re.compile(r"```console\n(.*?)```", re.DOTALL).finditer(text)]


def day_server(binary):
    """A server as the first start leaves it, with a known administrator's key: the root user has none."""
    return WardkeepServer(binary, root_key=False)


def goes_on(command):
    """Whether the next line is still the command's."""
    return command.endswith("\\") or command.count("'") % 2 == 1


def steps_of(block):
    """The steps of one block."""
    steps = []
    for line in block.splitlines():
        if line.startswith("$ "):
            steps.append(Step(line[2:]))
        elif goes_on(steps[-1].command):
            steps[-1].command += "\n" + line
        else:
            steps[-1].shown.append(line)
    return steps


class Shell:
    """Runs commands one by one in a folder; variables and the folder stay."""

    def __init__(self, folder, server):
        self.folder, self.state = pathlib.Path(folder), pathlib.Path(folder) / ".variables"
        binaries = f"{pathlib.Path(sys.executable).parent}:{pathlib.Path(server.binary).resolve().parent}"
        self.environment = {
            "PATH": f"{binaries}:{os.environ['PATH']}", "HOME": str(folder), "AWS_PAGER": "", "LC_ALL": "C.UTF-8",
            "AWS_ENDPOINT_URL": server.endpoint, "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": server.admin_key[0], "AWS_SECRET_ACCESS_KEY": server.admin_key[1],
        }
        self.state.write_text("")

    def run(self, command):
        """What the command prints, on both outputs, without blank lines at the ends; the folder is shown as HOME."""
        script = f". {self.state}\n{command}\nstatus=$?\ndeclare -p | grep -v '^declare -[a-zA-Z]*r' >{self.state}\nexit $status"
        done = subprocess.run(["bash", "-c", script], cwd=self.folder, env=self.environment, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True, timeout=120)
        return done.stdout.strip("\n").replace(str(self.folder), HOME)


def shape(output):
    """Output with everything that varies replaced; JSON by its keys and types, other text by its words."""
    try:
        return _json_shape(json.loads(output))
    except ValueError:
        pass
    for pattern, word in VARYING:
        output = pattern.sub(word, output)
    return output.split()


def _json_shape(value):
    if isinstance(value, dict):
        return {key: _json_shape(content) for key, content in value.items()}
    if isinstance(value, list):
        return [_json_shape(content) for content in value]
    return shape(value) if isinstance(value, str) else value


def write(binary):
    """Runs the section against a new server and puts its output into the page."""
    text = PAGE.read_text()
    with tempfile.TemporaryDirectory() as folder, day_server(binary) as server:
        shell, done, last = Shell(folder, server), [], 0
        for begin, end in blocks(text):
            lines = []
            for step in steps_of(text[begin:end]):
                if "oathtool" in step.command:
                    step_now()
                output = shell.run(step.command)
                lines += ["$ " + step.command, *([output] if output else [])]
            done += [text[last:begin], "\n".join(lines).replace(server.endpoint, "http://127.0.0.1:8480"), "\n"]
            last = end
    PAGE.write_text("".join([*done, text[last:]]))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--write", action="store_true", required=True)
    write(parser.parse_args().binary)


if __name__ == "__main__":
    main()
