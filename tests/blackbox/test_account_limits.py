"""Limits raised by the operator, with AWS's names."""

import pytest
from conftest import Identity
from refusals import refused
from wardkeep_server import StartFailed, WardkeepServer


def test_raised_limits(binary, account):
    limits = f"AccessKeysPerUser=3,{account}:GroupsPerAccount=301"
    with WardkeepServer(binary, arguments=["--account-limits", limits]) as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        iam.create_user(UserName="u")
        for _ in range(3):
            iam.create_access_key(UserName="u")
        with refused("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 3"):
            iam.create_access_key(UserName="u")
        summary = iam.get_account_summary()["SummaryMap"]
        assert summary["AccessKeysPerUserQuota"] == 3 and summary["GroupsQuota"] == 301
        assert summary["UsersQuota"] == 5000


@pytest.mark.parametrize("limits", ["Unknown=5", "UsersPerAccount=10", "PolicySize=10000", "1:UsersPerAccount=6000"])
def test_bad_limits_keep_the_server_from_starting(binary, limits):
    with pytest.raises(StartFailed, match="account.limits"):
        WardkeepServer(binary, arguments=["--account-limits", limits])
