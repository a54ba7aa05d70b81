"""Inline policies of users, groups and roles: one set of rules, three owners."""

import json

import pytest
from documents import READ_BUCKET, TRUST_EC2, allow, policy
from refusals import refused


class Owner:
    """How one kind of owner spells its operations."""

    def __init__(self, iam, kind, name):
        self.iam, self.kind, self.name = iam, kind, name
        self.key = {f"{kind.capitalize()}Name": name}

    def __getattr__(self, verb):  # put, get, delete, list -> put_user_policy, ..., list_user_policies
        operation = f"list_{self.kind}_policies" if verb == "list" else f"{verb}_{self.kind}_policy"
        return lambda **more: getattr(self.iam, operation)(**self.key, **more)


LIMITS = {"user": 2048, "group": 5120, "role": 10240}


@pytest.fixture(params=["user", "group", "role"])
def owner(request, iam, name):
    given = name(request.param)
    more = {"AssumeRolePolicyDocument": TRUST_EC2} if request.param == "role" else {}
    getattr(iam, f"create_{request.param}")(**{f"{request.param.capitalize()}Name": given}, **more)
    return Owner(iam, request.param, given)


# Put, get, replace, list and delete are each other's inverse.
def test_life(owner):
    owner.put(PolicyName="b", PolicyDocument=READ_BUCKET)
    owner.put(PolicyName="a", PolicyDocument=READ_BUCKET)
    got = owner.get(PolicyName="a")
    assert got["PolicyDocument"] == json.loads(READ_BUCKET) and got["PolicyName"] == "a"
    assert owner.list()["PolicyNames"] == ["a", "b"]
    replaced = policy(allow("s3:PutObject", "arn:aws:s3:::other/*"))
    owner.put(PolicyName="a", PolicyDocument=replaced)
    assert owner.get(PolicyName="a")["PolicyDocument"] == json.loads(replaced)
    owner.delete(PolicyName="a")
    assert owner.list()["PolicyNames"] == ["b"]


# The words for a missing policy name its kind of owner.
def test_missing(owner):
    for verb in ("get", "delete"):
        with refused("NoSuchEntity", f"The {owner.kind} policy with name absent cannot be found."):
            getattr(owner, verb)(PolicyName="absent")


# The sum of all inline policies of one owner is limited; replacing a policy frees its size.
def test_size_quota(owner):
    limit = LIMITS[owner.kind]
    empty = policy(allow("s3:*", "arn:aws:s3:::")).replace(" ", "")
    fits = empty.replace("arn:aws:s3:::", "arn:aws:s3:::" + "x" * (limit - len(empty)))
    owner.put(PolicyName="p", PolicyDocument=fits)
    owner.put(PolicyName="p", PolicyDocument=fits)
    with refused("LimitExceeded", f"Maximum policy size of {limit} bytes exceeded for {owner.kind} {owner.name}"):
        owner.put(PolicyName="q", PolicyDocument=READ_BUCKET)
    assert owner.list()["PolicyNames"] == ["p"]


# The owner is looked for before the document is read.
def test_owner_before_document(iam):
    with refused("NoSuchEntity"):
        iam.put_user_policy(UserName="nobody-at-all", PolicyName="p", PolicyDocument="{")


# Names are the same in any case: the first spelling is listed, get answers the one it was asked with, delete takes any.
def test_case_of_names(owner):
    replaced = policy(allow("s3:PutObject", "arn:aws:s3:::other/*"))
    owner.put(PolicyName="MixedName", PolicyDocument=READ_BUCKET)
    owner.put(PolicyName="MIXEDNAME", PolicyDocument=replaced)
    assert owner.list()["PolicyNames"] == ["MixedName"]
    for spelling in ("MixedName", "MIXEDNAME", "mixedname"):
        got = owner.get(PolicyName=spelling)
        assert got["PolicyName"] == spelling and got["PolicyDocument"] == json.loads(replaced)
    owner.delete(PolicyName="mixedNAME")
    assert owner.list()["PolicyNames"] == []
