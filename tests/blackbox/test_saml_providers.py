"""SAML providers: metadata, private keys for encrypted assertions, and what is refused."""

import re
import subprocess

import pytest
from conftest import Identity
from refusals import refused
from wardkeep_server import WardkeepServer


def run(*words):
    return subprocess.run(["openssl", *words], check=True, capture_output=True, text=True).stdout


def certificate(common_name):
    text = run("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30", "-subj",
               f"/CN={common_name}", "-keyout", "/dev/null")
    return "".join(line for line in text.splitlines() if "-----" not in line)


CERTIFICATE, OTHER_CERTIFICATE = certificate("idp.example.com"), certificate("other.example.com")
KEY, OTHER_KEY, THIRD_KEY = (run("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048") for _ in range(3))


def metadata(*certificates, entity="https://idp.example.com/metadata", more="", head="", use="signing"):
    keys = "".join(f"""
    <md:KeyDescriptor use="{use}">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data><ds:X509Certificate>{text}</ds:X509Certificate></ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>""" for text in certificates or [CERTIFICATE])
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}" {more}>
  <!-- {"as it comes from the identity provider " * 12} -->
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">{keys}
    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>
"""


@pytest.fixture
def create(iam, name):
    """Creates a provider with a fresh name and returns its ARN."""
    return lambda **more: iam.create_saml_provider(Name=name("saml"), **{"SAMLMetadataDocument": metadata(), **more})["SAMLProviderArn"]


# The document comes back byte for byte; without an end of its own it is good for a hundred years.
def test_create_saml_provider_and_get_saml_provider(iam, name, account):
    given, text = name("Corp.Idp_"), metadata()
    made = iam.create_saml_provider(Name=given, SAMLMetadataDocument=text, Tags=[{"Key": "env", "Value": "prod"}])
    arn = made["SAMLProviderArn"]
    assert arn == f"arn:aws:iam::{account}:saml-provider/{given}"
    assert made["Tags"] == [{"Key": "env", "Value": "prod"}]
    got = iam.get_saml_provider(SAMLProviderArn=arn)
    assert got["SAMLMetadataDocument"] == text
    assert re.fullmatch(r"SAMLSP[A-Z0-9]{18}", got["SAMLProviderUUID"])
    assert got["ValidUntil"].year - got["CreateDate"].year == 100
    assert got["Tags"] == [{"Key": "env", "Value": "prod"}]
    assert got["PrivateKeyList"] == [] and "AssertionEncryptionMode" not in got


# validUntil of the metadata is the provider's.
def test_create_saml_provider_with_an_end(iam, create):
    arn = create(SAMLMetadataDocument=metadata(more='validUntil="2071-02-03T04:05:06Z"'))
    assert iam.get_saml_provider(SAMLProviderArn=arn)["ValidUntil"].isoformat() == "2071-02-03T04:05:06+00:00"


def test_create_saml_provider_with_several_certificates(create):
    create(SAMLMetadataDocument=metadata(CERTIFICATE, OTHER_CERTIFICATE, CERTIFICATE))


ENTITY = '<!DOCTYPE md [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("document", [
    "x" * 1000,
    metadata()[:-20],
    metadata().replace("IDPSSODescriptor", "SPSSODescriptor"),
    metadata().replace("SAML:2.0:metadata", "SAML:1.0:metadata"),
    metadata().replace("SAML:2.0:protocol", "SAML:1.1:protocol"),
    metadata().replace("EntityDescriptor", "EntitiesDescriptor"),
    metadata(entity=""),
    metadata(use="encryption"),
    metadata("AAAA"),
    metadata(CERTIFICATE[:200]),
    metadata("not base64"),
    metadata(CERTIFICATE, "AAAA"),
    metadata(more='validUntil="soon"'),
    metadata(head=ENTITY),
    metadata(head=ENTITY, entity="&x;"),
    metadata(entity="&unknown;"),
], ids=["no XML", "cut off", "no identity provider", "SAML 1.0", "protocol of SAML 1.1", "several entities", "no entity id",
        "no signing key", "short certificate", "half a certificate", "no base64", "second certificate", "odd date", "entity",
        "entity in use", "unknown entity"])
def test_create_saml_provider_refuses_metadata(iam, name, document):
    with refused("InvalidInput", "Could not parse metadata"):
        iam.create_saml_provider(Name=name("saml"), SAMLMetadataDocument=document)


# Constraints of the model come before anything is parsed.
@pytest.mark.parametrize("more", [{"SAMLMetadataDocument": "x" * 999}, {"Name": "a/b"}, {"Name": "a b"}, {"Name": "x" * 129},
                                  {"AssertionEncryptionMode": "Never"}])
def test_create_saml_provider_constraints(iam, name, more):
    with refused("ValidationError"):
        iam.create_saml_provider(**{"Name": name("saml"), "SAMLMetadataDocument": metadata(), **more})


def test_create_saml_provider_of_the_past(iam, name):
    with refused("InvalidInput", "Metadata document has expired."):
        iam.create_saml_provider(Name=name("saml"), SAMLMetadataDocument=metadata(more='validUntil="2020-01-01T00:00:00Z"'))


def test_create_saml_provider_with_too_many_keys(iam, name):
    with refused("LimitExceeded", "Cannot exceed quota for KeysPerSAMLProvider: 10"):
        iam.create_saml_provider(Name=name("saml"), SAMLMetadataDocument=metadata(*[certificate(f"c{i}") for i in range(11)]))


def test_create_saml_provider_twice(iam, name):
    given = name("twice")
    iam.create_saml_provider(Name=given, SAMLMetadataDocument=metadata())
    with refused("EntityAlreadyExists", f"Saml Provider {given.upper()} already exists."):
        iam.create_saml_provider(Name=given.upper(), SAMLMetadataDocument=metadata())


# A large document is an ordinary one.
def test_create_saml_provider_of_megabytes(iam, create):
    text = metadata().replace("as it comes", "long " * 60_000)
    arn = create(SAMLMetadataDocument=text)
    assert iam.get_saml_provider(SAMLProviderArn=arn)["SAMLMetadataDocument"] == text


# At most two keys; each is shown by its id and never by itself; the first brings the mode with it.
def test_update_saml_provider_private_keys(iam, create):
    arn = create()
    for key in (KEY, OTHER_KEY):
        iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=key)
    with refused("LimitExceeded", "Cannot exceed quota for PrivateKeysPerSAMLProvider: 2"):
        iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=THIRD_KEY)
    got = iam.get_saml_provider(SAMLProviderArn=arn)
    assert got["AssertionEncryptionMode"] == "Allowed"
    ids = [key["KeyId"] for key in got["PrivateKeyList"]]
    assert len(set(ids)) == 2 and all(re.fullmatch(r"[A-Z0-9]{22,64}", one) for one in ids)
    assert all(key["Timestamp"] for key in got["PrivateKeyList"])
    assert "PRIVATE" not in str(got)
    # One request changes one for another.
    iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=THIRD_KEY, RemovePrivateKey=ids[0], AssertionEncryptionMode="Required")
    got = iam.get_saml_provider(SAMLProviderArn=arn)
    assert got["AssertionEncryptionMode"] == "Required"
    left = [key["KeyId"] for key in got["PrivateKeyList"]]
    assert left[0] == ids[1] and len(left) == 2
    with refused("NoSuchEntity"):
        iam.update_saml_provider(SAMLProviderArn=arn, RemovePrivateKey=ids[0])


# Encrypted assertions cannot be required without a key, neither at first nor by taking the last one away.
def test_assertion_encryption_needs_a_key(iam, name, create):
    with refused("InvalidInput"):
        iam.create_saml_provider(Name=name("saml"), SAMLMetadataDocument=metadata(), AssertionEncryptionMode="Required")
    arn = create(AddPrivateKey=KEY, AssertionEncryptionMode="Required")
    only = iam.get_saml_provider(SAMLProviderArn=arn)["PrivateKeyList"][0]["KeyId"]
    with refused("InvalidInput"):
        iam.update_saml_provider(SAMLProviderArn=arn, RemovePrivateKey=only)
    assert iam.get_saml_provider(SAMLProviderArn=arn)["PrivateKeyList"][0]["KeyId"] == only


@pytest.mark.parametrize("key", ["x", KEY[:300], KEY.replace("PRIVATE KEY", "PUBLIC KEY"),
                                 run("ecparam", "-genkey", "-name", "prime256v1", "-noout"), "-----"],
                         ids=["x", "cut", "label", "ec", "dashes"])
def test_add_private_key_refuses(iam, create, key):
    arn = create()
    with refused("InvalidInput", "Could not parse private key"):
        iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=key)


# New metadata takes the place of the old; without any the old stays.
def test_update_saml_provider(iam, create):
    arn = create()
    text = metadata(OTHER_CERTIFICATE, more='validUntil="2071-02-03T04:05:06Z"')
    assert iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument=text)["SAMLProviderArn"] == arn
    iam.update_saml_provider(SAMLProviderArn=arn, AddPrivateKey=KEY)
    got = iam.get_saml_provider(SAMLProviderArn=arn)
    assert got["SAMLMetadataDocument"] == text and got["ValidUntil"].year == 2071
    with refused("InvalidInput", "Could not parse metadata"):
        iam.update_saml_provider(SAMLProviderArn=arn, SAMLMetadataDocument="x" * 1000)
    assert iam.get_saml_provider(SAMLProviderArn=arn)["SAMLMetadataDocument"] == text


def test_list_saml_providers_up_to_the_quota(fresh):
    iam = fresh.admin.iam
    text = metadata()
    arns = [iam.create_saml_provider(Name=f"p{i}", SAMLMetadataDocument=text)["SAMLProviderArn"] for i in range(100)]
    with refused("LimitExceeded", "Cannot exceed quota for SAMLProvidersPerAccount: 100"):
        iam.create_saml_provider(Name="p100", SAMLMetadataDocument=text)
    listed = iam.list_saml_providers()["SAMLProviderList"]
    assert sorted(p["Arn"] for p in listed) == sorted(arns)
    assert all(p["ValidUntil"] and p["CreateDate"] for p in listed)
    assert iam.get_account_summary()["SummaryMap"]["Providers"] == 100


def test_delete_saml_provider(iam, create):
    arn = create()
    iam.delete_saml_provider(SAMLProviderArn=arn)
    for call in (iam.get_saml_provider, iam.delete_saml_provider, iam.update_saml_provider):
        with refused("NoSuchEntity", f"Manifest not found for arn {arn}"):
            call(SAMLProviderArn=arn)


# Everything survives a kill; the private key is not in the files in any readable form.
def test_saml_provider_survives_restart(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path) as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        arn = iam.create_saml_provider(Name="kept", SAMLMetadataDocument=metadata(), AddPrivateKey=KEY,
                                       Tags=[{"Key": "k", "Value": "v"}])["SAMLProviderArn"]
        before = iam.get_saml_provider(SAMLProviderArn=arn)
        server.kill()
    middle = KEY.splitlines()[5].encode()
    assert not [file for file in tmp_path.iterdir() if file.is_file() and middle in file.read_bytes()]
    with WardkeepServer(binary, data=tmp_path) as server:
        after = Identity(server.endpoint, *server.admin_key).iam.get_saml_provider(SAMLProviderArn=arn)
    for answer in (before, after):
        answer.pop("ResponseMetadata")
    assert before == after
