"""Tags on users, roles, policies and instance profiles."""

import pytest
from certificates import certificate, private_key, saml_metadata
from documents import READ_BUCKET, TRUST_EC2
from refusals import refused


@pytest.fixture(params=["user", "role", "policy", "instance_profile", "saml_provider"])
def target(request, iam, name):
    kind, given = request.param, name(request.param.replace("_", "-"))
    key = {"user": "UserName", "role": "RoleName", "policy": "PolicyName", "instance_profile": "InstanceProfileName",
           "saml_provider": "Name"}[kind]
    more = {"role": {"AssumeRolePolicyDocument": TRUST_EC2}, "policy": {"PolicyDocument": READ_BUCKET},
            "saml_provider": {"SAMLMetadataDocument": saml_metadata(certificate(private_key()))}}.get(kind, {})

    class Target:
        folds_case = kind in ("user", "role")

        @staticmethod
        def create(**tags):
            made = getattr(iam, f"create_{kind}")(**{key: given}, **more, **tags)
            if kind == "policy":
                Target.reference = {"PolicyArn": made["Policy"]["Arn"]}
            if kind == "saml_provider":
                Target.reference = {"SAMLProviderArn": made["SAMLProviderArn"]}
            return made

        reference = {key: given}

        @staticmethod
        def tag(**pairs):
            getattr(iam, f"tag_{kind}")(**Target.reference, Tags=[{"Key": k, "Value": v} for k, v in pairs.items()])

        @staticmethod
        def tag_list(tags):
            getattr(iam, f"tag_{kind}")(**Target.reference, Tags=tags)

        @staticmethod
        def untag(*keys):
            getattr(iam, f"untag_{kind}")(**Target.reference, TagKeys=list(keys))

        @staticmethod
        def tags():
            return {t["Key"]: t["Value"] for t in getattr(iam, f"list_{kind}_tags")(**Target.reference)["Tags"]}

    return Target


# Tags given at creation are there; later ones merge by key; unknown keys are ignored on removal.
def test_life(target):
    target.create(Tags=[{"Key": "env", "Value": "prod"}])
    assert target.tags() == {"env": "prod"}
    target.tag(env="dev", owner="")
    assert target.tags() == {"env": "dev", "owner": ""}
    target.untag("env", "never-there")
    assert target.tags() == {"owner": ""}


# Users and roles hold one tag per key whatever its case; other resources tell the cases apart.
def test_case_of_keys(target):
    target.create(Tags=[{"Key": "Env", "Value": "1"}])
    target.tag(env="2")
    assert sorted(target.tags().values()) == (["2"] if target.folds_case else ["1", "2"])


# A key given twice in one request is refused.
def test_duplicate_keys(target):
    target.create()
    with refused("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive."):
        target.tag_list([{"Key": "a", "Value": "1"}, {"Key": "a", "Value": "2"}])
    assert target.tags() == {}


# Keys of AWS's own name space are nobody else's, in any case.
@pytest.mark.parametrize("key", ["aws:mine", "AWS:mine"])
def test_reserved_keys(target, key):
    target.create()
    with refused("InvalidInput"):
        target.tag_list([{"Key": key, "Value": "v"}])


# Fifty tags fit, over several requests; the next one does not, and nothing of the request is kept.
def test_limit(target):
    target.create()
    target.tag(**{f"k{i}": "v" for i in range(30)})
    with refused("LimitExceeded"):
        target.tag(**{f"m{i}": "v" for i in range(21)})
    assert len(target.tags()) == 30
    target.tag(**{f"m{i}": "v" for i in range(20)})
    assert len(target.tags()) == 50


# Letters, digits and blanks of any script are legal in keys and values.
def test_unicode(target):
    target.create()
    target.tag_list([{"Key": "größe 大", "Value": "ñandú 1/2"}])
    assert target.tags() == {"größe 大": "ñandú 1/2"}
