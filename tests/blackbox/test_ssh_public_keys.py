"""SSH public keys of users: both encodings, both ways; everything that is not an RSA key of a sane length is refused."""

import base64
import re

import pytest
from certificates import ec_key, fingerprint, openssh, private_key, public_key, wire
from refusals import refused

UNKNOWN = "APKAXXXXXXXXXXXXXXXX"
INVALID = "The public key is malformed or otherwise invalid."


@pytest.fixture
def user(iam, name):
    made = name("user")
    iam.create_user(UserName=made)
    return made


# upload_ssh_public_key, get_ssh_public_key, list_ssh_public_keys, update_ssh_public_key, delete_ssh_public_key
def test_life_of_ssh_public_keys(iam, user):
    key = private_key()
    made = iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=openssh(key) + " bob@laptop")["SSHPublicKey"]
    assert made["SSHPublicKeyBody"] == openssh(key), "the comment is not kept"
    assert made["Fingerprint"] == fingerprint(key)
    assert made["UserName"] == user and made["Status"] == "Active" and made["UploadDate"]
    key_id = made["SSHPublicKeyId"]
    assert re.fullmatch(r"APKA[A-Z2-7]{16}", key_id)
    got = iam.get_ssh_public_key(UserName=user, SSHPublicKeyId=key_id, Encoding="SSH")["SSHPublicKey"]
    assert got == made
    got = iam.get_ssh_public_key(UserName=user, SSHPublicKeyId=key_id, Encoding="PEM")["SSHPublicKey"]
    assert got["SSHPublicKeyBody"] == public_key(key) and got["Fingerprint"] == fingerprint(key)
    listed = iam.list_ssh_public_keys(UserName=user)
    assert listed["SSHPublicKeys"] == [{n: made[n] for n in ("UserName", "SSHPublicKeyId", "Status", "UploadDate")}]
    assert listed["IsTruncated"] is False
    iam.update_ssh_public_key(UserName=user, SSHPublicKeyId=key_id, Status="Inactive")
    assert iam.list_ssh_public_keys(UserName=user)["SSHPublicKeys"][0]["Status"] == "Inactive"
    with refused("InvalidInput"):
        iam.update_ssh_public_key(UserName=user, SSHPublicKeyId=key_id, Status="Expired")
    iam.delete_ssh_public_key(UserName=user, SSHPublicKeyId=key_id)
    assert iam.list_ssh_public_keys(UserName=user)["SSHPublicKeys"] == []


@pytest.mark.parametrize("pkcs1", [False, True])
def test_upload_ssh_public_key_in_pem(iam, user, pkcs1):
    key = private_key()
    made = iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=public_key(key, pkcs1))["SSHPublicKey"]
    assert made["SSHPublicKeyBody"] == public_key(key) and made["Fingerprint"] == fingerprint(key)
    got = iam.get_ssh_public_key(UserName=user, SSHPublicKeyId=made["SSHPublicKeyId"], Encoding="SSH")["SSHPublicKey"]
    assert got["SSHPublicKeyBody"] == openssh(key)


# The same key is the same key in either encoding and with any comment.
def test_upload_ssh_public_key_twice(iam, user, name):
    iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=openssh(private_key()))
    for body in (openssh(private_key()) + " other", public_key(private_key())):
        with refused("DuplicateSSHPublicKey", "The SSH public key is already associated with the specified IAM user."):
            iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=body)
    other = name("user")
    iam.create_user(UserName=other)
    iam.upload_ssh_public_key(UserName=other, SSHPublicKeyBody=openssh(private_key()))


def ssh(blob, kind="ssh-rsa"):
    return kind + " " + base64.b64encode(blob).decode()


BAD = {
    "short_rsa": lambda: openssh(private_key(1024)),
    "short_rsa_in_pem": lambda: public_key(private_key(1024)),
    "ec_in_pem": lambda: public_key(ec_key()),
    "ed25519": lambda: ssh(b"\0\0\0\x0bssh-ed25519\0\0\0\x20" + b"k" * 32, "ssh-ed25519"),
    "type_of_another": lambda: ssh(b"\0\0\0\x07ssh-dss" + wire(private_key())[11:]),
    "cut": lambda: ssh(wire(private_key())[:-1]),
    "too_long": lambda: ssh(wire(private_key()) + b"\0"),
    "not_base64": lambda: "ssh-rsa AAAA*BBB",
    "no_key": lambda: "ssh-rsa ",
    "private": lambda: private_key(),
    "broken_pem": lambda: public_key(private_key()).replace("-----END PUBLIC KEY-----", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_upload_ssh_public_key_refuses_invalid_keys(iam, user, case):
    body = BAD[case]()
    code = "UnrecognizedPublicKeyEncoding" if case == "no_key" else "InvalidPublicKey"
    with refused(code, INVALID if code == "InvalidPublicKey" else None):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=body)
    assert iam.list_ssh_public_keys(UserName=user)["SSHPublicKeys"] == []


@pytest.mark.parametrize("body", ["key", "---- BEGIN SSH2 PUBLIC KEY ----", "AAAAB3NzaC1yc2E="])
def test_upload_ssh_public_key_in_an_unknown_encoding(iam, user, body):
    with refused("UnrecognizedPublicKeyEncoding", "The public key encoding format is unsupported or unrecognized."):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=body)


def test_unknown_ssh_public_keys(iam, user):
    text = f"The Public Key with id {UNKNOWN} cannot be found."
    with refused("NoSuchEntity", text):
        iam.get_ssh_public_key(UserName=user, SSHPublicKeyId=UNKNOWN, Encoding="SSH")
    with refused("NoSuchEntity", text):
        iam.update_ssh_public_key(UserName=user, SSHPublicKeyId=UNKNOWN, Status="Active")
    with refused("NoSuchEntity", text):
        iam.delete_ssh_public_key(UserName=user, SSHPublicKeyId=UNKNOWN)
    with refused("NoSuchEntity", "The user with name nobody-here cannot be found."):
        iam.upload_ssh_public_key(UserName="nobody-here", SSHPublicKeyBody=openssh(private_key()))


def test_quota_of_ssh_public_keys_and_pages(iam, user):
    for number in range(5):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=openssh(private_key(2048, number)))
    with refused("LimitExceeded", "Cannot exceed quota for SSHPublicKeysPerUser: 5"):
        iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=openssh(private_key(2048, 5)))
    pages = list(iam.get_paginator("list_ssh_public_keys").paginate(UserName=user, PaginationConfig={"PageSize": 2}))
    assert [len(page["SSHPublicKeys"]) for page in pages] == [2, 2, 1]
    assert len({key["SSHPublicKeyId"] for page in pages for key in page["SSHPublicKeys"]}) == 5


def test_list_ssh_public_keys_of_the_caller(new_user, root):
    statement = {"Effect": "Allow", "Action": "iam:*SSHPublicKey*", "Resource": "arn:aws:iam::*:user/${aws:username}"}
    user, identity = new_user(statement)
    identity.iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=openssh(private_key()))
    assert [key["UserName"] for key in identity.iam.list_ssh_public_keys()["SSHPublicKeys"]] == [user]
    with refused("ValidationError", "Must specify userName when calling with non-User credentials"):
        root.iam.list_ssh_public_keys()
    with refused("AccessDenied"):
        identity.iam.list_ssh_public_keys(UserName="admin")


def test_user_with_ssh_public_key_cannot_be_deleted(iam, user):
    made = iam.upload_ssh_public_key(UserName=user, SSHPublicKeyBody=openssh(private_key()))["SSHPublicKey"]
    with refused("DeleteConflict", "Cannot delete entity, must remove referenced objects first."):
        iam.delete_user(UserName=user)
    iam.delete_ssh_public_key(UserName=user, SSHPublicKeyId=made["SSHPublicKeyId"])
    iam.delete_user(UserName=user)
