"""Account alias, account summary and other account-wide answers."""

import pytest
from botocore.exceptions import ClientError
from documents import MANAGED, READ_BUCKET, TRUST_EC2
from refusals import refused

# The 34 keys of the summary with the values of an account where nothing was made (data-formats.md section 5); the
# administrator, its group and its key are there from the start.
QUOTAS = {
    "UsersQuota": 5000, "GroupsQuota": 300, "ServerCertificatesQuota": 20, "UserPolicySizeQuota": 2048,
    "GroupPolicySizeQuota": 5120, "GroupsPerUserQuota": 10, "SigningCertificatesPerUserQuota": 2,
    "AccessKeysPerUserQuota": 2, "AttachedPoliciesPerGroupQuota": 10, "AttachedPoliciesPerUserQuota": 10,
    "PoliciesQuota": 1500, "PolicySizeQuota": 6144, "PolicyVersionsInUseQuota": 10000, "VersionsPerPolicyQuota": 5,
    "AssumeRolePolicySizeQuota": 2048, "InstanceProfilesQuota": 1000, "RolePolicySizeQuota": 10240, "RolesQuota": 1000,
}
OTHER_KEYS = {
    "Users", "Groups", "ServerCertificates", "MFADevices", "MFADevicesInUse", "AccountMFAEnabled",
    "AccountAccessKeysPresent", "AccountPasswordPresent", "AccountSigningCertificatesPresent",
    "AttachedPoliciesPerRoleQuota", "Policies", "PolicyVersionsInUse", "GlobalEndpointTokenVersion", "InstanceProfiles",
    "Providers", "Roles",
}


# Every key AWS has is there, and quotas are AWS's defaults.
def test_summary_keys(fresh):
    summary = fresh.admin.iam.get_account_summary()["SummaryMap"]
    assert set(summary) == set(QUOTAS) | OTHER_KEYS
    assert {key: summary[key] for key in QUOTAS} == QUOTAS


# The counters count.
def test_summary_counts(fresh):
    iam = fresh.admin.iam
    before = iam.get_account_summary()["SummaryMap"]
    iam.create_user(UserName="u1")
    iam.create_user(UserName="u2")
    iam.create_group(GroupName="g")
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST_EC2)
    iam.create_instance_profile(InstanceProfileName="p")
    arn = iam.create_policy(PolicyName="p", PolicyDocument=READ_BUCKET)["Policy"]["Arn"]
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=READ_BUCKET)
    after = iam.get_account_summary()["SummaryMap"]
    grown = {key: after[key] - before[key] for key in after if after[key] != before[key]}
    assert grown.pop("PolicyVersionsInUse") in (1, 2)
    assert grown == {"Users": 2, "Groups": 1, "Roles": 1, "InstanceProfiles": 1, "Policies": 1}


# One alias; a new one takes the place of the old.
def test_alias(fresh):
    iam = fresh.admin.iam
    assert iam.list_account_aliases()["AccountAliases"] == []
    iam.create_account_alias(AccountAlias="first-name")
    iam.create_account_alias(AccountAlias="second-name")
    assert iam.list_account_aliases()["AccountAliases"] == ["second-name"]
    with refused("NoSuchEntity"):
        iam.delete_account_alias(AccountAlias="first-name")
    iam.delete_account_alias(AccountAlias="second-name")
    assert iam.list_account_aliases()["AccountAliases"] == []


# Names that would not do in a host name are refused.
@pytest.mark.parametrize("alias", ["ab", "UPPER", "-lead", "trail-", "two--hyphens", "x" * 64, "under_score"])
def test_bad_alias(iam, alias):
    with refused("ValidationError"):
        iam.create_account_alias(AccountAlias=alias)


# Twelve digits would be mistaken for an account id.
def test_alias_like_an_account(iam):
    with pytest.raises(ClientError):
        iam.create_account_alias(AccountAlias="123456789012")


# The kind of token the global STS endpoint gives is a number in the summary.
def test_security_token_service_preferences(fresh):
    iam = fresh.admin.iam
    for text, number in (("v2Token", 2), ("v1Token", 1)):
        iam.set_security_token_service_preferences(GlobalEndpointTokenVersion=text)
        assert iam.get_account_summary()["SummaryMap"]["GlobalEndpointTokenVersion"] == number


# AttachmentCount of AWS managed policies is per account.
def test_attachment_count_of_aws_policy(fresh):
    iam = fresh.admin.iam
    iam.create_user(UserName="u")
    iam.attach_user_policy(UserName="u", PolicyArn=MANAGED + "ReadOnlyAccess")
    assert iam.get_policy(PolicyArn=MANAGED + "ReadOnlyAccess")["Policy"]["AttachmentCount"] == 1
    attached = iam.list_policies(Scope="AWS", OnlyAttached=True, PolicyUsageFilter="PermissionsPolicy")["Policies"]
    assert MANAGED + "ReadOnlyAccess" in {p["Arn"] for p in attached}
