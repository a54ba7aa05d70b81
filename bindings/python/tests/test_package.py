"""The package itself: errors, changes in place, threads, versions."""

import concurrent.futures
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
