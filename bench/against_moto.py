"""AssumeRole against moto server, in one run: moto at the number of connections that suits it best."""

import json

import load
import moto_server
from wardkeep_server import ACCOUNT_ID

ROUNDS = 5
MOTO_ACCOUNT = "123456789012"


def trust(account):
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{account}:root"}, "Action": "sts:AssumeRole"}]})


def make_role(where, port, key, account):
    """Makes the role and returns the request that assumes it."""
    role = {"RoleName": "ci", "AssumeRolePolicyDocument": trust(account)}
    load.run(where, port, [load.signed(key, "CreateRole", role)], connections=1)
    assume = {"RoleArn": f"arn:aws:iam::{account}:role/ci", "RoleSessionName": "run-1234"}
    return load.signed(key, "AssumeRole", assume, service="sts")


def measure(where):
    with load.serving(where, "assume") as server, moto_server.serving(where) as moto_port:
        ours = make_role(where, server.port, server.admin_key, ACCOUNT_ID)
        theirs = make_role(where, moto_port, moto_server.KEY, MOTO_ACCOUNT)

        def wardkeep():
            return load.rate(load.run(where, server.port, ours, connections=32, seconds=2))

        def moto(connections):
            return load.rate(load.run(where, moto_port, theirs, connections=connections, seconds=3))

        best = max((1, 4, 16, 32), key=moto)
        our_rate, their_rate = load.interleaved(ROUNDS, wardkeep, lambda: moto(best))
    ratio = our_rate / their_rate
    return [{"what": f"AssumeRole, 32 connections, against moto server, {best} connections",
             "target": "at least 10", "met": ratio >= 10,
             "measured": f"{ratio:.0f} ({our_rate:,.0f}/s against {their_rate:,.0f}/s)"}]
