"""The package itself: errors, changes in place, threads, versions."""

import concurrent.futures
import importlib.metadata
import json
import pathlib

import pytest
import wardkeep

POLICIES = {"identity": [{"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::team/${aws:username}/*"},
    {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {
        "ForAnyValue:StringEquals": {"a:flags": "blocked"}}}]}]}
REQUEST = {"principal": {"arn": "arn:aws:iam::111122223333:user/ann"}, "action": "s3:GetObject",
           "resource": {"arn": "arn:aws:s3:::team/ann/plan"}}


def test_version_is_that_of_the_tree():
    tree = pathlib.Path(__file__).resolve().parents[3]
    assert f"project(wardkeep VERSION {wardkeep.library_version()} " in (tree / "CMakeLists.txt").read_text()


def test_version_is_that_of_the_package():
    assert wardkeep.__version__ == wardkeep.library_version()
    assert importlib.metadata.version("wardkeep") == wardkeep.__version__


BOB = {**REQUEST, "resource": {"arn": "arn:aws:s3:::team/bob/plan"}}


# A mapping or JSON text is taken wherever a Request is.
def test_requests_as_mappings_and_text():
    policies = wardkeep.Policies(POLICIES)
    made = wardkeep.Request(REQUEST)
    assert policies.decide(REQUEST) == policies.decide(json.dumps(REQUEST)) == policies.decide(made)
    assert policies.explain(REQUEST) == policies.explain(made)
    assert [one.allowed for one in policies.decide_many([REQUEST, BOB, made])] == [True, False, True]


def test_many_takes_any_iterable():
    policies = wardkeep.Policies(POLICIES)
    many = policies.decide_many({**REQUEST, "resource": {"arn": f"arn:aws:s3:::team/{name}/plan"}}
                                for name in ["ann", "bob"] * 500)
    assert [one.allowed for one in many] == [True, False] * 500
    assert policies.decide_many(()) == []
    with pytest.raises(wardkeep.WardkeepError):
        policies.decide_many([REQUEST, {}])


@pytest.mark.parametrize("call", [
    lambda: wardkeep.Policies(POLICIES).decide(None),
    lambda: wardkeep.Policies(POLICIES).decide([REQUEST]),
    lambda: wardkeep.Policies(POLICIES).decide_many([3]),
    lambda: wardkeep.Policies(None),
    lambda: wardkeep.Policies([POLICIES]),
    lambda: wardkeep.Request(b"{}"),
    lambda: wardkeep.evaluate([]),
])
def test_other_types_are_named(call):
    with pytest.raises(TypeError, match="must be a mapping or JSON text, not "):
        call()


@pytest.mark.parametrize("statement, at", [
    ({"Effect": "Alow", "Action": "s3:*", "Resource": "*"}, "Statement[1].Effect"),
    ({"Effect": "Allow", "Acton": "s3:*", "Resource": "*"}, "Statement[1].Acton"),
    ({"Effect": "Allow", "Action": "s3:*", "Resource": "*", "Condition": {"StrinEquals": {"a:b": "c"}}},
     "Statement[1].Condition.StrinEquals"),
])
def test_place_of_a_mistake(statement, at):
    good = {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}
    document = {"Version": "2012-10-17", "Statement": [good, statement]}
    with pytest.raises(wardkeep.WardkeepError) as raised:
        wardkeep.Policies({"identity": [{"name": "mine", "document": document}]})
    assert (raised.value.at, raised.value.policy) == (at, "mine")
    assert f"identity policy mine, at {at}" in str(raised.value)
    indented = json.dumps({"identity": [{"name": "mine", "document": document}]}, indent=1)
    with pytest.raises(wardkeep.WardkeepError) as raised:
        wardkeep.Policies(indented)
    line, column = raised.value.position
    assert line > 1 and column > 1 and raised.value.at == at
    answer = wardkeep.evaluate({"kind": "identity", "document": document})
    assert answer["error"]["at"] == at


def test_changes_in_place():
    policies, request = wardkeep.Policies(POLICIES), wardkeep.Request(REQUEST)
    assert policies.decide(request).allowed
    request.set_resource("arn:aws:s3:::team/bob/plan")
    assert policies.decide(request).missing_layers == {wardkeep.PolicyType.IDENTITY}
    request.set_context("aws:username", "bob")
    assert policies.decide(request).allowed
    request.set_action("s3:PutObject")
    assert policies.decide(request).verdict is wardkeep.Verdict.IMPLICIT_DENY
    request.set_context("a:flags", ["new", "blocked"])
    decision = policies.decide(request)
    assert decision.verdict is wardkeep.Verdict.EXPLICIT_DENY
    assert (decision.policy, decision.statement) == (0, 1)
    request.set_context("a:flags", [])
    assert policies.decide(request).verdict is wardkeep.Verdict.IMPLICIT_DENY


@pytest.mark.parametrize("make, status, code", [
    (lambda: wardkeep.Policies("{"), "WK_INVALID_JSON", "InvalidJson"),
    (lambda: wardkeep.Policies("\ud800"), "WK_INVALID_JSON", "InvalidJson"),
    (lambda: wardkeep.Policies("[" * 100_000), "WK_INVALID_JSON", "InvalidJson"),
    (lambda: wardkeep.Policies(" " * 9_000_000), "WK_TOO_LARGE", "InputTooLarge"),
    (lambda: wardkeep.Policies({"other": []}), "WK_INVALID_INPUT", "InvalidInput"),
    (lambda: wardkeep.Policies({"identity": [{}]}), "WK_REFUSED_DOCUMENT", "MalformedPolicyDocument"),
    (lambda: wardkeep.Request({}), "WK_INVALID_INPUT", "InvalidInput"),
    (lambda: wardkeep.Request(REQUEST).set_action(""), "WK_INVALID_INPUT", "WK_INVALID_INPUT"),
    (lambda: wardkeep.Request(REQUEST).set_action("a" * 2_000_000), "WK_TOO_LARGE", "WK_TOO_LARGE"),
    (lambda: wardkeep.Request(REQUEST).set_resource("*", "12"), "WK_INVALID_INPUT", "WK_INVALID_INPUT"),
])
def test_bad_input_is_raised(make, status, code):
    with pytest.raises(wardkeep.WardkeepError) as raised:
        make()
    assert (raised.value.status, raised.value.code) == (status, code)


def test_refused_document_is_named():
    with pytest.raises(wardkeep.WardkeepError) as raised:
        wardkeep.Policies({"identity": [{"name": "mine", "document": {"Version": "2012-10-17"}}]})
    assert (raised.value.policy_type, raised.value.policy) == ("identity", "mine")


def test_unusable_lines_are_answered():
    assert wardkeep.evaluate("nonsense")["error"]["code"] == "InvalidJson"
    assert wardkeep.evaluate({"id": 3})["error"]["code"] == "InvalidInput"


def test_policies_are_shared_by_threads():
    policies = wardkeep.Policies(POLICIES)

    def ask(_):
        request = wardkeep.Request(REQUEST)
        return sum(policies.decide(request).allowed for _ in range(500))

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ask, range(4))) == [500] * 4


# The lines that README.md shows under "Embed it".
def test_readme_example():
    readme = (pathlib.Path(__file__).resolve().parents[3] / "README.md").read_text()
    section = readme.split("## Embed it", 1)[1].split("\n## ", 1)[0]
    exec(section.split("```python\n", 1)[1].split("```", 1)[0], {})
