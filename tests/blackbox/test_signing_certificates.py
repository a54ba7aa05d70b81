"""X.509 signing certificates of users and of the root user."""

import base64
import hashlib
import re
import ssl

import pytest
from certificates import certificate, ec_key, private_key
from refusals import refused

UNKNOWN = "NONEXISTENTCERTID12345678901"


@pytest.fixture
def user(iam, name):
    made = name("user")
    iam.create_user(UserName=made)
    return made


# upload_signing_certificate, list_signing_certificates, update_signing_certificate, delete_signing_certificate
@pytest.mark.parametrize("key", [private_key, ec_key])
def test_life_of_signing_certificates(iam, user, key):
    body = certificate(key())
    made = iam.upload_signing_certificate(UserName=user, CertificateBody=body)["Certificate"]
    assert re.fullmatch(r"[A-Z2-7]{32}", made["CertificateId"])
    assert made["CertificateId"] == base64.b32encode(hashlib.sha1(ssl.PEM_cert_to_DER_cert(body)).digest()).decode()
    assert made["CertificateBody"] == body and made["Status"] == "Active" and made["UserName"] == user
    listed = iam.list_signing_certificates(UserName=user)
    assert listed["Certificates"] == [made] and listed["IsTruncated"] is False
    for status in ("Inactive", "Active"):
        iam.update_signing_certificate(UserName=user, CertificateId=made["CertificateId"], Status=status)
        assert iam.list_signing_certificates(UserName=user)["Certificates"][0]["Status"] == status
    iam.delete_signing_certificate(UserName=user, CertificateId=made["CertificateId"])
    assert iam.list_signing_certificates(UserName=user)["Certificates"] == []


# A caller without a name acts on its own: a user on itself, the root user on the account's.
def test_own_signing_certificates(new_user, fresh):
    root = fresh.root.iam
    assert root.get_account_summary()["SummaryMap"]["AccountSigningCertificatesPresent"] == 0
    made = root.upload_signing_certificate(CertificateBody=certificate(private_key()))["Certificate"]
    assert root.get_account_summary()["SummaryMap"]["AccountSigningCertificatesPresent"] == 1
    assert root.list_signing_certificates()["Certificates"] == [made]
    root.update_signing_certificate(CertificateId=made["CertificateId"], Status="Inactive")
    root.delete_signing_certificate(CertificateId=made["CertificateId"])
    assert root.list_signing_certificates()["Certificates"] == []
    statement = {"Effect": "Allow", "Action": "iam:*SigningCertificate*", "Resource": "arn:aws:iam::*:user/${aws:username}"}
    user, identity = new_user(statement)
    own = identity.iam.upload_signing_certificate(CertificateBody=certificate(private_key()))["Certificate"]
    assert own["UserName"] == user
    with refused("AccessDenied"):
        identity.iam.list_signing_certificates(UserName="admin")


# One certificate belongs to one user of an account, however it is written.
def test_upload_signing_certificate_twice(iam, user, name):
    body, other = certificate(private_key(2048, 1)), name("user")
    iam.create_user(UserName=other)
    iam.upload_signing_certificate(UserName=user, CertificateBody=body)
    for target in (user, other):
        with refused("DuplicateCertificate", "The same certificate is associated with an IAM user in the account."):
            iam.upload_signing_certificate(UserName=target, CertificateBody="\r\n" + body.replace("\n", "\r\n"))


# Unlike those of servers they come back as they came, white space included: Terraform compares them with the file.
def test_white_space_of_signing_certificates(iam, user):
    body = "\r\n " + certificate(private_key()).strip().replace("\n", "\r\n") + "\t\r\n"
    made = iam.upload_signing_certificate(UserName=user, CertificateBody=body)
    assert made["Certificate"]["CertificateBody"] == body
    assert iam.list_signing_certificates(UserName=user)["Certificates"][0]["CertificateBody"] == body


@pytest.mark.parametrize("body", [
    "invalid-certificate-body", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"])
def test_upload_signing_certificate_refuses_malformed_ones(iam, user, body):
    with refused("MalformedCertificate", f"Certificate {body} is malformed."):
        iam.upload_signing_certificate(UserName=user, CertificateBody=body)


def test_upload_signing_certificate_takes_one_certificate_and_nothing_else(iam, user):
    body = certificate(private_key())
    for text in (body + body, "subject: me\n" + body, private_key(), certificate(private_key(512))):
        with refused("MalformedCertificate"):
            iam.upload_signing_certificate(UserName=user, CertificateBody=text)


@pytest.mark.parametrize("start,days", [(-20, 10), (5, 10)])
def test_upload_signing_certificate_outside_its_period(iam, user, start, days):
    body = certificate(private_key(), start=start, days=days)
    with refused("InvalidCertificate", f"Certificate {body} is invalid."):
        iam.upload_signing_certificate(UserName=user, CertificateBody=body)


def test_unknown_signing_certificates(iam, user):
    with refused("NoSuchEntity", f"The Certificate with id {UNKNOWN} cannot be found."):
        iam.update_signing_certificate(UserName=user, CertificateId=UNKNOWN, Status="Inactive")
    with refused("NoSuchEntity", f"The Certificate with id {UNKNOWN} cannot be found."):
        iam.delete_signing_certificate(UserName=user, CertificateId=UNKNOWN)
    for call in (lambda: iam.upload_signing_certificate(UserName="nonexistent-user", CertificateBody="x"),
                 lambda: iam.list_signing_certificates(UserName="nonexistent-user"),
                 lambda: iam.delete_signing_certificate(UserName="nonexistent-user", CertificateId=UNKNOWN)):
        with refused("NoSuchEntity", "The user with name nonexistent-user cannot be found."):
            call()


def test_quota_of_signing_certificates_and_deletion_of_the_user(iam, user):
    ids = [iam.upload_signing_certificate(UserName=user, CertificateBody=certificate(private_key()))["Certificate"]
           ["CertificateId"] for _ in range(2)]
    with refused("LimitExceeded", "Cannot exceed quota for CertificatesPerUser: 2"):
        iam.upload_signing_certificate(UserName=user, CertificateBody=certificate(private_key()))
    pages = list(iam.get_paginator("list_signing_certificates").paginate(UserName=user, PaginationConfig={"PageSize": 1}))
    assert sorted(ids) == [page["Certificates"][0]["CertificateId"] for page in pages]
    with refused("DeleteConflict", "Cannot delete entity, must delete certificates first."):
        iam.delete_user(UserName=user)
    for one in ids:
        iam.delete_signing_certificate(UserName=user, CertificateId=one)
    iam.delete_user(UserName=user)
