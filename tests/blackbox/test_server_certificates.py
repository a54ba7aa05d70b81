"""Server certificates: key pair and chain are checked, the private key never comes back."""

import datetime
import re

import pytest
from certificates import certificate, ec_key, expiration, openssl, private_key
from refusals import refused

CHAIN = ("Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, "
         "followed by any intermediaries in order. The index within the chain of the invalid certificate is: ")


@pytest.fixture
def upload(iam, name):
    """Uploads a self-signed certificate under a new name; returns the answer and what was uploaded."""

    def make(**more):
        key = more.pop("key", None) or private_key()
        given = {"ServerCertificateName": name("cert"), "CertificateBody": certificate(key), "PrivateKey": key} | more
        return iam.upload_server_certificate(**given), given

    yield make
    for one in iam.list_server_certificates()["ServerCertificateMetadataList"]:
        iam.delete_server_certificate(ServerCertificateName=one["ServerCertificateName"])


# upload_server_certificate, get_server_certificate, list_server_certificates, delete_server_certificate
@pytest.mark.parametrize("path", [None, "/", "/cloudfront/test/"])
def test_life_of_server_certificates(iam, upload, account, path):
    answer, given = upload(**({"Path": path} if path else {}))
    made, shown_path = answer["ServerCertificateMetadata"], path or "/"
    assert made["Arn"] == f"arn:aws:iam::{account}:server-certificate{shown_path}{made['ServerCertificateName']}"
    assert made["Path"] == shown_path and re.fullmatch(r"ASCA[A-Z2-7]{17}", made["ServerCertificateId"])
    ends = datetime.datetime.strptime(expiration(given["CertificateBody"]), "%b %d %H:%M:%S %Y %Z")
    assert made["Expiration"].replace(tzinfo=None) == ends
    got = iam.get_server_certificate(ServerCertificateName=made["ServerCertificateName"])["ServerCertificate"]
    assert got == {"ServerCertificateMetadata": made, "CertificateBody": given["CertificateBody"].strip(), "Tags": []}
    assert iam.list_server_certificates(PathPrefix=shown_path)["ServerCertificateMetadataList"] == [made]
    assert iam.list_server_certificates(PathPrefix="/none/")["ServerCertificateMetadataList"] == []
    iam.delete_server_certificate(ServerCertificateName=made["ServerCertificateName"])
    with refused("NoSuchEntity", f"The Server Certificate with name {made['ServerCertificateName']} cannot be found."):
        iam.get_server_certificate(ServerCertificateName=made["ServerCertificateName"])
    with refused("NoSuchEntity"):
        iam.delete_server_certificate(ServerCertificateName=made["ServerCertificateName"])


KEY_FORMS = {
    "pkcs8": lambda: private_key(),
    "pkcs1": lambda: openssl("rsa", "-traditional", given=private_key()),
    "ec": lambda: ec_key("P-384"),
    "sec1": lambda: openssl("ec", given=ec_key()),
    "sec1_with_parameters": lambda: openssl("ecparam", "-name", "prime256v1", "-genkey"),
}


@pytest.mark.parametrize("form", KEY_FORMS)
def test_upload_server_certificate_takes_every_form_of_private_key(upload, form):
    upload(key=KEY_FORMS[form]())


def test_upload_server_certificate_refuses_bad_keys(upload):
    encrypted = openssl("pkey", "-aes256", "-passout", "pass:x", given=private_key())
    traditional = openssl("rsa", "-traditional", "-aes256", "-passout", "pass:x", given=private_key())
    ed25519 = openssl("genpkey", "-quiet", "-algorithm", "ED25519")
    for key in ("key", encrypted, traditional, ed25519, private_key() + private_key(2048, 1), certificate(private_key())):
        with refused("MalformedCertificate", "Invalid Private Key."):
            upload(PrivateKey=key, CertificateBody=certificate(private_key()))
    for key in (private_key(2048, 1), ec_key()):
        with refused("KeyPairMismatch"):
            upload(PrivateKey=key, CertificateBody=certificate(private_key()))


def test_upload_server_certificate_refuses_bad_bodies(upload):
    good = certificate(private_key())
    for body in ("body", "text before\n" + good, private_key(), good.replace("CERTIFICATE", "X509"), good[:-40]):
        with refused("MalformedCertificate", "Unable to parse certificate. Please ensure the certificate is in PEM format."):
            upload(CertificateBody=body)
    for start in (-20, 5):
        with refused("MalformedCertificate"):
            upload(CertificateBody=certificate(private_key(), start=start, days=10))


@pytest.fixture(scope="module")
def authority():
    """Root and intermediate, each a pair of certificate and key."""
    root_key, middle_key = private_key(2048, 11), private_key(2048, 12)
    root = certificate(root_key, "root", ca=True)
    return (root, root_key), (certificate(middle_key, "middle", (root, root_key), ca=True), middle_key)


def test_upload_server_certificate_with_a_chain(iam, upload, authority):
    root, middle = authority
    leaf = certificate(private_key(), "leaf", middle)
    for chain in (middle[0], middle[0] + root[0], middle[0] + "\n\n" + root[0]):
        answer, given = upload(CertificateBody=leaf, CertificateChain=chain)
        got = iam.get_server_certificate(ServerCertificateName=given["ServerCertificateName"])["ServerCertificate"]
        assert got["CertificateChain"] == chain.strip() and got["CertificateBody"] == leaf.strip()


# Body and chain are kept without the white space around them and with LF line ends, so that what tools compare with
# their own trimmed text is the same.
@pytest.mark.parametrize("around", [("", "\n"), ("", "\n\n\n"), ("\n\n", ""), (" \t", "\t \n"), ("\r\n", "\r\n")])
def test_white_space_of_server_certificates(iam, upload, authority, around):
    leaf, chain = certificate(private_key(), "leaf", authority[1]).strip(), authority[1][0].strip() + "\n" + authority[0][0].strip()
    wrap = lambda text: around[0] + (text.replace("\n", "\r\n") if "\r" in around[0] else text) + around[1]
    _, given = upload(CertificateBody=wrap(leaf), CertificateChain=wrap(chain))
    got = iam.get_server_certificate(ServerCertificateName=given["ServerCertificateName"])["ServerCertificate"]
    assert got["CertificateBody"] == leaf and got["CertificateChain"] == chain


# A bundle in the body is split: its first certificate is the body, the others are the chain.
def test_bundle_as_server_certificate(iam, upload, authority):
    root, middle = authority
    leaf = certificate(private_key(), "leaf", middle)
    _, given = upload(CertificateBody=leaf + middle[0] + "\r\n" + root[0])
    got = iam.get_server_certificate(ServerCertificateName=given["ServerCertificateName"])["ServerCertificate"]
    assert got["CertificateBody"] == leaf.strip() and got["CertificateChain"] == middle[0] + "\n" + root[0].strip()
    with refused("MalformedCertificate"):
        upload(CertificateBody=leaf + middle[0], CertificateChain=root[0])
    with refused("MalformedCertificate", CHAIN + "-1"):
        upload(CertificateBody=leaf + root[0])
    with refused("MalformedCertificate"):
        upload(CertificateBody=leaf + private_key())


# The number is that of the last certificate whose issuer was found, -1 for the leaf.
def test_upload_server_certificate_refuses_broken_chains(upload, authority):
    root, middle = authority
    leaf = certificate(private_key(), "leaf", middle)
    stranger = certificate(private_key(2048, 13), "middle", ca=True)  # the right name and another key
    no_authority = certificate(middle[1], "middle", root)  # the right key without the right to sign
    cases = {root[0]: -1, root[0] + middle[0]: -1, stranger: -1, no_authority: -1, "chain": -1, "text\n" + middle[0]: -1,
             middle[0] + middle[0]: 0, middle[0] + root[0] + middle[0]: 1, middle[0] * 21: -1}
    for chain, index in cases.items():
        with refused("MalformedCertificate", CHAIN + str(index)):
            upload(CertificateBody=leaf, CertificateChain=chain)


def test_update_server_certificate_renames_and_moves(iam, upload, account, name):
    _, given = upload(Tags=[{"Key": "team", "Value": "web"}])
    _, other = upload()
    old, new = given["ServerCertificateName"], name("renamed")
    iam.update_server_certificate(ServerCertificateName=old, NewServerCertificateName=new, NewPath="/moved/")
    got = iam.get_server_certificate(ServerCertificateName=new)["ServerCertificate"]
    assert got["ServerCertificateMetadata"]["Arn"] == f"arn:aws:iam::{account}:server-certificate/moved/{new}"
    assert got["Tags"] == [{"Key": "team", "Value": "web"}] and got["CertificateBody"] == given["CertificateBody"].strip()
    with refused("NoSuchEntity"):
        iam.get_server_certificate(ServerCertificateName=old)
    iam.update_server_certificate(ServerCertificateName=new, NewServerCertificateName=new.upper())
    taken = other["ServerCertificateName"]
    with refused("EntityAlreadyExists", f"The Server Certificate with name {taken} already exists."):
        iam.update_server_certificate(ServerCertificateName=new, NewServerCertificateName=taken)
    iam.update_server_certificate(ServerCertificateName=new, NewServerCertificateName=new.upper(), NewPath="/again/")
    again = iam.get_server_certificate(ServerCertificateName=new)["ServerCertificate"]["ServerCertificateMetadata"]
    assert (again["Path"], again["ServerCertificateName"]) == ("/again/", new.upper())
    with refused("EntityAlreadyExists"):
        upload(ServerCertificateName=new)
    with refused("NoSuchEntity", f"The Server Certificate with name {old} cannot be found."):
        iam.update_server_certificate(ServerCertificateName=old, NewPath="/x/")


# tag_server_certificate, untag_server_certificate, list_server_certificate_tags
def test_server_certificate_tags(iam, upload):
    answer, given = upload(Tags=[{"Key": "a", "Value": "1"}])
    assert answer["Tags"] == [{"Key": "a", "Value": "1"}]
    target = {"ServerCertificateName": given["ServerCertificateName"]}
    iam.tag_server_certificate(Tags=[{"Key": "b", "Value": "2"}, {"Key": "A", "Value": "3"}], **target)
    listed = iam.list_server_certificate_tags(**target)
    assert listed["Tags"] == [{"Key": "A", "Value": "3"}, {"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}]
    page = iam.list_server_certificate_tags(MaxItems=2, **target)
    assert page["IsTruncated"] and iam.list_server_certificate_tags(Marker=page["Marker"], **target)["Tags"] == listed["Tags"][2:]
    iam.untag_server_certificate(TagKeys=["A", "b"], **target)
    assert iam.list_server_certificate_tags(**target)["Tags"] == [{"Key": "a", "Value": "1"}]
    with refused("NoSuchEntity"):
        iam.list_server_certificate_tags(ServerCertificateName="nothing-here")


def test_tags_decide_on_server_certificates(iam, upload, new_user):
    _, given = upload(Tags=[{"Key": "team", "Value": "web"}])
    _, other = upload()
    condition = {"StringEquals": {"aws:ResourceTag/team": "web"}}
    _, identity = new_user({"Effect": "Allow", "Action": "iam:GetServerCertificate", "Resource": "*", "Condition": condition})
    identity.iam.get_server_certificate(ServerCertificateName=given["ServerCertificateName"])
    with refused("AccessDenied"):
        identity.iam.get_server_certificate(ServerCertificateName=other["ServerCertificateName"])


def test_quota_of_server_certificates_and_summary(fresh, name):
    iam, key = fresh.admin.iam, private_key()
    body = certificate(key)
    for number in range(20):
        iam.upload_server_certificate(ServerCertificateName=f"c{number:02}", CertificateBody=body, PrivateKey=key)
    with refused("LimitExceeded", "Cannot exceed quota for ServerCertificatesPerAccount: 20"):
        iam.upload_server_certificate(ServerCertificateName="more", CertificateBody=body, PrivateKey=key)
    summary = iam.get_account_summary()["SummaryMap"]
    assert summary["ServerCertificates"] == 20 and summary["ServerCertificatesQuota"] == 20
    pages = list(iam.get_paginator("list_server_certificates").paginate(PaginationConfig={"PageSize": 8}))
    names = [one["ServerCertificateName"] for page in pages for one in page["ServerCertificateMetadataList"]]
    assert [len(page["ServerCertificateMetadataList"]) for page in pages] == [8, 8, 4]
    assert names == sorted(names) and len(names) == 20
