"""Every operation of the models against every kind of bad input its model knows.

Generated from models/ when the tests are collected, for all operations: those the binary answers must refuse each
breach with AWS's exact code and text (expected_refusal.py), change nothing (account_digest.py) and keep the connection;
the others must answer as AWS answers an unknown operation. A new handler is picked up by itself. The second half holds
the other side of each border: what a model allows is not refused as malformed.
"""

import re

import pytest
from account_digest import digest
from api_model import body_of, operations, read_model
from breaches import Borders, Breaches
from expected_refusal import expected_refusal
from signed_request import form
from standing_account import Stage, handled_operations
from wardkeep_server import WardkeepServer, default_binary

FAULTS = "http://webservices.amazon.com/AWSFault/2005-15-09"
# The model's own words about a value; a handler may ask for a member that the model lets be absent.
MODEL_REFUSAL = re.compile(r"validation errors? detected: (?!.*must not be null)|^The specified value for \w+ is invalid\. It must (?:contain only|begin)")

# Operation -> what it says of a value that its model allows, and why.
STRICTER = {
    # A path and a name that together make a serial number of more than the 256 characters that parameters carry.
    "CreateVirtualMFADevice": re.compile("'virtualMFADeviceName' failed to satisfy constraint: Member must have length less"),
    # The model says five characters; the documentation says which.
    "GetWebIdentityToken": re.compile(r"'signingAlgorithm' failed to satisfy constraint: Member must satisfy enum value set"),
}


def pytest_generate_tests(metafunc):
    """`handled` stands for (service, operation) of everything the binary says it answers."""
    if "handled" in metafunc.fixturenames:
        known = handled_operations(metafunc.config.getoption("--binary") or default_binary())
        metafunc.parametrize("handled", [row for row in operations() if row in known], ids="-".join)


@pytest.fixture(scope="module")
def stage(binary, tmp_path_factory):
    with WardkeepServer(binary, data=tmp_path_factory.mktemp("bad-input") / "data") as server:
        yield Stage(server)


@pytest.fixture(scope="module")
def scratch(binary):
    """A server that the requests of the second half may change as they like."""
    with WardkeepServer(binary) as server:
        yield Stage(server)


def difference(service, answer, expected):
    """What is wrong with an answer, or nothing."""
    where = FAULTS if expected.early else read_model(service).metadata["xml_namespace"]
    right = answer.status == 400 and (answer.code, answer.message) == expected[:2] and "<Type>Sender</Type>" in answer.text
    return "" if right and f'<ErrorResponse xmlns="{where}">' in answer.text else f"{answer.status} {answer.text}"


# One breach at a time gets AWS's words, leaves no trace, and the connection goes on.
def test_each_breach_is_refused_without_a_trace(stage, handled):
    service, operation = handled
    model, wrong, sent = read_model(service), [], set()
    before = digest(stage.connection, stage.server.data)
    for what, request in Breaches(model, stage.values_for(service, operation)).of_operation(operation):
        expected = expected_refusal(model, operation, request)
        assert expected is not None, f"{what} breaks nothing: {request}"
        body = body_of(service, operation, request)
        if body in sent:
            continue
        sent.add(body)
        # Parameters no model has change nothing about any of it.
        more = "" if len(sent) % 5 else "&Nonsense=1&Nonsense.member.1.Deep=2&Version.Nested=3"
        if different := difference(service, stage.send(service, operation, request, more), expected):
            wrong.append(f"{what}: expected {expected}, got {different[:1000]}")
    assert not wrong, f"{len(wrong)} of {len(sent)}:\n" + "\n".join(wrong[:20])
    assert digest(stage.connection, stage.server.data) == before


# Operations of the model that the binary does not answer are unknown to it whatever comes with them, and so are names no
# model has and those of another service.
def test_operations_without_handler(stage):
    unknown = [row for row in operations() if row not in handled_operations(stage.server.binary)]
    for service, operation in [*unknown, ("iam", "Nothing"), ("iam", "createUser"), ("iam", "AssumeRole"), ("sts", "CreateUser")]:
        version = read_model(service).metadata["version"]
        known = (service, operation) in unknown
        for request in ({}, stage.values_for(service, operation).request(operation)) if known else ({},):
            body = body_of(service, operation, request) if known else form(operation, service=service)
            answer = stage.send_body(service, body)
            assert (answer.status, answer.code) == (400, "InvalidAction")
            assert answer.message == f"Could not find operation {operation} for version {version}"
            assert f'xmlns="{FAULTS}"' in answer.text


# Inside the borders the model has nothing to say: neither its words nor a failure come back.
def test_values_at_the_borders_are_allowed(scratch, handled):
    service, operation = handled
    model, wrong = read_model(service), []
    for what, request in Borders(model, scratch.values_for(service, operation)).of_operation(operation):
        assert expected_refusal(model, operation, request) is None, f"{what} breaks something: {request}"
        answer = scratch.send(service, operation, request)
        refused = answer.code in ("MalformedInput", "MissingParameter", "MalformedQueryString") or \
            (answer.code == "ValidationError" and MODEL_REFUSAL.search(answer.message))
        refused = refused and not (operation in STRICTER and STRICTER[operation].search(answer.message or ""))
        if refused or answer.status >= 500:
            wrong.append(f"{what}: {answer.status} {answer.text[:600]}")
    assert not wrong, "\n".join(wrong[:20])
