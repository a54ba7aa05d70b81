"""Fixtures of the black-box tests: the server, clients for its identities, and names nobody else uses."""

import itertools
import json
import pathlib

import boto3
import botocore.config
import call_record
import pytest
from wardkeep_server import ADMIN_KEY, ROOT_KEY, WardkeepServer, default_binary

_numbers = itertools.count(1)


def pytest_addoption(parser):
    parser.addoption("--binary", default=None, help="the wardkeep binary (default: build/release/wardkeep)")
    parser.addoption("--endpoint", default=None, help="test a server that already runs, with the bootstrap keys of the tests")
    parser.addoption("--record-calls", default=None, help="a file that gets which test made which call")
    parser.addoption("--start-timeout", type=float, default=15.0, help="seconds until the ready line")


def pytest_runtest_logstart(nodeid):
    call_record.begin(nodeid.rpartition("/")[2].partition("[")[0])


def pytest_sessionfinish(session):
    if session.config.getoption("--record-calls"):
        worker = getattr(session.config, "workerinput", {}).get("workerid", "")
        call_record.write(session.config.getoption("--record-calls"), worker and "." + worker)


class Identity:
    """Credentials and where to use them; makes boto3 clients without retries and without client-side checks."""

    def __init__(self, endpoint, key_id, secret, token=None):
        self.endpoint, self.key, self.token = endpoint, (key_id, secret), token

    @classmethod
    def of_credentials(cls, endpoint, credentials):
        """From the Credentials of an STS answer."""
        return cls(endpoint, credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"])

    @classmethod
    def of_access_key(cls, endpoint, access_key):
        """From the AccessKey of CreateAccessKey."""
        return cls(endpoint, access_key["AccessKeyId"], access_key["SecretAccessKey"])

    def client(self, service, **settings):
        config = botocore.config.Config(parameter_validation=False, retries={"total_max_attempts": 1},
                                        connect_timeout=5, read_timeout=30, **settings)
        made = boto3.client(service, endpoint_url=self.endpoint, region_name="us-east-1", config=config,
                           aws_access_key_id=self.key[0], aws_secret_access_key=self.key[1],
                           aws_session_token=self.token)
        return call_record.watch(made)

    @property
    def iam(self):
        return self.client("iam")

    @property
    def sts(self):
        return self.client("sts")


class RunningServer:
    """Stands in for WardkeepServer when --endpoint names a server that already runs."""

    def __init__(self, endpoint):
        self.endpoint, self.account_id, self.data, self.binary = endpoint, "123456789012", None, default_binary()
        self.admin_key, self.root_key = ADMIN_KEY, ROOT_KEY

    @property
    def port(self):
        return int(self.endpoint.rsplit(":", 1)[1])


@pytest.fixture(scope="session")
def binary(request):
    return pathlib.Path(request.config.getoption("--binary") or default_binary()).resolve()


@pytest.fixture(scope="session")
def server(request, binary):
    """One server for the whole run; tests keep to entities of their own."""
    endpoint = request.config.getoption("--endpoint")
    if endpoint:
        yield RunningServer(endpoint)
        return
    with WardkeepServer(binary, start_timeout=request.config.getoption("--start-timeout")) as running:
        yield running


@pytest.fixture
def fresh(request, binary):
    """A server of the test's own, for counts and listings of a whole account."""
    with WardkeepServer(binary, start_timeout=request.config.getoption("--start-timeout")) as running:
        running.admin = Identity(running.endpoint, *running.admin_key)
        running.root = Identity(running.endpoint, *running.root_key)
        yield running


@pytest.fixture(scope="session")
def admin(server):
    return Identity(server.endpoint, *server.admin_key)


@pytest.fixture(scope="session")
def root(server):
    return Identity(server.endpoint, *server.root_key)


@pytest.fixture(scope="session")
def iam(admin):
    return admin.iam


@pytest.fixture(scope="session")
def sts(admin):
    return admin.sts


@pytest.fixture(scope="session")
def account(server):
    return server.account_id


@pytest.fixture
def name():
    """Makes names that no other test uses: name("user") -> "user-17"."""
    return lambda stem="x": f"{stem}-{next(_numbers)}"


@pytest.fixture
def new_user(iam, name, server):
    """Makes a user with an access key and, if given, one inline policy; returns (name, Identity)."""

    def make(*statements, **create):
        user = name("user")
        iam.create_user(UserName=user, **create)
        if statements:
            document = {"Version": "2012-10-17", "Statement": list(statements)}
            iam.put_user_policy(UserName=user, PolicyName="own", PolicyDocument=json.dumps(document))
        key = iam.create_access_key(UserName=user)["AccessKey"]
        return user, Identity.of_access_key(server.endpoint, key)

    return make


@pytest.fixture
def new_role(iam, name):
    """Makes a role that trusts the given principal and, if given, has one inline policy; returns its ARN."""

    def make(trust, *statements, **create):
        role = create.pop("RoleName", None) or name("role")
        if "Statement" not in trust:
            trust = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": trust, "Action": "sts:AssumeRole"}}
        arn = iam.create_role(RoleName=role, AssumeRolePolicyDocument=json.dumps(trust), **create)["Role"]["Arn"]
        if statements:
            document = {"Version": "2012-10-17", "Statement": list(statements)}
            iam.put_role_policy(RoleName=role, PolicyName="own", PolicyDocument=json.dumps(document))
        return arn

    return make


@pytest.fixture
def assume(server):
    """Assumes a role as an identity; returns the session as an Identity."""

    def take(identity, role_arn, session="session", **more):
        answer = identity.sts.assume_role(RoleArn=role_arn, RoleSessionName=session, **more)
        return Identity.of_credentials(server.endpoint, answer["Credentials"])

    return take
