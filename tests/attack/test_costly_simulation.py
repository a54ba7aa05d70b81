"""Simulations made to cost much: refused before they begin, and what is left is bounded in processor time."""

import json
import os

import botocore.exceptions
import pytest

STATEMENTS = 200


def processor_seconds(server):
    """User and system time of the server's process until now."""
    fields = open(f"/proc/{server.process.pid}/stat").read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def hostile(length):
    """A policy of patterns that must be tried at every place of a name."""
    pattern = "arn:aws:s3:::" + "*a" * (length // 2) + "*b"
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": pattern} for _ in range(STATEMENTS)]})


def simulate(server, policies, actions, resources):
    return server.admin.iam.simulate_custom_policy(PolicyInputList=policies, ActionNames=actions, ResourceArns=resources)


NAME = "arn:aws:s3:::" + "a" * 1500


@pytest.mark.parametrize("policies, actions, resources", [
    ([hostile(500)] * 20, ["s3:GetObject"], [NAME + str(i) for i in range(100)]),
    ([hostile(500)], [f"s3:Get{i}" for i in range(500)], [NAME + str(i) for i in range(100)]),
])
def test_too_much_is_refused_and_costs_little(fresh, policies, actions, resources):
    before = processor_seconds(fresh)
    with pytest.raises(botocore.exceptions.ClientError) as refusal:
        simulate(fresh, policies, actions, resources)
    assert refusal.value.response["Error"]["Code"] == "InvalidInput"
    assert "fewer actions or resources" in refusal.value.response["Error"]["Message"]
    # Reading and compiling two megabytes of policies is all that was done.
    assert processor_seconds(fresh) - before < 3


# The largest call of hostile patterns that is still answered.
def test_what_is_answered_is_bounded(fresh):
    policies = [hostile(500)]
    resources = [NAME + str(i) for i in range(256)]
    low, high = 0, len(resources)
    while high - low > 1:
        middle = (low + high) // 2
        try:
            simulate(fresh, policies, ["s3:GetObject"], resources[:middle])
            low = middle
        except botocore.exceptions.ClientError:
            high = middle
    assert low > 10
    before = processor_seconds(fresh)
    answer = simulate(fresh, policies, ["s3:GetObject"], resources[:low])
    assert answer["EvaluationResults"][0]["EvalDecision"] == "implicitDeny"
    assert processor_seconds(fresh) - before < 3


def test_an_ordinary_large_call_is_answered(fresh):
    policy = json.dumps({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": f"s3:Get{i}*", "Resource": f"arn:aws:s3:::bucket-{i}/*"} for i in range(60)]})
    answer = simulate(fresh, [policy] * 10, [f"s3:Get{i}Object" for i in range(100)],
                      [f"arn:aws:s3:::bucket-{i}/key" for i in range(10)])
    assert len(answer["EvaluationResults"]) == 100
