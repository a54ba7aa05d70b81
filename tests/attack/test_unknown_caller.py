"""A stranger who knows an access key id and nothing else gets no answer that tells accounts apart."""

import botocore.exceptions
import pytest
from conftest import Identity
from wardkeep_server import access_key_id


@pytest.mark.parametrize("account", ["123456789012", "999999999999"])
def test_unknown_keys_are_answered_alike(server, account):
    stranger = Identity(server.endpoint, access_key_id(account, 77), "no-such-secret")
    with pytest.raises(botocore.exceptions.ClientError) as refusal:
        stranger.sts.get_caller_identity()
    assert refusal.value.response["Error"]["Code"] == "InvalidClientTokenId"
