"""AssumeRole: who may, for how long, with which tags, and what comes out."""

import datetime
import json
import re

import pytest
from documents import MANAGED, allow, deny, policy, trust
from refusals import denial, refused

ASSUME = "sts:AssumeRole"


def remaining(credentials):
    return (credentials["Expiration"] - datetime.datetime.now(datetime.timezone.utc)).total_seconds()


# The answer has credentials, and the session's own names.
def test_answer(admin, new_role, account, iam):
    role = new_role({"AWS": account}, Path="/a/b/")
    answer = admin.sts.assume_role(RoleArn=role, RoleSessionName="ses.sion@1")
    credentials = answer["Credentials"]
    assert re.fullmatch(r"ASIA[A-Z2-7]{16}", credentials["AccessKeyId"])
    assert len(credentials["SecretAccessKey"]) == 40 and len(credentials["SessionToken"]) < 4096
    assert 3590 < remaining(credentials) <= 3600
    role_name = role.rsplit("/", 1)[1]
    assert answer["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{account}:assumed-role/{role_name}/ses.sion@1"
    role_id = iam.get_role(RoleName=role_name)["Role"]["RoleId"]
    assert answer["AssumedRoleUser"]["AssumedRoleId"] == f"{role_id}:ses.sion@1"
    assert "PackedPolicySize" not in answer


# GetCallerIdentity sees the session, whatever its policies say.
def test_caller_identity(admin, new_role, assume, account):
    session = assume(admin, new_role({"AWS": account}, deny("*")))
    identity = session.sts.get_caller_identity()
    assert identity["Account"] == account and identity["Arn"].endswith("/session")
    assert identity["UserId"].startswith("AROA") and identity["UserId"].endswith(":session")


# A role that does not exist, one that does not trust the caller and a caller who may not ask all read alike.
def test_refusals_read_alike(admin, new_user, new_role, account):
    user, caller = new_user()
    arn = f"arn:aws:iam::{account}:user/{user}"
    distrusting = new_role({"Service": "ec2.amazonaws.com"}, allow("*"))
    trusting_account = new_role({"AWS": account}, allow("*"))
    for role in (f"arn:aws:iam::{account}:role/no-such-role", distrusting, trusting_account):
        with refused("AccessDenied", f"User: {arn} is not authorized to perform: {ASSUME} on resource: {role}"):
            caller.sts.assume_role(RoleArn=role, RoleSessionName="session")
    with refused("AccessDenied"):
        admin.sts.assume_role(RoleArn=distrusting, RoleSessionName="session")


# In one account a trust policy that names the user is enough; one that names the account needs the user's own policy.
def test_direct_trust_and_account_trust(new_user, new_role, assume, account):
    user, caller = new_user()
    assume(caller, new_role({"AWS": f"arn:aws:iam::{account}:user/{user}"}))
    _, permitted = new_user(allow(ASSUME))
    assume(permitted, new_role({"AWS": f"arn:aws:iam::{account}:root"}))


# The root user never assumes roles.
def test_root(root, new_role, account):
    with refused("AccessDenied", "Roles may not be assumed by root accounts."):
        root.sts.assume_role(RoleArn=new_role({"AWS": account}), RoleSessionName="session")


# Sessions do what the role may, now: policies are looked at on each request.
def test_permissions_follow_the_role(iam, admin, new_role, assume, account):
    role = new_role({"AWS": account}, allow("iam:ListUsers"))
    session = assume(admin, role)
    session.iam.list_users()
    with refused("AccessDenied"):
        session.iam.list_roles()
    role_name = role.rsplit("/", 1)[1]
    iam.put_role_policy(RoleName=role_name, PolicyName="own", PolicyDocument=policy(allow("iam:ListRoles")))
    session.iam.list_roles()
    with refused("AccessDenied"):
        session.iam.list_users()


# A deleted role takes its sessions with it, even when a role of the same name follows.
def test_deleted_role(iam, admin, new_role, assume, account):
    role = new_role({"AWS": account}, allow("*"))
    session = assume(admin, role)
    role_name = role.rsplit("/", 1)[1]
    iam.delete_role_policy(RoleName=role_name, PolicyName="own")
    iam.delete_role(RoleName=role_name)
    with refused("InvalidClientTokenId"):
        session.iam.list_users()
    new_role({"AWS": account}, allow("*"), RoleName=role_name)
    with refused("InvalidClientTokenId"):
        session.iam.list_users()


# Duration: the role's maximum, and one hour when chained.
def test_duration(admin, iam, new_role, assume, account):
    role = new_role({"AWS": account}, allow(ASSUME), MaxSessionDuration=7200)
    take = lambda identity, seconds: identity.sts.assume_role(RoleArn=role, RoleSessionName="session", DurationSeconds=seconds)
    assert 890 < remaining(take(admin, 900)["Credentials"]) <= 900
    assert 7190 < remaining(take(admin, 7200)["Credentials"]) <= 7200
    with refused("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."):
        take(admin, 7201)
    session = assume(admin, new_role({"AWS": account}, allow(ASSUME)))
    assert remaining(take(session, 3600)["Credentials"]) <= 3600
    with refused("ValidationError", "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."):
        take(session, 3601)


# An external id that the trust policy asks for must be given, and be the right one.
def test_external_id(admin, new_role, account):
    role = new_role(json.loads(trust({"AWS": account}, condition={"StringEquals": {"sts:ExternalId": "secret-42"}})))
    admin.sts.assume_role(RoleArn=role, RoleSessionName="session", ExternalId="secret-42")
    for wrong in ({}, {"ExternalId": "secret-43"}):
        with refused("AccessDenied"):
            admin.sts.assume_role(RoleArn=role, RoleSessionName="session", **wrong)


# A session policy can only take away.
def test_session_policy(admin, new_role, account, server, assume):
    role = new_role({"AWS": account}, allow(["iam:ListUsers", "iam:ListRoles"]))
    session = assume(admin, role, Policy=policy(allow(["iam:ListUsers", "iam:ListGroups"])))
    session.iam.list_users()
    role_name = role.rsplit("/", 1)[1]
    caller = f"arn:aws:sts::{account}:assumed-role/{role_name}/session"
    with refused("AccessDenied", denial(caller, "iam:ListRoles", "*",
                                        "because no session policy allows the iam:ListRoles action")):
        session.iam.list_roles()
    with refused("AccessDenied", containing="because no identity-based policy allows the iam:ListGroups action"):
        session.iam.list_groups()


# Managed policies may be session policies too; a Deny in one of them bites.
def test_session_policy_arns(iam, name, admin, new_role, account, assume):
    role = new_role({"AWS": account}, allow("iam:*"))
    arn = iam.create_policy(PolicyName=name("policy"), PolicyDocument=policy(deny("iam:ListRoles")))["Policy"]["Arn"]
    session = assume(admin, role, PolicyArns=[{"arn": MANAGED + "IAMReadOnlyAccess"}, {"arn": arn}])
    session.iam.list_users()
    with refused("AccessDenied", containing="with an explicit deny in a session policy"):
        session.iam.list_roles()
    with refused("AccessDenied"):
        session.iam.create_user(UserName="never-made")


# Broken or oversized session policies are refused before anything is issued.
def test_bad_session_policies(admin, new_role, account):
    role = new_role({"Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": {"AWS": account}, "Action": ["sts:AssumeRole", "sts:TagSession"]}})
    take = lambda **more: admin.sts.assume_role(RoleArn=role, RoleSessionName="session", **more)
    with refused("MalformedPolicyDocument"):
        take(Policy="{")
    for length in (2049, 2261, 3000):
        empty = policy(allow("s3:*", "arn:aws:s3:::"))
        long = empty.replace("arn:aws:s3:::", "arn:aws:s3:::" + "x" * (length - len(empty)))
        share = -(-length * 100 // 2048)
        for text in (long, empty.ljust(length)):  # blanks count as well
            with refused("PackedPolicyTooLarge", f"Packed policy consumes {share}% of allotted space, please use smaller policy."):
                take(Policy=text)
    tags = [{"Key": f"key-{number}", "Value": "v" * 256} for number in range(50)]
    with refused("PackedPolicyTooLarge", containing="Packed size of session tags consumes "):
        take(Tags=tags)
    with refused("PackedPolicyTooLarge", containing="Packed size of session tags consumes "):
        take(Tags=tags, Policy=policy(allow("*")))
    assert take(Policy=policy(allow("*")))["PackedPolicySize"] > 0


# Session tags become principal tags; passing them needs sts:TagSession.
def test_session_tags(admin, new_role, account, assume):
    condition = {"StringEquals": {"aws:PrincipalTag/team": "red"}}
    trusting = json.loads(trust({"AWS": account}, ["sts:AssumeRole", "sts:TagSession"]))
    role = new_role(trusting, allow("iam:ListUsers", condition=condition))
    assume(admin, role, Tags=[{"Key": "team", "Value": "red"}]).iam.list_users()
    assume(admin, role, Tags=[{"Key": "TEAM", "Value": "red"}]).iam.list_users()
    with refused("AccessDenied"):
        assume(admin, role, Tags=[{"Key": "team", "Value": "blue"}]).iam.list_users()
    untagging = new_role({"AWS": account})
    with refused("AccessDenied", containing="sts:TagSession"):
        assume(admin, untagging, Tags=[{"Key": "team", "Value": "red"}])


# A session tag replaces the role's tag of the same key.
def test_session_tag_over_role_tag(admin, new_role, account, assume):
    trusting = json.loads(trust({"AWS": account}, ["sts:AssumeRole", "sts:TagSession"]))
    role = new_role(trusting, allow("iam:ListUsers", condition={"StringEquals": {"aws:PrincipalTag/team": "role"}}),
                    Tags=[{"Key": "team", "Value": "role"}])
    assume(admin, role).iam.list_users()
    with refused("AccessDenied"):
        assume(admin, role, Tags=[{"Key": "team", "Value": "session"}]).iam.list_users()


# What cannot be right in tags is said in STS's words.
def test_bad_tags(admin, new_role, account):
    trusting = json.loads(trust({"AWS": account}, ["sts:AssumeRole", "sts:TagSession"]))
    take = lambda **more: admin.sts.assume_role(RoleArn=role, RoleSessionName="session", **more)
    role = new_role(trusting)
    with refused("InvalidParameterValue", "Duplicate tag keys found. Please note that Tag keys are case insensitive."):
        take(Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}])
    with refused("InvalidParameterValue", "The specified transitive tag key must be included in the requested tags."):
        take(Tags=[{"Key": "a", "Value": "1"}], TransitiveTagKeys=["b"])


# Transitive tags travel down the chain and cannot be replaced there; others stay behind.
def test_transitive_tags(admin, new_role, account, assume):
    trusting = json.loads(trust({"AWS": account}, ["sts:AssumeRole", "sts:TagSession"]))
    first = new_role(trusting, allow(["sts:AssumeRole", "sts:TagSession"]))
    second = new_role(trusting,
                      allow("iam:ListUsers", condition={"StringEquals": {"aws:PrincipalTag/kept": "1"}}),
                      allow("iam:ListRoles", condition={"StringEquals": {"aws:PrincipalTag/lost": "1"}}))
    session = assume(admin, first, Tags=[{"Key": "kept", "Value": "1"}, {"Key": "lost", "Value": "1"}], TransitiveTagKeys=["kept"])
    chained = assume(session, second)
    chained.iam.list_users()
    with refused("AccessDenied"):
        chained.iam.list_roles()
    with refused("InvalidParameterValue", "One of the specified transitive tag keys can't be set because it conflicts with a "
                                          "transitive tag key from the calling session."):
        assume(session, second, Tags=[{"Key": "kept", "Value": "2"}])


# A source identity is set once in a chain and shows in conditions; setting it needs sts:SetSourceIdentity.
def test_source_identity(admin, new_role, account, assume):
    trusting = json.loads(trust({"AWS": account}, ["sts:AssumeRole", "sts:SetSourceIdentity"]))
    condition = {"StringEquals": {"aws:SourceIdentity": "alice"}}
    role = new_role(trusting, allow("iam:ListUsers", condition=condition), allow(["sts:AssumeRole", "sts:SetSourceIdentity"]))
    answer = admin.sts.assume_role(RoleArn=role, RoleSessionName="session", SourceIdentity="alice")
    assert answer["SourceIdentity"] == "alice"
    session = assume(admin, role, SourceIdentity="alice")
    session.iam.list_users()
    chained = assume(session, new_role(trusting, allow("iam:ListUsers", condition=condition)))
    chained.iam.list_users()
    with refused("AccessDenied"):
        assume(session, role, SourceIdentity="bob")
    with refused("AccessDenied", containing="sts:SetSourceIdentity"):
        assume(admin, new_role({"AWS": account}), SourceIdentity="alice")


# A chained session is trusted by role ARN or session ARN, not through the user behind it.
def test_chained_trust(admin, new_user, new_role, account, assume):
    user, caller = new_user(allow(ASSUME))
    middle = new_role({"AWS": account}, allow(ASSUME))
    session = assume(caller, middle)
    assume(session, new_role({"AWS": middle}))
    with refused("AccessDenied"):
        assume(session, new_role({"AWS": f"arn:aws:iam::{account}:user/{user}"}))
    middle_name = middle.rsplit("/", 1)[1]
    assume(session, new_role({"AWS": f"arn:aws:sts::{account}:assumed-role/{middle_name}/session"}))


# No role trusts itself unless it says so.
def test_self_assumption(admin, new_role, account, assume, iam):
    role = new_role({"AWS": f"arn:aws:iam::{account}:root"}, deny("iam:CreateUser"))
    session = assume(admin, role)
    with refused("AccessDenied"):
        assume(session, role)


# Deny with Null on the external id: the idiom that forces one.
def test_forced_external_id(admin, new_role, account):
    role = new_role({"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": account}, "Action": ASSUME},
        {"Effect": "Deny", "Principal": {"AWS": "*"}, "Action": ASSUME, "Condition": {"Null": {"sts:ExternalId": "true"}}}]})
    with refused("AccessDenied"):
        admin.sts.assume_role(RoleArn=role, RoleSessionName="session")
    admin.sts.assume_role(RoleArn=role, RoleSessionName="session", ExternalId="anything")


# The session name is a condition key: only your own name, please.
def test_session_name_condition(new_user, new_role, account):
    user, caller = new_user(allow(ASSUME))
    role = new_role(json.loads(trust({"AWS": account}, condition={"StringLike": {"sts:RoleSessionName": "${aws:username}"}})))
    caller.sts.assume_role(RoleArn=role, RoleSessionName=user)
    with refused("AccessDenied"):
        caller.sts.assume_role(RoleArn=role, RoleSessionName="somebody-else")


# Last use of the role shows up.
def test_role_last_used(iam, admin, new_role, account, assume):
    role = new_role({"AWS": account}, allow("*"))
    assume(admin, role).iam.list_users()
    last = iam.get_role(RoleName=role.rsplit("/", 1)[1])["Role"]["RoleLastUsed"]
    assert last["Region"] == "us-east-1" and "LastUsedDate" in last


# What is no role ARN.
@pytest.mark.parametrize("arn", ["arn:aws:iam::123456789012:user/somebody", "this is no arn at all, but long"])
def test_bad_role_arn(admin, arn):
    with refused("ValidationError", f"{arn} is invalid"):
        admin.sts.assume_role(RoleArn=arn, RoleSessionName="session")
