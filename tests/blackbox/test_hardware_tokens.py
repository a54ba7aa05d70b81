"""Hardware TOTP tokens: seeds imported by the operator, tokens enabled by serial number."""

import base64
import os
import subprocess

import pytest
from conftest import Identity
from one_time_codes import code_at, step_now
from refusals import STATUS, refused
from wardkeep_server import WardkeepServer

STATUS["InvalidAuthenticationCode"] = 403


@pytest.fixture(scope="module")
def served(binary, tmp_path_factory, request):
    data = tmp_path_factory.mktemp("tokens") / "data"
    with WardkeepServer(binary, data=data, start_timeout=request.config.getoption("--start-timeout")) as running:
        running.admin = Identity(running.endpoint, *running.admin_key)
        yield running


@pytest.fixture
def import_seeds(served, tmp_path):
    def run(text, account=None):
        path = tmp_path / "seeds.csv"
        path.write_text(text)
        return subprocess.run([served.binary, "mfa", "import-seeds", str(path), "--account-id", account or served.account_id,
                               "--data", str(served.data)], capture_output=True, text=True, timeout=60)

    return run


def enable(served, user, serial, seed, *, period=30, hash_name="SHA1", offset=-1):
    iam = served.admin.iam
    iam.create_user(UserName=user)
    key = iam.create_access_key(UserName=user)["AccessKey"]
    step = step_now(period) + offset
    iam.enable_mfa_device(UserName=user, SerialNumber=serial,
                          AuthenticationCode1=code_at(seed, step - 1, period=period, hash_name=hash_name),
                          AuthenticationCode2=code_at(seed, step, period=period, hash_name=hash_name))
    return Identity.of_access_key(served.endpoint, key)


# Each hash and period; seeds in hexadecimal and in base32.
@pytest.mark.parametrize("period, hash_name, column", [(30, "SHA1", "hex"), (60, "SHA1", "base32"), (30, "SHA256", "base32"),
                                                       (60, "SHA512", "hex")])
def test_imported_token(served, import_seeds, period, hash_name, column):
    seed = os.urandom(32)
    serial = f"GAHT{period}{hash_name}"
    text = seed.hex() if column == "hex" else base64.b32encode(seed).decode()
    done = import_seeds(f"serial,{column},digits,period,hash\r\n{serial},{text},6,{period},{hash_name.lower()}\r\n")
    assert (done.returncode, done.stdout) == (0, f"1 tokens imported into account {served.account_id}\n"), done.stderr
    base32 = base64.b32encode(seed).decode()
    user = f"user-{period}-{hash_name}"
    caller = enable(served, user, serial, base32, period=period, hash_name=hash_name)
    (listed,) = served.admin.iam.list_mfa_devices(UserName=user)["MFADevices"]
    assert listed["SerialNumber"] == serial
    code = code_at(base32, step_now(period), period=period, hash_name=hash_name)
    caller.sts.get_session_token(SerialNumber=serial, TokenCode=code)
    with refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "):
        caller.sts.get_session_token(SerialNumber=serial, TokenCode=code)
    with refused("NoSuchEntity"):  # it is no virtual device
        served.admin.iam.delete_virtual_mfa_device(SerialNumber=serial)
    served.admin.iam.deactivate_mfa_device(UserName=user, SerialNumber=serial)
    assert serial not in [d["SerialNumber"] for d in served.admin.iam.list_virtual_mfa_devices()["VirtualMFADevices"]]


# The clock of a token drifts in years: enabling learns by how much.
def test_drift_is_learned_when_enabled(served, import_seeds):
    seed = base64.b32encode(os.urandom(20)).decode()
    assert import_seeds(f"serial,base32\nDRIFTED00001,{seed}\n").returncode == 0
    caller = enable(served, "drifted", "DRIFTED00001", seed, offset=12)
    caller.sts.get_session_token(SerialNumber="DRIFTED00001", TokenCode=code_at(seed, step_now() + 13))
    with refused("AccessDenied"):
        caller.sts.get_session_token(SerialNumber="DRIFTED00001", TokenCode=code_at(seed, step_now() + 1))


SEED = "3132333435363738393031323334353637383930"
BAD_FILES = [
    ("", "`csv` must be a string"),
    ("\n", "line 1 must name the columns"),
    ("serial\nGAHT00000001\n", "line 1 must name the columns"),
    ("serial,hex,base32\n", "line 1 must name the columns"),
    ("serial,hex,colour\n", "line 1 must name the columns"),
    ("serial,hex\n", "the file has no tokens"),
    (f"serial,hex\nGAHT00000001,{SEED}\nGAHT1,{SEED}\n", "line 3: the serial number must be"),
    (f"serial,hex\narn:aws:iam::123456789012:mfa/x,{SEED}\n", "line 2: the serial number must be"),
    ("serial,hex\nGAHT00000001,3132\n", "line 2: the seed must be 16 to 128 bytes"),
    ("serial,hex\nGAHT00000001,zz\n", "line 2: the seed must be 16 to 128 bytes"),
    (f"serial,base32\nGAHT00000001,{SEED}\n", "line 2: the seed must be 16 to 128 bytes"),
    (f"serial,hex,digits\nGAHT00000001,{SEED},8\n", "line 2: digits must be 6"),
    (f"serial,hex,period\nGAHT00000001,{SEED},45\n", "line 2: the period must be 30 or 60"),
    (f"serial,hex,hash\nGAHT00000001,{SEED},md5\n", "line 2: the hash must be"),
    (f"serial,hex\nGAHT00000001,{SEED},1\n", "line 2: it has not as many cells as the header"),
    (f"serial,hex\nGAHT00000001,{SEED}\ngaht00000001,{SEED}\n", "line 3: the serial number is there twice"),
]


# A file with one bad line imports nothing, and the error never shows a seed.
@pytest.mark.parametrize("text, message", BAD_FILES)
def test_bad_files(served, import_seeds, text, message):
    before = served.admin.iam.get_account_summary()["SummaryMap"]["MFADevices"]
    done = import_seeds(text)
    assert done.returncode == 1 and message in done.stderr and SEED not in done.stderr
    assert served.admin.iam.get_account_summary()["SummaryMap"]["MFADevices"] == before


def test_taken_serial_and_unknown_account(served, import_seeds):
    assert import_seeds(f"serial,hex\nTAKEN0000001,{SEED}\n").returncode == 0
    done = import_seeds(f"serial,hex\nFREE00000001,{SEED}\ntaken0000001,{SEED}\n")
    assert done.returncode == 1 and "already has a device with serial number taken0000001" in done.stderr
    with refused("NoSuchEntity"):
        served.admin.iam.create_user(UserName="nobodys")
        served.admin.iam.enable_mfa_device(UserName="nobodys", SerialNumber="FREE00000001", AuthenticationCode1="000000",
                                           AuthenticationCode2="000001")
    assert import_seeds(f"serial,hex\nFREE00000001,{SEED}\n", account="999999999999").returncode == 1
