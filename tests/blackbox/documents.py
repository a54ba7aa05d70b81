"""Policy documents the tests use."""

import json

ALLOW_ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
MANAGED = "arn:aws:iam::aws:policy/"


def allow(action, resource="*", condition=None):
    return _statement("Allow", action, resource, condition)


def deny(action, resource="*", condition=None):
    return _statement("Deny", action, resource, condition)


def _statement(effect, action, resource, condition):
    statement = {"Effect": effect, "Action": action, "Resource": resource}
    if condition:
        statement["Condition"] = condition
    return statement


def policy(*statements):
    """The text of a policy document."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def trust(principal, action="sts:AssumeRole", condition=None):
    """The text of a trust policy with one statement."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": action}
    if condition:
        statement["Condition"] = condition
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


TRUST_EC2 = trust({"Service": "ec2.amazonaws.com"})
READ_BUCKET = policy(allow("s3:GetObject", "arn:aws:s3:::bucket/*"))
