"""What is stored is enforced, and a denial says which kind of policy refused."""

import pytest
from documents import MANAGED, allow, deny, policy
from refusals import denial, no_policy, refused


@pytest.fixture
def arn_of(account):
    return lambda user: f"arn:aws:iam::{account}:user/{user}"


# No policy, no permission: the sentence everyone knows. List operations act on "*".
def test_implicit_denial(new_user, arn_of):
    user, caller = new_user()
    with refused("AccessDenied", denial(arn_of(user), "iam:ListUsers", "*",
                                        no_policy("identity-based policy", "iam:ListUsers"))):
        caller.iam.list_users()


# Operations that name an entity show it by kind and name, whether it exists or not: a denial tells nothing. (Those that
# make an entity show the ARN it would get.)
@pytest.mark.parametrize("operation, arguments, action, resource", [
    ("get_user", {"UserName": "whoever"}, "iam:GetUser", "user whoever"),
    ("delete_role", {"RoleName": "whatever"}, "iam:DeleteRole", "role whatever"),
    ("get_group", {"GroupName": "those"}, "iam:GetGroup", "group those"),
    ("get_instance_profile", {"InstanceProfileName": "prof"}, "iam:GetInstanceProfile", "instance profile prof"),
])
def test_resource_in_the_text(new_user, arn_of, operation, arguments, action, resource):
    user, caller = new_user()
    with refused("AccessDenied", denial(arn_of(user), action, resource, no_policy("identity-based policy", action))):
        getattr(caller.iam, operation)(**arguments)


# An explicit deny beats any allow and is named; for managed policies with their ARN.
def test_explicit_denial(iam, name, new_user, arn_of):
    user, caller = new_user(allow("*"), deny("iam:ListUsers"))
    text = denial(arn_of(user), "iam:ListUsers", "*",
                  "with an explicit deny in an identity-based policy")
    with refused("AccessDenied", text):
        caller.iam.list_users()
    other, second = new_user(allow("*"))
    managed = iam.create_policy(PolicyName=name("policy"), PolicyDocument=policy(deny("iam:ListRoles")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=other, PolicyArn=managed)
    with refused("AccessDenied", containing="with an explicit deny in an identity-based policy"):
        second.iam.list_roles()


# A boundary allows nothing by itself and takes away what it does not allow.
def test_boundary(new_user, arn_of, iam, account):
    user, caller = new_user(allow("iam:*"), PermissionsBoundary=MANAGED + "IAMReadOnlyAccess")
    caller.iam.list_users()
    with refused("AccessDenied", denial(arn_of(user), "iam:CreateGroup", f"arn:aws:iam::{account}:group/g",
                                        no_policy("permissions boundary", "iam:CreateGroup"))):
        caller.iam.create_group(GroupName="g")
    iam.delete_user_policy(UserName=user, PolicyName="own")
    with refused("AccessDenied", containing=no_policy("identity-based policy", "iam:ListUsers")):
        caller.iam.list_users()


# A deny in a boundary is a deny.
def test_deny_in_boundary(iam, name, new_user):
    boundary = iam.create_policy(PolicyName=name("policy"), PolicyDocument=policy(allow("*"), deny("iam:ListRoles")))["Policy"]["Arn"]
    _, caller = new_user(allow("*"), PermissionsBoundary=boundary)
    caller.iam.list_users()
    with refused("AccessDenied", containing="with an explicit deny in a permissions boundary"):
        caller.iam.list_roles()


# Group policies count, from the moment of joining to the moment of leaving.
def test_group_policies(iam, name, new_user):
    user, caller = new_user()
    group = name("group")
    iam.create_group(GroupName=group)
    iam.put_group_policy(GroupName=group, PolicyName="p", PolicyDocument=policy(allow("iam:ListUsers")))
    with refused("AccessDenied"):
        caller.iam.list_users()
    iam.add_user_to_group(GroupName=group, UserName=user)
    caller.iam.list_users()
    iam.remove_user_from_group(GroupName=group, UserName=user)
    with refused("AccessDenied"):
        caller.iam.list_users()


# A change of the default version holds for the next request of everybody it is attached to.
def test_default_version_switch(iam, name, new_user):
    user, caller = new_user()
    arn = iam.create_policy(PolicyName=name("policy"), PolicyDocument=policy(allow("iam:ListUsers")))["Policy"]["Arn"]
    iam.attach_user_policy(UserName=user, PolicyArn=arn)
    caller.iam.list_users()
    iam.create_policy_version(PolicyArn=arn, PolicyDocument=policy(allow("iam:ListRoles")), SetAsDefault=True)
    with refused("AccessDenied"):
        caller.iam.list_users()
    iam.set_default_policy_version(PolicyArn=arn, VersionId="v1")
    caller.iam.list_users()


# Resources are the real ARNs, paths included.
def test_resource_arn(iam, name, new_user, account):
    path = f"/{name('team')}/"
    _, caller = new_user(allow("iam:*", f"arn:aws:iam::{account}:user{path}*"))
    user = name("user")
    caller.iam.create_user(UserName=user, Path=path)
    caller.iam.get_user(UserName=user)
    with refused("AccessDenied"):
        caller.iam.create_user(UserName=name("user"), Path="/elsewhere/")
    outside = name("user")
    iam.create_user(UserName=outside)
    with refused("AccessDenied"):
        caller.iam.get_user(UserName=outside)


# A user may look after its own keys: the variable of the self-service policies.
def test_username_variable(name, new_user, account, iam):
    user, caller = new_user(allow("iam:*AccessKey*", f"arn:aws:iam::{account}:user/${{aws:username}}"))
    caller.iam.list_access_keys(UserName=user)
    other = name("user")
    iam.create_user(UserName=other)
    with refused("AccessDenied"):
        caller.iam.list_access_keys(UserName=other)


# Renaming into a place needs the right on both ends.
def test_rename_needs_both_ends(iam, name, new_user, account):
    source, target = name("from"), name("to")
    iam.create_user(UserName=source)
    _, caller = new_user(allow("iam:UpdateUser", f"arn:aws:iam::{account}:user/{source}"))
    with refused("AccessDenied"):
        caller.iam.update_user(UserName=source, NewUserName=target)
    _, permitted = new_user(allow("iam:UpdateUser", [f"arn:aws:iam::{account}:user/{source}", f"arn:aws:iam::{account}:user/{target}"]))
    permitted.iam.update_user(UserName=source, NewUserName=target)


# Delegated administration: whoever makes users must give them the boundary.
def test_boundary_condition(name, new_user):
    boundary = MANAGED + "ReadOnlyAccess"
    _, caller = new_user(allow("iam:CreateUser", condition={"StringEquals": {"iam:PermissionsBoundary": boundary}}))
    caller.iam.create_user(UserName=name("user"), PermissionsBoundary=boundary)
    for wrong in ({}, {"PermissionsBoundary": MANAGED + "AdministratorAccess"}):
        with refused("AccessDenied"):
            caller.iam.create_user(UserName=name("user"), **wrong)


# ... and policies may be attached only to those who have it.
def test_boundary_of_the_target(iam, name, new_user):
    boundary = MANAGED + "ReadOnlyAccess"
    _, caller = new_user(allow("iam:AttachUserPolicy", condition={"StringEquals": {"iam:PermissionsBoundary": boundary}}))
    bounded, free = name("user"), name("user")
    iam.create_user(UserName=bounded, PermissionsBoundary=boundary)
    iam.create_user(UserName=free)
    caller.iam.attach_user_policy(UserName=bounded, PolicyArn=MANAGED + "AmazonS3ReadOnlyAccess")
    with refused("AccessDenied"):
        caller.iam.attach_user_policy(UserName=free, PolicyArn=MANAGED + "AmazonS3ReadOnlyAccess")


# Only these policies may be attached.
def test_policy_arn_condition(iam, name, new_user):
    condition = {"ArnLike": {"iam:PolicyARN": MANAGED + "AmazonS3*"}}
    _, caller = new_user(allow("iam:AttachGroupPolicy", condition=condition))
    group = name("group")
    iam.create_group(GroupName=group)
    caller.iam.attach_group_policy(GroupName=group, PolicyArn=MANAGED + "AmazonS3ReadOnlyAccess")
    with refused("AccessDenied"):
        caller.iam.attach_group_policy(GroupName=group, PolicyArn=MANAGED + "AdministratorAccess")


# Tags of the request: what may, and must, be set.
def test_request_tags(name, new_user):
    condition = {"StringEquals": {"aws:RequestTag/team": ["red", "blue"]}, "ForAllValues:StringEquals": {"aws:TagKeys": ["team", "env"]}}
    _, caller = new_user(allow(["iam:CreateUser", "iam:TagUser"], condition=condition))
    tags = lambda **pairs: [{"Key": k, "Value": v} for k, v in pairs.items()]
    caller.iam.create_user(UserName=name("user"), Tags=tags(team="red", env="x"))
    for wrong in (tags(team="green"), tags(env="x"), tags(team="red", other="x"), []):
        with refused("AccessDenied"):
            caller.iam.create_user(UserName=name("user"), Tags=wrong)


# Tags of the resource, in both spellings of the key.
@pytest.mark.parametrize("key", ["aws:ResourceTag/team", "iam:ResourceTag/team"])
def test_resource_tags(iam, name, new_user, key):
    _, caller = new_user(allow(["iam:GetUser", "iam:DeleteUser"], condition={"StringEquals": {key: "red"}}))
    red, blue = name("user"), name("user")
    iam.create_user(UserName=red, Tags=[{"Key": "team", "Value": "red"}])
    iam.create_user(UserName=blue, Tags=[{"Key": "team", "Value": "blue"}])
    caller.iam.get_user(UserName=red)
    with refused("AccessDenied"):
        caller.iam.get_user(UserName=blue)


# Tags of the caller against tags of the resource: attribute-based access.
def test_principal_tag_matches_resource_tag(iam, name, new_user):
    statement = allow("iam:GetRole", condition={"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}})
    _, red = new_user(statement, Tags=[{"Key": "team", "Value": "red"}])
    _, plain = new_user(statement)
    role = name("role")
    iam.create_role(RoleName=role, Tags=[{"Key": "team", "Value": "red"}],
                    AssumeRolePolicyDocument=policy(allow("x:y")).replace('"Resource": "*"', '"Principal": {"Service": "ec2.amazonaws.com"}')
                    .replace("x:y", "sts:AssumeRole"))
    red.iam.get_role(RoleName=role)
    with refused("AccessDenied"):
        plain.iam.get_role(RoleName=role)


# Where a request comes from, and when.
def test_source_address_and_time(new_user):
    _, local = new_user(allow("iam:ListUsers", condition={"IpAddress": {"aws:SourceIp": "127.0.0.0/8"}}))
    local.iam.list_users()
    _, remote = new_user(allow("iam:ListUsers", condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}))
    with refused("AccessDenied"):
        remote.iam.list_users()
    _, late = new_user(allow("iam:ListUsers", condition={"DateLessThan": {"aws:CurrentTime": "2020-01-01T00:00:00Z"}}))
    with refused("AccessDenied"):
        late.iam.list_users()


# Recurring time, which AWS cannot say: every day has a name, and no day is another.
def test_recurring_time(new_user):
    days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    _, always = new_user(allow("iam:ListUsers", condition={
        "StringEquals": {"wardkeep:DayOfWeek": days, "wardkeep:DayOfWeek/Europe/Paris": days},
        "NumericLessThan": {"wardkeep:SecondOfDay": "86400"}, "StringLike": {"wardkeep:TimeOfDay": "??:??:??"}}))
    always.iam.list_users()
    _, never = new_user(allow("iam:ListUsers", condition={"StringEquals": {"wardkeep:DayOfWeek": "Xyz"}}))
    with refused("AccessDenied"):
        never.iam.list_users()


# A right that is missing hides whether the entity exists.
def test_denial_before_existence(new_user):
    _, caller = new_user()
    with refused("AccessDenied"):
        caller.iam.delete_user(UserName="there-is-no-such-user")


# Constraints come before rights: nobody needs a permission to be told that a name is too long.
def test_constraint_before_denial(new_user):
    _, caller = new_user()
    with refused("ValidationError"):
        caller.iam.create_user(UserName="x" * 65)


# The root user needs no policy and is not bound by any.
def test_root_may_all(root, name):
    root.iam.create_user(UserName=name("user"))
    root.iam.list_users()


# Nobody but AWS touches a denied create: nothing was stored.
def test_denied_create_stores_nothing(iam, name, new_user):
    _, caller = new_user(allow("iam:GetUser"))
    user = name("user")
    with refused("AccessDenied"):
        caller.iam.create_user(UserName=user)
    with refused("NoSuchEntity"):
        iam.get_user(UserName=user)
