#!/usr/bin/env python3
"""Kills the server again and again under load; what it acknowledged must be there afterwards.

    tests/stress/kill_loop.py --binary build/release/wardkeep --kills 200 [--seed N] [--clients 4]

Several clients change an account through signed HTTP requests. At a random moment the process is killed with SIGKILL,
sometimes while it is still starting. It is started again over the same folder, and the account is read back: each
client's part must be exactly its model, or the model after the one request whose answer never came. Beside them the
keepers of credential_keepers.py change what is proved by using it: access keys, a password, MFA devices, delegation.

The seed is printed first; the same seed gives the same operations (the moments of death depend on the machine).
"""

import argparse
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "blackbox"))

from account_invariants import problems_of  # noqa: E402
from account_model import Client, agrees, facts_of_details  # noqa: E402
from credential_keepers import KEEPERS, BUSY, CUT_OFF, Disagreement  # noqa: E402
from signed_request import Connection  # noqa: E402
from wardkeep_server import ACCOUNT_ID, ADMIN_KEY, StartFailed, WardkeepServer, default_binary  # noqa: E402
from write_families import Account, known_families  # noqa: E402

class Worker:
    """One client on a thread of its own: runs operations from one `release` until the server goes away."""

    def __init__(self, number, seed, families):
        self.client = Client(f"t{number}", random.Random(f"{seed}-{number}"), ACCOUNT_ID, families)
        self.pending = None
        self.acknowledged = 0
        self.problem = None

    def run(self, endpoint, stop):
        connection = Connection(endpoint, ADMIN_KEY)
        try:
            while not stop.is_set():
                self.pending = self.client.next_operation()
                self._settle(connection.call(self.pending.action, self.pending.parameters))
        except CUT_OFF:
            pass
        except Exception as error:  # pylint: disable=broad-except
            self.problem = repr(error)
        finally:
            connection.close()

    def _settle(self, answer):
        """Takes over the effect of the pending operation once it was answered."""
        operation = self.pending
        if answer.status == 200:
            self.client.learn(operation, answer.text)
            self.client.facts = operation.applied(self.client.facts)
            self.acknowledged += 1
        elif answer.code not in BUSY:
            raise Disagreement(f"{operation.action} {operation.parameters} was answered {answer}")
        self.pending = None


def read_account(endpoint, families):
    """The facts of the whole account, over as many pages as it takes, and what the rows of write_families.py read."""
    connection = Connection(endpoint, ADMIN_KEY)
    facts, marker = {}, None
    while True:
        parameters = {"MaxItems": "1000", "Filter.member.1": "User", "Filter.member.2": "Group", "Filter.member.3": "LocalManagedPolicy"}
        if marker:
            parameters["Marker"] = marker
        answer = connection.call("GetAccountAuthorizationDetails", parameters)
        if answer.status != 200:
            raise Disagreement(f"the account cannot be read: {answer}")
        facts.update(facts_of_details(answer.text))
        if "<IsTruncated>true" not in answer.text:
            break
        marker = answer.text.split("<Marker>", 1)[1].split("<", 1)[0]
    for family in families:
        facts.update(family.read(Account(connection, facts)))
    connection.close()
    return facts


def compare(workers, account):
    """Holds what was read against each worker's model, and takes it over where an answer was lost."""
    lost = 0
    for worker in workers:
        prefix = worker.client.name + "-"
        actual = {key: value for key, value in account.items() if key[1].startswith(prefix)}
        if not agrees(actual, worker.client.facts, worker.pending):
            missing = {k: v for k, v in worker.client.facts.items() if actual.get(k) != v}
            extra = {k: v for k, v in actual.items() if worker.client.facts.get(k) != v}
            raise Disagreement(f"client {worker.client.name}: missing {missing}, unexpected {extra}, pending {worker.pending}")
        lost += actual != worker.client.facts
        worker.client.facts, worker.pending = actual, None
    return lost


def run_until_killed(server, actors, delay):
    """Lets everybody work for `delay` seconds, kills the server and waits for the clients to notice."""
    stop = threading.Event()
    threads = [threading.Thread(target=actor.run, args=(server.endpoint, stop), daemon=True) for actor in actors]
    for thread in threads:
        thread.start()
    time.sleep(delay)
    server.kill()
    stop.set()
    for thread in threads:
        thread.join(timeout=30)
        if thread.is_alive():
            raise Disagreement("a client hangs although the server is dead")
    for actor in actors:
        if actor.problem:
            raise Disagreement(actor.problem)


def verify(binary, data):
    """Holds what the dead server has left against counts and digests, as an operator would."""
    done = subprocess.run([str(binary), "database", "verify", "--data", str(data)], capture_output=True, text=True, timeout=60,
                          check=False)
    if done.returncode != 0:
        raise Disagreement(f"database verify: status {done.returncode}\n{done.stdout}{done.stderr}")


def kill_while_starting(binary, data, rng):
    """Starts a server over the folder and kills it somewhere on its way."""
    server = WardkeepServer(binary, data=data, wait=False)
    time.sleep(rng.uniform(0.0, 0.08))
    server.kill()


def loop(arguments, data, seed):
    """The whole run; returns a line about it."""
    rng = random.Random(seed)
    families = known_families(arguments.binary)
    workers = [Worker(number, seed, families) for number in range(arguments.clients)]
    keepers = [make(f"{seed}-{make.__name__}") for make in KEEPERS]
    kills = early = lost = verified = 0
    began = time.monotonic()
    while kills < arguments.kills:
        server = WardkeepServer(arguments.binary, data=data, start_timeout=30)
        try:
            if kills == 0:
                for keeper in keepers:
                    keeper.prepare(server.endpoint)
            lost += compare(workers, read_account(server.endpoint, families))
            for keeper in keepers:
                keeper.check(server.endpoint)
            run_until_killed(server, [*workers, *keepers], rng.uniform(0.02, 0.5))
        finally:
            server.kill()
        kills += 1
        if kills % 3 == 0:
            verify(arguments.binary, data)
            verified += 1
        if rng.random() < 0.15:
            kill_while_starting(arguments.binary, data, rng)
            kills += 1
            early += 1
    with WardkeepServer(arguments.binary, data=data, start_timeout=30) as server:
        lost += compare(workers, read_account(server.endpoint, families))
        for keeper in keepers:
            keeper.check(server.endpoint)
        problems = problems_of(Connection(server.endpoint, ADMIN_KEY), data)
        if problems:
            raise Disagreement("\n".join(problems))
    acknowledged = sum(worker.acknowledged for worker in workers)
    return (f"{kills} kills ({early} while starting), {acknowledged} acknowledged writes all there, {lost} unanswered ones had "
            f"happened, {verified} times the database verified as it was left, {len(families)} kinds of things besides users, groups and policies; "
            + ", ".join(f"{keeper.kept} {keeper.KEEPS}" for keeper in keepers) + f"; {time.monotonic() - began:.0f} s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=default_binary())
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", action="store_true", help="keep the data folder after a failure")
    arguments = parser.parse_args()
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"kill loop: seed {seed}", flush=True)
    data = pathlib.Path(tempfile.mkdtemp(prefix="wardkeep-kill-loop-"))
    failed = None
    try:
        print("kill loop:", loop(arguments, data / "data", seed))
    except (Disagreement, StartFailed) as error:
        failed = error
        print(f"kill loop FAILED (seed {seed}): {error}", file=sys.stderr)
    finally:
        if failed and arguments.keep:
            print(f"data kept in {data}", file=sys.stderr)
        else:
            shutil.rmtree(data, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
