"""A database that was changed behind the server's back: the account is refused and named, the others work, and
`wardkeep database verify` says so offline, beside the server and by the server."""

import json
import pathlib
import random
import sqlite3
import subprocess
import urllib.error
import urllib.request

import botocore.exceptions
import pytest
from conftest import Identity
from wardkeep_server import ACCOUNT_ID, StartFailed, WardkeepServer


class Installation:
    """A data folder with the first account and a second one."""

    def __init__(self, binary, folder):
        self.binary, self.data = binary, str(folder)
        with self.serve() as server:
            admin = Identity(server.endpoint, *server.admin_key).iam
            for number in range(20):
                admin.create_user(UserName=f"user-{number}")
            made = self.run("account", "create", "--name", "Second", "--email", "second@example.com", "--json")
            self.second = json.loads(made.stdout)
            other = self.identity(server)
            for number in range(20):
                other.iam.create_user(UserName=f"other-{number}")

    def serve(self):
        return WardkeepServer(self.binary, data=self.data)

    def identity(self, server):
        return Identity(server.endpoint, self.second["access_key_id"], self.second["secret_access_key"])

    def run(self, *arguments):
        return subprocess.run([self.binary, *arguments, "--data", self.data], capture_output=True, text=True, timeout=60, check=False)

    def verify(self, *arguments):
        done = self.run("database", "verify", "--json", *arguments)
        return done.returncode, json.loads(done.stdout) if done.stdout else done.stderr

    def sql(self, text):
        database = sqlite3.connect(pathlib.Path(self.data) / "wardkeep.db")
        with database:
            database.executescript(text)
        database.close()


@pytest.fixture
def installation(binary, tmp_path):
    return Installation(str(binary), tmp_path / "data")


def refusal_of(call):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call()
    return refused.value.response


def test_sound_database_has_no_findings(installation):
    status, report = installation.verify()
    assert (status, report["findings"]) == (0, [])
    assert report["accounts"] == 2 and report["documents"] > 40
    with installation.serve():
        assert installation.verify()[0] == 0
        status, report = installation.verify("--online")
        assert (status, report["findings"], report["accounts"]) == (0, [], 2)
    text = installation.run("database", "verify")
    assert text.returncode == 0 and "Everything is as it was stored." in text.stdout


def test_damaged_account_is_refused_and_named_while_the_other_works(installation):
    second = installation.second["account_id"]
    installation.sql(f"DELETE FROM document WHERE account = '{second}' AND name_key = 'other-7'")
    status, report = installation.verify()
    assert status == 1 and "backup" in report["next"]
    assert [finding["account"] for finding in report["findings"]] == [second]
    assert "documents were stored" in report["findings"][0]["what"]
    with installation.serve() as server:
        admin = Identity(server.endpoint, *server.admin_key)
        damaged = installation.identity(server)
        for call in (damaged.iam.list_users, damaged.sts.get_caller_identity, lambda: damaged.iam.create_user(UserName="x")):
            response = refusal_of(call)
            assert response["ResponseMetadata"]["HTTPStatusCode"] == 500
            assert response["Error"]["Code"] == "InternalFailure"
            assert second in response["Error"]["Message"] and "damaged" in response["Error"]["Message"]
        assert len(admin.iam.list_users()["Users"]) == 21
        admin.iam.create_user(UserName="works-on")
        for words in (("account", "close", second), ("account", "signins", second), ("account", "reset-admin", second)):
            refused = installation.run(*words)
            assert refused.returncode == 1 and "damaged" in refused.stderr, words
        sign_in = json.dumps({"account": second, "user": "admin", "password": "whatever it is"}).encode()
        request = urllib.request.Request(server.endpoint + "/signin", sign_in, {"Content-Type": "application/json"})
        with pytest.raises(urllib.error.HTTPError) as signed_in:
            urllib.request.urlopen(request, timeout=10)
        assert signed_in.value.code == 500 and "damaged" in signed_in.value.read().decode()
        listed = installation.run("account", "list").stdout
        assert "documents were stored" in listed and ACCOUNT_ID in listed
        metrics = server.metrics()
        assert "wardkeep_damaged_accounts 1" in metrics
        status, online = installation.verify("--online")
        assert status == 1 and [finding["account"] for finding in online["findings"]] == [second]
        server.close()
        said = [line for line in server.output if second in line and "damaged" in line and "refused" in line]
        assert len(said) == 1, "the log names it once"
    status, after = installation.verify()
    assert (status, after["findings"]) == (1, report["findings"]), "nothing was written to it"


def test_account_that_vanished_whole_keeps_the_server_from_starting(installation):
    second = installation.second["account_id"]
    installation.sql(f"DELETE FROM document WHERE account = '{second}'; DELETE FROM account WHERE account = '{second}'")
    with pytest.raises(StartFailed) as failed:
        installation.serve()
    assert "2 were stored, 1 are there" in str(failed.value)
    assert installation.verify()[0] == 1


def test_forged_policy_is_found_although_the_file_is_in_order(installation):
    """Whoever writes to the file and has not the master key cannot make himself an administrator."""
    installation.sql(f"UPDATE document SET name_key = 'forged' WHERE account = '{ACCOUNT_ID}' AND name_key = 'user-3'")
    with installation.serve() as server:
        assert "damaged" in refusal_of(Identity(server.endpoint, *server.admin_key).iam.list_users)["Error"]["Message"]
        assert len(installation.identity(server).iam.list_users()["Users"]) == 21


@pytest.mark.parametrize("seed", range(12))
def test_damaged_pages_are_refused_or_named(installation, seed):
    """550 and more places are in tests/contract/storage/damage_test.cc; here some against the whole program."""
    path = pathlib.Path(installation.data) / "wardkeep.db"
    content, rng = bytearray(path.read_bytes()), random.Random(seed)
    pages = len(content) // 4096
    at, other = rng.randrange(1, pages) * 4096, rng.randrange(1, pages) * 4096
    if seed % 3 == 0:
        content[at + rng.randrange(4096)] ^= 1 << rng.randrange(8)
    elif seed % 3 == 1:
        content[at:at + 4096], content[other:other + 4096] = content[other:other + 4096], content[at:at + 4096]
    else:
        content[at:at + 512] = bytes(512)
    path.write_bytes(content)
    status, report = installation.verify()
    try:
        with installation.serve() as server:
            admin, other_account = Identity(server.endpoint, *server.admin_key), installation.identity(server)
            for identity in (admin, other_account):
                try:
                    assert len(identity.iam.list_users()["Users"]) == 21
                except botocore.exceptions.ClientError as refused:
                    assert "damaged" in refused.response["Error"]["Message"]
                    assert status == 1, report
    except StartFailed as failed:
        assert "damaged" in str(failed) or "database" in str(failed)
        assert status in (1, 2), report
