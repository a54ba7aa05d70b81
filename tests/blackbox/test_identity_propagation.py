"""Context providers and Identity Center instances of OIDC and SAML providers: set, shown, changed, removed."""

import pytest
from refusals import refused
from test_saml_providers import metadata

PRINT = "0123456789abcdef0123456789abcdef01234567"
INSTANCE = "arn:aws:sso:::instance/ssoins-0123456789abcdef"
OTHER_INSTANCE = "arn:aws:sso:::instance/ssoins-fedcba9876543210"
CONTEXT = {"SubjectSourceKey": "sub", "SubjectTypeValue": "user",
           "KeyDefinitionList": [{"SourceKey": "https://x.example.com/team", "TargetKey": "team"}, {"SourceKey": "mail"}]}
OTHER_CONTEXT = {"SubjectSourceKey": "user id", "SubjectTypeSourceKey": "kind", "KeyDefinitionList": []}


class Oidc:
    """The calls of one OIDC provider under common names."""

    def __init__(self, iam, name, **more):
        self.iam = iam
        self.arn = iam.create_open_id_connect_provider(Url=f"https://{name('idp')}.example.com", ThumbprintList=[PRINT],
                                                       **more)["OpenIDConnectProviderArn"]

    def get(self):
        return self.iam.get_open_id_connect_provider(OpenIDConnectProviderArn=self.arn)

    def update(self, **more):
        return self.iam.update_open_id_connect_provider(OpenIDConnectProviderArn=self.arn, **more)

    def listed(self):
        rows = self.iam.list_open_id_connect_providers()["OpenIDConnectProviderList"]
        return next(row for row in rows if row["Arn"] == self.arn)


class Saml:
    """The same of a SAML provider."""

    def __init__(self, iam, name, **more):
        self.iam = iam
        self.arn = iam.create_saml_provider(Name=name("saml"), SAMLMetadataDocument=metadata(), **more)["SAMLProviderArn"]

    def get(self):
        return self.iam.get_saml_provider(SAMLProviderArn=self.arn)

    def update(self, **more):
        return self.iam.update_saml_provider(SAMLProviderArn=self.arn, **more)

    def listed(self):
        return next(row for row in self.iam.list_saml_providers()["SAMLProviderList"] if row["Arn"] == self.arn)


@pytest.fixture(params=[Oidc, Saml], ids=["oidc", "saml"])
def kind(request, iam, name):
    return lambda **more: request.param(iam, name, **more)


# Nothing is there unless it was given.
def test_absent(kind):
    provider = kind()
    assert not {"ContextProvider", "IdentityCenterInstanceArn", "IdentityStoreArn"} & set(provider.get())
    assert provider.listed()["IsTrustedIdentityPropagationEnabled"] is False


# What is given at creation is shown.
def test_create(kind):
    provider = kind(ContextProvider=CONTEXT, IdentityCenterInstanceArn=INSTANCE)
    got = provider.get()
    assert got["ContextProvider"] == CONTEXT and got["IdentityCenterInstanceArn"] == INSTANCE
    assert provider.listed()["IsTrustedIdentityPropagationEnabled"] is True


# One setting after the other: set, changed, and removed in the order that AWS's text demands.
def test_update_open_id_connect_provider_and_update_saml_provider(kind):
    provider = kind()
    provider.update(ContextProvider=CONTEXT)
    assert provider.get()["ContextProvider"] == CONTEXT
    provider.update(IdentityCenterInstanceArn=INSTANCE)
    provider.update(IdentityCenterInstanceArn=OTHER_INSTANCE)
    provider.update(ContextProvider=OTHER_CONTEXT)
    got = provider.get()
    assert got["ContextProvider"] == OTHER_CONTEXT and got["IdentityCenterInstanceArn"] == OTHER_INSTANCE
    with refused("InvalidInput"):
        provider.update(RemoveContextProvider=True)
    provider.update(RemoveIdentityCenterInstance=True)
    assert provider.listed()["IsTrustedIdentityPropagationEnabled"] is False
    provider.update(RemoveContextProvider=True)
    assert not {"ContextProvider", "IdentityCenterInstanceArn"} & set(provider.get())


# `false` removes nothing.
def test_remove_false(kind):
    provider = kind(ContextProvider=CONTEXT)
    provider.update(ContextProvider=OTHER_CONTEXT, RemoveContextProvider=False)
    assert provider.get()["ContextProvider"] == OTHER_CONTEXT


BAD_UPDATES = {
    "context and its removal": {"ContextProvider": CONTEXT, "RemoveContextProvider": True},
    "instance and its removal": {"IdentityCenterInstanceArn": INSTANCE, "RemoveIdentityCenterInstance": True},
    "both settings": {"ContextProvider": CONTEXT, "IdentityCenterInstanceArn": INSTANCE},
    "a setting and the other's removal": {"ContextProvider": OTHER_CONTEXT, "RemoveIdentityCenterInstance": True},
    "both removals": {"RemoveContextProvider": True, "RemoveIdentityCenterInstance": True},
    "no instance": {"IdentityCenterInstanceArn": "arn:aws:iam::123456789012:role/x"},
    "no ARN": {"IdentityCenterInstanceArn": "x"},
}
BAD_CONTEXTS = {
    "both types": CONTEXT | {"SubjectTypeSourceKey": "kind"},
    "blank in front": CONTEXT | {"SubjectSourceKey": " sub"},
    "blank behind": CONTEXT | {"SubjectSourceKey": "sub "},
    "two blanks": CONTEXT | {"SubjectSourceKey": "a  b"},
    "comma": CONTEXT | {"SubjectSourceKey": "a,b"},
    "letter beyond ASCII": CONTEXT | {"SubjectSourceKey": "é"},
    "source key": CONTEXT | {"KeyDefinitionList": [{"SourceKey": "a*"}]},
    "target key": CONTEXT | {"KeyDefinitionList": [{"SourceKey": "a", "TargetKey": "b\n"}]},
}


# What is refused changes nothing.
@pytest.mark.parametrize("more", BAD_UPDATES.values(), ids=BAD_UPDATES)
def test_bad_updates(kind, more):
    provider = kind(ContextProvider=CONTEXT, IdentityCenterInstanceArn=INSTANCE)
    with refused("InvalidInput"):
        provider.update(**more)
    got = provider.get()
    assert got["ContextProvider"] == CONTEXT and got["IdentityCenterInstanceArn"] == INSTANCE


@pytest.mark.parametrize("context", BAD_CONTEXTS.values(), ids=BAD_CONTEXTS)
def test_bad_contexts(kind, context):
    with refused("InvalidInput"):
        kind(ContextProvider=context)
    provider = kind()
    with refused("InvalidInput"):
        provider.update(ContextProvider=context)
    assert "ContextProvider" not in provider.get()


# The model's own limits.
@pytest.mark.parametrize("context", [
    {"SubjectTypeValue": "user"},
    CONTEXT | {"SubjectSourceKey": "x" * 129},
    CONTEXT | {"KeyDefinitionList": [{"SourceKey": "a"}] * 11},
    CONTEXT | {"KeyDefinitionList": [{"TargetKey": "a"}]},
], ids=["no subject", "long key", "eleven keys", "no source"])
def test_constraints(kind, context):
    with refused("ValidationError"):
        kind(ContextProvider=context)


# An instance needs a context provider.
def test_instance_alone(kind):
    with refused("InvalidInput"):
        kind(IdentityCenterInstanceArn=INSTANCE)
    provider = kind()
    with refused("InvalidInput"):
        provider.update(IdentityCenterInstanceArn=INSTANCE)


# An OIDC provider has nothing else to update; the provider must exist.
def test_update_open_id_connect_provider_with_nothing(iam, name, account):
    provider = Oidc(iam, name)
    for more in ({}, {"RemoveContextProvider": False}):
        with refused("InvalidInput"):
            provider.update(**more)
    with refused("NoSuchEntity"):
        iam.update_open_id_connect_provider(OpenIDConnectProviderArn=f"arn:aws:iam::{account}:oidc-provider/no.example.com",
                                            ContextProvider=CONTEXT)


# A SAML provider takes the context provider or the rest; an instance may come with the metadata.
def test_update_saml_provider_changes_one_kind(iam, name):
    provider = Saml(iam, name)
    other = metadata(entity="https://other.example.com")
    with refused("InvalidInput"):
        provider.update(ContextProvider=CONTEXT, SAMLMetadataDocument=other)
    assert provider.get()["SAMLMetadataDocument"] == metadata()
    provider.update(ContextProvider=CONTEXT)
    provider.update(IdentityCenterInstanceArn=INSTANCE, SAMLMetadataDocument=other)
    got = provider.get()
    assert got["IdentityCenterInstanceArn"] == INSTANCE and got["SAMLMetadataDocument"] == other


# The issuer and a hash of each signing key follow the metadata.
def test_saml_key_hashes(iam, name):
    provider = Saml(iam, name)
    before = provider.get()["SAMLKeyHashes"]
    assert [row["IssuerURL"] for row in before] == ["https://idp.example.com/metadata"]
    assert len(before[0]["KeyHashes"]) == 1 and len(before[0]["KeyHashes"][0]) == 64
    provider.update(SAMLMetadataDocument=metadata(entity="https://other.example.com"))
    after = provider.get()["SAMLKeyHashes"]
    assert after == [{"IssuerURL": "https://other.example.com", "KeyHashes": before[0]["KeyHashes"]}]
