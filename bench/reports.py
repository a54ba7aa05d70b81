"""Reports, listings and simulations over a full account: what the server itself says each call took, in its log, and
the processor time that the whole process used meanwhile, which other work on the cores does not stretch."""

import json
import pathlib
import time

import full_account
import load
from signed_request import Connection
from wardkeep_server import ACCOUNT_ID

ROUNDS = 5
PAGE = 1000
ACTIONS = [f"s3:Action{i:03}" for i in range(97)] + ["s3:GetObject", "s3:PutObject", "s3:ListBucket"]


def pages(connection, action, parameters=None):
    """Calls until the listing ends; returns the answers."""
    answers, marker = [], None
    while True:
        more = {"MaxItems": str(PAGE), **(parameters or {}), **({"Marker": marker} if marker else {})}
        answer = connection.call(action, more)
        if answer.status != 200:
            raise RuntimeError(f"{action}: {answer}")
        answers.append(answer.text)
        if "<IsTruncated>true</IsTruncated>" not in answer.text:
            return answers
        marker = answer.text.rsplit("<Marker>", 1)[1].split("</Marker>", 1)[0]


class Log:
    """The request log of the server, read from where it was last read."""

    def __init__(self, path):
        self.path, self.offset = path, 0

    def milliseconds(self, operation):
        """How long each call of the operation took since the last look."""
        time.sleep(0.2)  # lines reach the file within 20 ms
        with open(self.path, encoding="utf-8") as file:
            file.seek(self.offset)
            events = [json.loads(line) for line in file if line.endswith("\n")]
            self.offset = file.tell()
        return [event["duration_us"] / 1000 for event in events if event.get("operation") == operation]


def simulation():
    resources = [f"arn:aws:s3:::bucket-7/team-7/object-{i}" for i in range(10)]
    return {"PolicySourceArn": f"arn:aws:iam::{ACCOUNT_ID}:user/user-00007",
            **{f"ActionNames.member.{i}": name for i, name in enumerate(ACTIONS, 1)},
            **{f"ResourceArns.member.{i}": arn for i, arn in enumerate(resources, 1)}}


def processor_milliseconds(process):
    """Of all threads so far."""
    tasks = pathlib.Path(f"/proc/{process.pid}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6


class Meter:
    """Runs something several times and keeps the smallest figures: other work on the cores only adds."""

    def __init__(self, server, log):
        self.process, self.log = server.process, log

    def row(self, what, limit, operation, run, combine):
        """A figure for what the calls of the operation in one run come to; `combine` is sum or max."""
        times, processor = [], []
        for _ in range(ROUNDS):
            before = processor_milliseconds(self.process)
            run()
            used = processor_milliseconds(self.process) - before
            logged = self.log.milliseconds(operation)
            times.append(combine(logged))
            processor.append(used if combine is sum else used / len(logged))
        took = min(times)
        return {"what": what, "target": f"at most {limit} ms",
                "measured": f"{took:.1f} ms, {min(processor):.1f} ms of processor time", "met": took <= limit}


def measure(where):
    with load.serving(where, "reports") as server:
        full_account.fill(where, server)
        connection = Connection(server.endpoint, server.admin_key)
        log = Log(where.folder / "reports.log")
        connection.call("GenerateCredentialReport")
        meter = Meter(server, log)
        return [
            meter.row("GetAccountAuthorizationDetails of a full account, all pages of 1,000", 250,
                      "GetAccountAuthorizationDetails",
                      lambda: pages(connection, "GetAccountAuthorizationDetails"), sum),
            meter.row("ListUsers, the slowest page of 1,000 of 5,000 users", 15, "ListUsers",
                      lambda: pages(connection, "ListUsers"), max),
            meter.row("credential report of 5,000 users", 100, "GetCredentialReport",
                      lambda: connection.call("GetCredentialReport"), max),
            meter.row("SimulatePrincipalPolicy, 100 actions on 10 resources", 10, "SimulatePrincipalPolicy",
                      lambda: pages(connection, "SimulatePrincipalPolicy", simulation()), max),
        ]
