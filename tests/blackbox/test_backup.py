"""The backup of docs/operation.md: a copy made while the server runs, restored beside a copy of the master key."""

import shutil
import sqlite3

import pytest
from conftest import Identity
from wardkeep_server import StartFailed, WardkeepServer


@pytest.fixture
def running(binary, tmp_path):
    with WardkeepServer(binary, data=str(tmp_path / "data")) as server:
        server.admin = Identity(server.endpoint, *server.admin_key)
        yield server


def back_up(data, folder):
    """What the page says: SQLite's backup, which is what `.backup` of its own program is, and the key."""
    folder.mkdir(mode=0o700)
    source, copy = sqlite3.connect(data / "wardkeep.db"), sqlite3.connect(folder / "wardkeep.db")
    source.backup(copy)
    source.close()
    copy.close()
    (folder / "wardkeep.db").chmod(0o600)
    shutil.copy2(data / "master.key", folder / "master.key")


def test_restored_copy_has_what_was_there_at_its_time(binary, running, tmp_path):
    key = running.admin.iam.create_user(UserName="before") and running.admin.iam.create_access_key(UserName="before")["AccessKey"]
    back_up(tmp_path / "data", tmp_path / "copy")
    running.admin.iam.create_user(UserName="after")
    running.close()
    with WardkeepServer(binary, data=str(tmp_path / "copy")) as again:
        names = {user["UserName"] for user in Identity(again.endpoint, *again.admin_key).iam.list_users()["Users"]}
        assert names == {"admin", "before"}
        before = Identity(again.endpoint, key["AccessKeyId"], key["SecretAccessKey"])
        assert before.sts.get_caller_identity()["Arn"].endswith(":user/before")


def test_copy_without_its_key_is_refused(binary, running, tmp_path):
    back_up(tmp_path / "data", tmp_path / "copy")
    (tmp_path / "copy" / "master.key").unlink()
    with pytest.raises(StartFailed) as failed:
        WardkeepServer(binary, data=str(tmp_path / "copy"), bootstrap=False)
    assert "master.key" in str(failed.value)
    assert not (tmp_path / "copy" / "master.key").exists()
