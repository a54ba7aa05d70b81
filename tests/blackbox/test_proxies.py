"""X-Forwarded-For: believed only from proxies that the operator named."""

from conftest import Identity
from documents import allow, policy
from refusals import refused
from wardkeep_server import WardkeepServer

FROM_OFFICE = policy(allow("iam:ListUsers", condition={"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}))


def forward(request, **_):
    request.headers["X-Forwarded-For"] = "203.0.113.9"


def office_worker(server):
    admin = Identity(server.endpoint, *server.admin_key)
    admin.iam.create_user(UserName="worker")
    admin.iam.put_user_policy(UserName="worker", PolicyName="office", PolicyDocument=FROM_OFFICE)
    key = admin.iam.create_access_key(UserName="worker")["AccessKey"]
    iam = Identity.of_access_key(server.endpoint, key).iam
    iam.meta.events.register("before-send.iam.*", forward)
    return iam


# A client cannot choose its own address.
def test_not_believed_by_default(binary):
    with WardkeepServer(binary) as server, refused("AccessDenied"):
        office_worker(server).list_users()


# Behind a named proxy the forwarded address is the source.
def test_believed_from_a_trusted_proxy(binary):
    with WardkeepServer(binary, arguments=["--trusted-proxies", "127.0.0.0/8"]) as server:
        assert office_worker(server).list_users()["Users"]
