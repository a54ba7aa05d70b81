"""Roles and their trust policies."""

import json
import re

import pytest
from documents import READ_BUCKET, TRUST_EC2, allow, trust
from refusals import refused


# CreateRole answers the role with its trust policy as the caller wrote it; GetRole adds what only it shows.
def test_create_and_get(iam, name, account):
    role = name("role")
    made = iam.create_role(RoleName=role, Path="/svc/", AssumeRolePolicyDocument=TRUST_EC2, Description="d")["Role"]
    assert made["Arn"] == f"arn:aws:iam::{account}:role/svc/{role}"
    assert re.fullmatch(r"AROA[A-Z2-7]{17}", made["RoleId"])
    assert made["AssumeRolePolicyDocument"] == json.loads(TRUST_EC2)
    assert not {"Description", "MaxSessionDuration", "RoleLastUsed", "Tags"} & set(made)
    got = iam.get_role(RoleName=role)["Role"]
    assert got["Description"] == "d"
    assert got["MaxSessionDuration"] == 3600 and got["RoleLastUsed"] == {}
    assert got["AssumeRolePolicyDocument"] == json.loads(TRUST_EC2)


# Terraform retries on "Role with name" and reads the code.
def test_duplicate_and_missing(iam, name):
    role = name("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2)
    with refused("EntityAlreadyExists", f"Role with name {role} already exists."):
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2)
    with refused("NoSuchEntity", "The role with name no-role cannot be found."):
        iam.get_role(RoleName="no-role")


# GetRole without a name has a code of its own in AWS.
def test_get_role_without_name(iam):
    with refused("MissingParameter", "The request must contain the parameter RoleName."):
        iam.get_role()


REFUSED_TRUST = [
    ("not json", "not json", "This policy contains invalid Json"),
    ("resource", '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"123456789012"},'
                 '"Action":"sts:AssumeRole","Resource":"*"}]}', "Has prohibited field Resource"),
    ("bare star", trust("*"), 'AssumeRolepolicy contained an invalid principal: "STAR":"*".'),
    ("unknown user", trust({"AWS": "arn:aws:iam::123456789012:user/ghost"}),
     'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/ghost"'),
    ("unknown role", trust({"AWS": "arn:aws:iam::123456789012:role/ghost"}),
     'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role/ghost"'),
    ("group", trust({"AWS": "arn:aws:iam::123456789012:group/g"}),
     'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:group/g"'),
    ("wildcard in arn", trust({"AWS": "arn:aws:iam::123456789012:user/*"}),
     'Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user/*"'),
]


# A trust policy that AWS would refuse is refused with the words clients match ("Invalid principal in policy").
@pytest.mark.parametrize("document, text", [case[1:] for case in REFUSED_TRUST], ids=[case[0] for case in REFUSED_TRUST])
@pytest.mark.parametrize("how", ["create", "update"])
def test_refused_trust(iam, name, document, text, how):
    role = name("role")
    if how == "update":
        iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2)
        with refused("MalformedPolicyDocument", text):
            iam.update_assume_role_policy(RoleName=role, PolicyDocument=document)
        assert iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"] == json.loads(TRUST_EC2)
    else:
        with refused("MalformedPolicyDocument", text):
            iam.create_role(RoleName=role, AssumeRolePolicyDocument=document)
        with refused("NoSuchEntity"):
            iam.get_role(RoleName=role)


# Only sts: actions belong in a trust policy.
def test_trust_with_a_foreign_action(iam, name):
    with refused("MalformedPolicyDocument"):
        iam.create_role(RoleName=name("role"), AssumeRolePolicyDocument=trust({"AWS": "123456789012"}, "s3:GetObject"))


# A statement without principals is refused; AWS's odd text is what people search for.
def test_trust_without_principal(iam, name):
    document = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole"}]})
    with refused("MalformedPolicyDocument", containing="Invalid principal in policy: "):
        iam.create_role(RoleName=name("role"), AssumeRolePolicyDocument=document)


# Larger than 2,048 characters that count is a quota, not a malformed document.
def test_trust_quota(iam, name):
    values = ["arn:aws:iam::123456789012:" + "x" * 100 + str(i) for i in range(20)]
    document = trust({"AWS": "123456789012"}, condition={"StringLike": {"aws:PrincipalArn": values}})
    with refused("LimitExceeded", "Cannot exceed quota for ACLSizePerRole: 2048"):
        iam.create_role(RoleName=name("role"), AssumeRolePolicyDocument=document)


# A named user shows as its ARN while it lives and as its id afterwards; a user made again is not the old one.
def test_trusted_user_is_kept_by_id(iam, name, new_user):
    user, _ = new_user()
    made = iam.get_user(UserName=user)["User"]
    role = name("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=trust({"AWS": made["Arn"]}))

    def shown():
        return iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"]["Principal"]["AWS"]

    assert shown() == made["Arn"]
    renamed = name("renamed")
    iam.update_user(UserName=user, NewUserName=renamed)
    assert shown() == made["Arn"].replace(user, renamed)
    for key in iam.list_access_keys(UserName=renamed)["AccessKeyMetadata"]:
        iam.delete_access_key(UserName=renamed, AccessKeyId=key["AccessKeyId"])
    iam.delete_user(UserName=renamed)
    assert shown() == made["UserId"]
    iam.create_user(UserName=renamed)
    assert shown() == made["UserId"]


# UpdateRole changes what it is given and nothing else; its older sister still answers with the role.
def test_update(iam, name):
    role = name("role")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2, Description="first")
    iam.update_role(RoleName=role, MaxSessionDuration=7200)
    got = iam.get_role(RoleName=role)["Role"]
    assert (got["Description"], got["MaxSessionDuration"]) == ("first", 7200)
    answer = iam.update_role_description(RoleName=role, Description="second")
    assert answer["Role"]["Description"] == "second"
    assert iam.get_role(RoleName=role)["Role"]["MaxSessionDuration"] == 7200


# The new trust policy is shown and decides the next request; the role is otherwise as it was.
def test_update_assume_role_policy(iam, name, new_user, assume, account):
    role, (user, caller) = name("role"), new_user(allow("sts:AssumeRole"))
    arn = iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2, Description="kept")["Role"]["Arn"]
    with refused("AccessDenied"):
        assume(caller, arn)
    new_trust = trust({"AWS": f"arn:aws:iam::{account}:user/{user}"})
    iam.update_assume_role_policy(RoleName=role, PolicyDocument=new_trust)
    got = iam.get_role(RoleName=role)["Role"]
    assert (got["AssumeRolePolicyDocument"], got["Description"]) == (json.loads(new_trust), "kept")
    assume(caller, arn)


# A role with policies or profiles cannot be deleted.
def test_delete_conflicts(iam, name):
    role, profile = name("role"), name("profile")
    iam.create_role(RoleName=role, AssumeRolePolicyDocument=TRUST_EC2)
    iam.create_instance_profile(InstanceProfileName=profile)
    iam.add_role_to_instance_profile(InstanceProfileName=profile, RoleName=role)
    with refused("DeleteConflict", "Cannot delete entity, must remove roles from instance profile first."):
        iam.delete_role(RoleName=role)
    iam.remove_role_from_instance_profile(InstanceProfileName=profile, RoleName=role)
    iam.put_role_policy(RoleName=role, PolicyName="p", PolicyDocument=READ_BUCKET)
    with refused("DeleteConflict", "Cannot delete entity, must delete policies first."):
        iam.delete_role(RoleName=role)
    iam.delete_role_policy(RoleName=role, PolicyName="p")
    iam.attach_role_policy(RoleName=role, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    with refused("DeleteConflict", "Cannot delete entity, must detach all policies first."):
        iam.delete_role(RoleName=role)
    iam.detach_role_policy(RoleName=role, PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    iam.delete_role(RoleName=role)


# Lists carry the trust policy and the session length, and omit tags, boundary and last use, as AWS's do.
def test_list(iam, name):
    path = f"/{name('list')}/"
    names = sorted(name("role") for _ in range(3))
    for role in names:
        iam.create_role(RoleName=role, Path=path, AssumeRolePolicyDocument=TRUST_EC2, Tags=[{"Key": "k", "Value": "v"}])
    roles = iam.list_roles(PathPrefix=path)["Roles"]
    assert [r["RoleName"] for r in roles] == names
    for role in roles:
        assert role["MaxSessionDuration"] == 3600 and role["AssumeRolePolicyDocument"] == json.loads(TRUST_EC2)
        assert not {"Tags", "RoleLastUsed", "PermissionsBoundary"} & set(role)


# Customers cannot make roles in the path of service-linked roles.
def test_reserved_path(iam, name):
    with refused("InvalidInput", "Path prefix '/aws-service-role/' can only be used for AWS Service linked Roles"):
        iam.create_role(RoleName=name("role"), Path="/aws-service-role/x.amazonaws.com/", AssumeRolePolicyDocument=TRUST_EC2)
    with refused("ValidationError"):
        iam.create_role(RoleName=name("role"), Path="/aws-reserved/sso.amazonaws.com/", AssumeRolePolicyDocument=TRUST_EC2)
