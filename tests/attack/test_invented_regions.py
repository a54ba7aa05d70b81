"""A client may sign for any region it invents; what is remembered of it cannot crowd out the facts of others."""

import signed_request
from conftest import Identity
from wardkeep_server import WardkeepServer


def test_invented_regions_take_no_room(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path / "data") as server:
        admin = Identity(server.endpoint, *server.admin_key)
        key = admin.iam.create_access_key(UserName="admin")["AccessKey"]
        attacker = (key["AccessKeyId"], key["SecretAccessKey"])
        host = server.endpoint.rpartition("/")[2]
        connection = signed_request.Connection(server.endpoint, attacker)
        for number in range(5000):
            body = signed_request.form("ListUsers")
            headers = signed_request.sign(attacker, body, host, region=f"invented-{number}")
            assert connection.send("POST", "/", headers, body).status == 200
        connection.close()
        admin.iam.create_user(UserName="victim")
        new = admin.iam.create_access_key(UserName="victim")["AccessKey"]
        victim = Identity(server.endpoint, new["AccessKeyId"], new["SecretAccessKey"])
        victim.sts.get_caller_identity()
        used = admin.iam.get_access_key_last_used(AccessKeyId=new["AccessKeyId"])["AccessKeyLastUsed"]
        assert used["Region"] == "us-east-1" and used["ServiceName"] == "sts"
        invented = admin.iam.get_access_key_last_used(AccessKeyId=attacker[0])["AccessKeyLastUsed"]
        assert invented["ServiceName"] == "iam" and "invented" not in str(invented)
        arn = admin.iam.get_user(UserName="victim")["User"]["Arn"]
        job = admin.iam.generate_service_last_accessed_details(Arn=arn, Granularity="ACTION_LEVEL")["JobId"]
        report = admin.iam.get_service_last_accessed_details(JobId=job)
        assert report["JobStatus"] == "COMPLETED"
