"""Fills one account to AWS's default limits through the API: 5,000 users with two access keys and three tags, 1,500
customer managed policies of three statements, 1,000 roles; every user and role has a policy attached."""

import json

import load
from wardkeep_server import ACCOUNT_ID

USERS = 4999  # and the administrator
POLICIES = 1500
ROLES = 1000


def tags(number):
    pairs = {"team": f"team-{number % 40}", "cost-center": f"{10_000 + number % 300}", "environment": "production"}
    return {f"Tags.member.{i}.{part}": text for i, pair in enumerate(pairs.items(), 1)
            for part, text in zip(("Key", "Value"), pair)}


def document(number):
    bucket = f"arn:aws:s3:::bucket-{number}"
    return json.dumps({"Version": "2012-10-17", "Statement": [
        {"Sid": "List", "Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"], "Resource": bucket},
        {"Sid": "Objects", "Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
         "Resource": f"{bucket}/team-{number % 40}/*",
         "Condition": {"StringEquals": {"aws:PrincipalTag/team": f"team-{number % 40}"}}},
        {"Sid": "NotFromOutside", "Effect": "Deny", "Action": "s3:*", "Resource": [bucket, f"{bucket}/*"],
         "Condition": {"NotIpAddress": {"aws:SourceIp": ["10.0.0.0/8", "192.168.0.0/16"]}}}]})


TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]})


def policy_arn(number):
    return f"arn:aws:iam::{ACCOUNT_ID}:policy/team/policy-{number % POLICIES:04}"


def steps():
    """The calls, in groups that must follow each other."""
    users = [f"user-{i:05}" for i in range(USERS)]
    roles = [f"role-{i:04}" for i in range(ROLES)]
    yield [("CreatePolicy", {"PolicyName": f"policy-{i:04}", "Path": "/team/", "PolicyDocument": document(i)})
           for i in range(POLICIES)]
    yield [("CreateUser", {"UserName": name, **tags(i)}) for i, name in enumerate(users)]
    yield [("CreateRole", {"RoleName": name, "AssumeRolePolicyDocument": TRUST, "Description": "Made to be counted",
                           **tags(i)}) for i, name in enumerate(roles)]
    for _ in range(2):
        yield [("CreateAccessKey", {"UserName": name}) for name in users]
    yield [("AttachUserPolicy", {"UserName": name, "PolicyArn": policy_arn(i)}) for i, name in enumerate(users)]
    yield [("AttachRolePolicy", {"RoleName": name, "PolicyArn": policy_arn(i)}) for i, name in enumerate(roles)]


def fill(where, server):
    for calls in steps():
        requests = [load.signed(server.admin_key, action, parameters) for action, parameters in calls]
        load.run(where, server.port, requests, connections=64)
