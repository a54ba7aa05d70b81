"""DecodeAuthorizationMessage. IAM's own denials carry no encoded message in AWS; see docs/compatibility.md."""

import json
import re

import pytest
from botocore.exceptions import ClientError
from documents import allow
from refusals import refused


# What was never encoded here is refused with the modelled error.
@pytest.mark.parametrize("message", ["x", "AAAA", "not base64 !", "A" * 10240])
def test_foreign_message(sts, message):
    with refused("InvalidAuthorizationMessageException"):
        sts.decode_authorization_message(EncodedMessage=message)


# Reading a message needs a permission of its own.
def test_needs_permission(new_user):
    _, caller = new_user()
    with refused("AccessDenied", containing="sts:DecodeAuthorizationMessage"):
        caller.sts.decode_authorization_message(EncodedMessage="AAAA")


# Where a denial carries an encoded message, it opens and tells who, what and on what.
def test_round_trip(sts, new_user, account):
    user, caller = new_user(allow("s3:*"))
    with pytest.raises(ClientError) as caught:
        caller.iam.list_users()
    response = caught.value.response
    headers = response["ResponseMetadata"]["HTTPHeaders"]
    encoded = re.search(r"Encoded authorization failure message: (\S+)", response["Error"]["Message"])
    text = encoded[1] if encoded else headers.get("x-wardkeep-authorization-message")
    assert text, "the denial carries no encoded message"
    decoded = json.loads(sts.decode_authorization_message(EncodedMessage=text)["DecodedMessage"])
    assert decoded["allowed"] is False and decoded["explicitDeny"] is False
    assert decoded["context"]["action"] == "iam:ListUsers"
    assert decoded["context"]["principal"]["arn"] == f"arn:aws:iam::{account}:user/{user}"
