"""Refusals whose code and text AWS was recorded to give, word for word, that no other test of an operation has."""

import pytest
from documents import READ_BUCKET, TRUST_EC2
from refusals import refused

AWS_POLICY = "arn:aws:iam::aws:policy/ReadOnlyAccess"
TAG = [{"Key": "k", "Value": "v"}]
EMPTY_LIST = "Error occurred while validating input. "


# Policies of AWS are changed by nobody, in words that say what was tried.
@pytest.mark.parametrize("operation, parameters, text", [
    ("delete_policy", {}, "Cannot delete policies outside your own account."),
    ("delete_policy_version", {"VersionId": "v1"}, "Cannot delete policy versions for policies outside your own account."),
    ("create_policy_version", {"PolicyDocument": READ_BUCKET}, "Cannot update policies outside your own account."),
    ("set_default_policy_version", {"VersionId": "v1"}, "Cannot update policies outside your own account."),
    ("tag_policy", {"Tags": TAG}, "Cannot update policies outside your own account."),
    ("untag_policy", {"TagKeys": ["k"]}, "Cannot update policies outside your own account."),
])
def test_policies_of_aws(iam, operation, parameters, text):
    with refused("AccessDenied", text):
        getattr(iam, operation)(PolicyArn=AWS_POLICY, **parameters)


def test_role_that_is_not_in_the_instance_profile(iam, name):
    role, profile = name("role"), name("profile")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2)
    iam.create_instance_profile(InstanceProfileName=profile)
    with refused("NoSuchEntity", f"Role {role} in Instance Profile {profile} cannot be found."):
        iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)


def test_last_use_of_an_unknown_key(iam, admin):
    key, caller = "AKIAIOSFODNN7EXAMPLE", admin.sts.get_caller_identity()["Arn"]
    with refused("AccessDenied", f"User: {caller} is not authorized to perform iam:GetAccessKeyLastUsed on resource: access key {key}"):
        iam.get_access_key_last_used(AccessKeyId=key)


@pytest.fixture
def tagged(iam, name):
    """Makes one entity of a kind; returns how tagging operations call it."""
    def make(kind):
        given = name(kind)
        if kind == "user":
            iam.create_user(UserName=given)
            return {"UserName": given}
        if kind == "role":
            iam.create_role(RoleName=given, AssumeRolePolicyDocument=TRUST_EC2)
            return {"RoleName": given}
        if kind == "policy":
            return {"PolicyArn": iam.create_policy(PolicyName=given, PolicyDocument=READ_BUCKET)["Policy"]["Arn"]}
        if kind == "instance_profile":
            iam.create_instance_profile(InstanceProfileName=given)
            return {"InstanceProfileName": given}
        if kind == "mfa_device":
            device = iam.create_virtual_mfa_device(VirtualMFADeviceName=given)["VirtualMFADevice"]
            return {"SerialNumber": device["SerialNumber"]}
        arn = iam.create_open_id_connect_provider(Url=f"https://{given.replace('_', '-')}.example.com", ThumbprintList=["0" * 40])
        return {"OpenIDConnectProviderArn": arn["OpenIDConnectProviderArn"]}
    return make


KINDS = ["user", "role", "policy", "instance_profile", "mfa_device", "open_id_connect_provider"]


# Tagging with nothing is refused; removing nothing is refused for providers and server certificates only.
@pytest.mark.parametrize("kind", KINDS)
def test_tagging_with_empty_lists(iam, tagged, kind):
    target = tagged(kind)
    with refused("InvalidInput", EMPTY_LIST):
        getattr(iam, f"tag_{kind}")(Tags=[], **target)
    untag = lambda: getattr(iam, f"untag_{kind}")(TagKeys=[], **target)
    if kind != "open_id_connect_provider":
        untag()
        return
    with refused("InvalidInput", EMPTY_LIST):
        untag()


# A reserved key is named before a repeated one, and the fifty-first tag has a sentence of its own.
@pytest.mark.parametrize("kind", KINDS)
def test_texts_of_tags(iam, tagged, kind):
    target, tag = tagged(kind), getattr(iam, f"tag_{kind}")
    with refused("InvalidInput", "Tag keys beginning with aws: are reserved for system use."):
        tag(Tags=[*TAG, *TAG, {"Key": "AWS:x", "Value": ""}], **target)
    with refused("InvalidInput", "Duplicate tag keys found. Please note that Tag keys are case insensitive."):
        tag(Tags=TAG * 2, **target)
    tag(Tags=[{"Key": f"k{number}", "Value": "aws:allowed"} for number in range(50)], **target)
    with refused("LimitExceeded", "The number of tags has reached the maximum limit."):
        tag(Tags=TAG, **target)


@pytest.mark.parametrize("properties, code, text", [
    ({"NoSlash": "x"}, "InvalidInput", "Property key must be in format Namespace/PropertyName: NoSlash"),
    ({"Other/Enabled": "true"}, "InvalidInput", "Unsupported namespace: Other"),
    ({"WardkeepPasswords/RefuseCommon": "true", "Other/Enabled": "true"}, "InvalidInput", "Unsupported namespace: Other"),
])
def test_account_properties(iam, properties, code, text):
    with refused(code, text):
        iam.put_account_properties(Properties=properties)


# Members that are there although they are empty, and members that are not there (one row for each operation).
def test_members_of_answers(fresh, name):
    iam = fresh.admin.iam
    made = iam.create_policy(PolicyName="p", PolicyDocument=READ_BUCKET, Description="d")["Policy"]
    assert not {"Description", "Tags"} & set(made)
    assert "Tags" in iam.create_policy(PolicyName="t", PolicyDocument=READ_BUCKET, Tags=TAG)["Policy"]
    got = iam.get_policy(PolicyArn=made["Arn"])["Policy"]
    assert got["Tags"] == [] and got["Description"] == "d"
    assert iam.get_policy(PolicyArn=AWS_POLICY)["Policy"]["Tags"] == []
    assert "Tags" not in iam.create_instance_profile(InstanceProfileName="i")["InstanceProfile"]
    iam.create_role(RoleName="r", AssumeRolePolicyDocument=TRUST_EC2, Description="d")
    iam.add_role_to_instance_profile(InstanceProfileName="i", RoleName="r")
    profile = iam.get_instance_profile(InstanceProfileName="i")["InstanceProfile"]
    part = {"Path", "RoleName", "RoleId", "Arn", "CreateDate", "AssumeRolePolicyDocument"}
    assert profile["Tags"] == [] and set(profile["Roles"][0]) == part
    assert "Tags" not in iam.list_instance_profiles()["InstanceProfiles"][0]
    described = iam.update_role_description(RoleName="r", Description="other")["Role"]
    assert set(described) == part | {"Description"} and described["Description"] == "other"
    assert "Tags" not in iam.get_role(RoleName="r")["Role"]
    iam.update_role(RoleName="r", Description="")
    assert "Description" not in iam.get_role(RoleName="r")["Role"]
    arn = iam.create_open_id_connect_provider(Url="https://a.example.com", ThumbprintList=["0" * 40])["OpenIDConnectProviderArn"]
    assert iam.get_open_id_connect_provider(OpenIDConnectProviderArn=arn)["Tags"] == []
    details = iam.get_account_authorization_details()
    assert [user["Tags"] for user in details["UserDetailList"]] == [[]]
    assert [role["Tags"] for role in details["RoleDetailList"]] == [[]]
    assert set(details["RoleDetailList"][0]["InstanceProfileList"][0]["Roles"][0]) == part
    assert all("Description" not in policy for policy in details["Policies"])


# The filter by use counts with OnlyAttached alone; without it, OnlyAttached means attached or a boundary.
def test_list_policies_by_use(fresh):
    iam = fresh.admin.iam
    arns = {name: iam.create_policy(PolicyName=name, PolicyDocument=READ_BUCKET)["Policy"]["Arn"]
            for name in ("attached", "boundary", "idle")}
    iam.create_user(UserName="u", PermissionsBoundary=arns["boundary"])
    iam.attach_user_policy(UserName="u", PolicyArn=arns["attached"])
    listed = lambda **more: sorted(one["PolicyName"] for one in iam.list_policies(Scope="Local", **more)["Policies"])
    assert listed(OnlyAttached=True) == ["attached", "boundary"]
    for usage, kept in (("PermissionsPolicy", "attached"), ("PermissionsBoundary", "boundary")):
        assert listed(PolicyUsageFilter=usage) == ["attached", "boundary", "idle"]
        assert listed(OnlyAttached=False, PolicyUsageFilter=usage) == ["attached", "boundary", "idle"]
        assert listed(OnlyAttached=True, PolicyUsageFilter=usage) == [kept]
