"""MFA devices: virtual devices, enabling and synchronising them, listing, tags, limits, the root user."""

import base64
import concurrent.futures
import re
import subprocess

import pytest
from conftest import Identity
from documents import allow
from one_time_codes import code_at, create_device, enable_device, step_now
from refusals import STATUS, refused
from wardkeep_server import WardkeepServer

STATUS["InvalidAuthenticationCode"] = 403
INVALID = ("InvalidAuthenticationCode", "Authentication code for device is not valid.")
ONLY_FIDO = ("The MFA device serial number sent in the request is invalid or not supported by this API. Currently, only hardware "
             "FIDO security keys are supported. Please use the compatible device or API.")


def missing(serial):
    return "NoSuchEntity", f"MFA Device with serial number {serial} does not exist."


# A seed of 64 characters, shown once, and a picture that a QR reader turns into the same seed.
def test_create_virtual_mfa_device(iam, name, account, tmp_path):
    device = name("device")
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=device, Path="/team/", Tags=[{"Key": "k", "Value": "v"}])["VirtualMFADevice"]
    assert made["SerialNumber"] == f"arn:aws:iam::{account}:mfa/team/{device}"
    assert re.fullmatch(rb"[A-Z2-7]{64}", made["Base32StringSeed"])
    assert made["Tags"] == [{"Key": "k", "Value": "v"}]
    picture = tmp_path / "code.png"
    picture.write_bytes(made["QRCodePNG"])
    read = subprocess.run(["zbarimg", "--quiet", "--raw", str(picture)], capture_output=True, text=True, timeout=20, check=True)
    seed = made["Base32StringSeed"].decode()
    assert read.stdout.strip() == f"otpauth://totp/Wardkeep:{device}%40{account}?secret={seed}&issuer=Wardkeep"
    for again in (device, device.upper()):
        with refused("EntityAlreadyExists", "MFA device already exists."):
            iam.create_virtual_mfa_device(VirtualMFADeviceName=again, Path="/team/")
    create_device(iam, device)  # the same name at another path is another device


# A device whose serial number no parameter could carry cannot be made.
def test_serial_number_length(iam, name, account):
    longest = "d" * (256 - len(f"arn:aws:iam::{account}:mfa/"))
    assert len(create_device(iam, longest).serial) == 256
    with refused("ValidationError", containing="Member must have length less than or equal to 226"):
        create_device(iam, longest + "d")


def test_enable_mfa_device(iam, name, new_user):
    user, _ = new_user()
    device = create_device(iam, name("device"))
    right = device.pair()
    swapped = {"AuthenticationCode1": right["AuthenticationCode2"], "AuthenticationCode2": right["AuthenticationCode1"]}
    same = {"AuthenticationCode1": right["AuthenticationCode1"], "AuthenticationCode2": right["AuthenticationCode1"]}
    for codes in (swapped, same, device.pair(-1010), {**right, "AuthenticationCode2": device.wrong()}):
        with refused(*INVALID):
            iam.enable_mfa_device(UserName=user, SerialNumber=device.serial, **codes)
    assert iam.list_mfa_devices(UserName=user)["MFADevices"] == []
    iam.enable_mfa_device(UserName=user, SerialNumber=device.serial, **right)
    assert [d["SerialNumber"] for d in iam.list_mfa_devices(UserName=user)["MFADevices"]] == [device.serial]
    other, _ = new_user()
    with refused("EntityAlreadyExists", "MFA Device is already in use."):
        iam.enable_mfa_device(UserName=other, SerialNumber=device.serial, **device.pair(1))
    with refused("EntityAlreadyExists", f"MFA Device for user {user} already exists."):
        iam.enable_mfa_device(UserName=user, SerialNumber=device.serial, **device.pair(1))
    with refused("EntityAlreadyExists", "MFA device already exists."):
        create_device(iam, device.serial.rpartition("/")[2])
    with refused(*missing(device.serial + "x")):
        iam.enable_mfa_device(UserName=other, SerialNumber=device.serial + "x", **device.pair(1))
    with refused("NoSuchEntity", "The user with name nobody cannot be found."):
        iam.enable_mfa_device(UserName="nobody", SerialNumber=device.serial, **device.pair(1))


def test_list_mfa_devices_and_get_mfa_device(iam, name, new_user):
    user, caller = new_user(allow("iam:*"))
    devices = sorted(enable_device(iam, user, name("device")).serial for _ in range(3))
    first = iam.list_mfa_devices(UserName=user, MaxItems=2)
    second = iam.list_mfa_devices(UserName=user, MaxItems=2, Marker=first["Marker"])
    assert [d["SerialNumber"] for d in first["MFADevices"] + second["MFADevices"]] == devices
    assert first["IsTruncated"] and not second["IsTruncated"]
    assert {d["UserName"] for d in first["MFADevices"]} == {user}
    assert [d["SerialNumber"] for d in caller.iam.list_mfa_devices()["MFADevices"]] == devices  # without a name: one's own
    for who, named in ((iam, {"UserName": user}), (caller.iam, {})):  # keys with FIDO: test_passkeys.py
        with refused("ValidationError", ONLY_FIDO):
            who.get_mfa_device(SerialNumber=devices[0], **named)
    other, stranger = new_user(allow("iam:*"))
    with refused("NoSuchEntity", "MFA Device invalid for user."):
        stranger.iam.get_mfa_device(SerialNumber=devices[0])
    with refused(*missing("arn:aws:iam::123456789012:mfa/none")):
        iam.get_mfa_device(SerialNumber="arn:aws:iam::123456789012:mfa/none", UserName=user)


# Codes count from two steps before the clock to two after it, each once.
def test_tolerance_of_codes(iam, name, new_user):
    user, caller = new_user()
    device = create_device(iam, name("device"))
    step = step_now(room=15)
    at = lambda offset: code_at(device.seed, step + offset)
    take = lambda offset: caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=at(offset))
    iam.enable_mfa_device(UserName=user, SerialNumber=device.serial, AuthenticationCode1=at(-2), AuthenticationCode2=at(-1))
    # the second code was one step behind: so is what is expected from now on
    for outside in (2, -4):
        with refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "):
            take(outside)
    take(0)
    take(1)
    for used in (1, -1):
        with refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "):
            take(used)


# Whoever holds a user's key alone cannot change the user's devices; a session with MFA can.
def test_own_devices_need_mfa(iam, name, new_user, server):
    user, caller = new_user(allow("*"))
    first = create_device(caller.iam, name("device"))
    caller.iam.enable_mfa_device(UserName=user, SerialNumber=first.serial, **first.pair(-1))
    second = create_device(caller.iam, name("device"))
    for call in (lambda: caller.iam.enable_mfa_device(UserName=user, SerialNumber=second.serial, **second.pair(-1)),
                 lambda: caller.iam.deactivate_mfa_device(UserName=user, SerialNumber=first.serial)):
        with refused("AccessDenied", containing="must be authenticated with it"):
            call()
    session = caller.sts.get_session_token(SerialNumber=first.serial, TokenCode=first.code())["Credentials"]
    with_mfa = Identity.of_credentials(server.endpoint, session).iam
    with_mfa.enable_mfa_device(UserName=user, SerialNumber=second.serial, **second.pair(-1))
    with_mfa.deactivate_mfa_device(UserName=user, SerialNumber=first.serial)


# Without codes of its own a device in a drawer goes wrong; two codes in a row tell how far.
def test_resync_mfa_device(iam, name, new_user):
    user, caller = new_user()
    device = enable_device(iam, user, name("device"))
    ahead = 100
    with refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "):
        caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code(ahead))
    with refused(*INVALID):
        iam.resync_mfa_device(UserName=user, SerialNumber=device.serial, **device.pair(1010))
    iam.resync_mfa_device(UserName=user, SerialNumber=device.serial, **device.pair(ahead))
    caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code(ahead + 1))
    with refused("AccessDenied"):  # the time without the drift is the past now
        caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code(1))
    with refused(*INVALID):  # and nobody turns the device back to codes that were seen
        iam.resync_mfa_device(UserName=user, SerialNumber=device.serial, **device.pair(ahead))
    other, _ = new_user()
    with refused("NoSuchEntity", "MFA Device invalid for user."):
        iam.resync_mfa_device(UserName=other, SerialNumber=device.serial, **device.pair(ahead + 3))


def test_deactivate_mfa_device(iam, name, new_user):
    user, caller = new_user()
    device = enable_device(iam, user, name("device"))
    with refused("DeleteConflict", "MFA VirtualDevice in use. Must deactivate first."):
        iam.delete_virtual_mfa_device(SerialNumber=device.serial)
    other, _ = new_user()
    with refused("NoSuchEntity", "MFA Device invalid for user."):
        iam.deactivate_mfa_device(UserName=other, SerialNumber=device.serial)
    iam.deactivate_mfa_device(UserName=user, SerialNumber=device.serial)
    assert iam.list_mfa_devices(UserName=user)["MFADevices"] == []
    with refused("AccessDenied", containing="unable to validate MFA code."):
        caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code())
    with refused("NoSuchEntity", "MFA Device invalid for user."):
        iam.deactivate_mfa_device(UserName=user, SerialNumber=device.serial)


def test_delete_virtual_mfa_device(iam, name):
    device = create_device(iam, name("device"))
    iam.delete_virtual_mfa_device(SerialNumber=device.serial)
    for call in (lambda: iam.delete_virtual_mfa_device(SerialNumber=device.serial),
                 lambda: iam.list_mfa_device_tags(SerialNumber=device.serial)):
        with refused(*missing(device.serial)):
            call()


def test_list_virtual_mfa_devices(fresh):
    iam = fresh.admin.iam
    iam.create_user(UserName="ann", Path="/x/")
    iam.create_user(UserName="bob")
    used = [enable_device(iam, "ann", "b"), enable_device(iam, "bob", "D")]
    free = [create_device(iam, "a"), create_device(iam, "c")]
    everything = iam.list_virtual_mfa_devices()["VirtualMFADevices"]
    assert [d["SerialNumber"].rsplit("/", 1)[1] for d in everything] == ["a", "b", "c", "D"]
    assert not any("Base32StringSeed" in d or "QRCodePNG" in d for d in everything)
    assert [d.get("User", {}).get("UserName") for d in everything] == [None, "ann", None, "bob"]
    assert ["EnableDate" in d for d in everything] == [False, True, False, True]
    for status, expected in (("Assigned", used), ("Unassigned", free), ("Any", free[:1] + used[:1] + free[1:] + used[1:])):
        listed, marker = [], {}
        while True:
            page = iam.list_virtual_mfa_devices(AssignmentStatus=status, MaxItems=1, **marker)
            listed += [d["SerialNumber"] for d in page["VirtualMFADevices"]]
            if not page["IsTruncated"]:
                break
            marker = {"Marker": page["Marker"]}
        assert listed == [d.serial for d in expected]
    summary = iam.get_account_summary()["SummaryMap"]
    assert (summary["MFADevices"], summary["MFADevicesInUse"], summary["AccountMFAEnabled"]) == (4, 2, 0)


def test_list_mfa_device_tags(iam, name):
    device = create_device(iam, name("device"), Tags=[{"Key": k, "Value": k * 2} for k in ("a", "b", "B")])
    first = iam.list_mfa_device_tags(SerialNumber=device.serial, MaxItems=2)
    second = iam.list_mfa_device_tags(SerialNumber=device.serial, MaxItems=2, Marker=first["Marker"])
    assert {t["Key"]: t["Value"] for t in first["Tags"] + second["Tags"]} == {"a": "aa", "b": "bb", "B": "BB"}


def test_tag_mfa_device(iam, name):
    device = create_device(iam, name("device"))
    iam.tag_mfa_device(SerialNumber=device.serial, Tags=[{"Key": k, "Value": k * 2} for k in ("a", "b", "B")])
    iam.untag_mfa_device(SerialNumber=device.serial, TagKeys=["a", "B"])
    assert iam.list_mfa_device_tags(SerialNumber=device.serial)["Tags"] == [{"Key": "b", "Value": "bb"}]
    with refused("LimitExceeded"):
        iam.tag_mfa_device(SerialNumber=device.serial, Tags=[{"Key": str(i), "Value": ""} for i in range(50)])


# The tags of a device decide, as those of any resource.
def test_untag_mfa_device_by_tag_of_the_resource(iam, name, new_user):
    _, caller = new_user(allow("iam:UntagMFADevice", condition={"StringEquals": {"aws:ResourceTag/team": "red"}}))
    red = create_device(iam, name("device"), Tags=[{"Key": "team", "Value": "red"}])
    blue = create_device(iam, name("device"), Tags=[{"Key": "team", "Value": "blue"}])
    with refused("AccessDenied"):
        caller.iam.untag_mfa_device(SerialNumber=blue.serial, TagKeys=["team"])
    caller.iam.untag_mfa_device(SerialNumber=red.serial, TagKeys=["team"])


# Eight devices, and none more; the devices keep their user from being deleted.
def test_quota_and_delete_conflict(iam, name):
    user = name("user")
    iam.create_user(UserName=user)
    devices = [enable_device(iam, user, name("device")) for _ in range(8)]
    ninth = create_device(iam, name("device"))
    with refused("LimitExceeded", "Cannot exceed quota for MFADevicesPerUser: 8"):
        iam.enable_mfa_device(UserName=user, SerialNumber=ninth.serial, **ninth.pair())
    with refused("DeleteConflict", "Cannot delete entity, must remove tokens from principal first."):
        iam.delete_user(UserName=user)
    for device in devices:
        iam.deactivate_mfa_device(UserName=user, SerialNumber=device.serial)
    iam.delete_user(UserName=user)


# Root has devices of its own. Its calls need no name; where the model asks for one, it is the account id.
def test_enable_mfa_device_of_root(fresh):
    root, admin = fresh.root.iam, fresh.admin.iam
    device = create_device(root, "root-account-mfa-device")
    assert device.serial == f"arn:aws:iam::{fresh.account_id}:mfa/root-account-mfa-device"
    with refused("NoSuchEntity", f"The user with name {fresh.account_id} cannot be found."):
        admin.enable_mfa_device(UserName=fresh.account_id, SerialNumber=device.serial, **device.pair(-1))
    root.enable_mfa_device(UserName=fresh.account_id, SerialNumber=device.serial, **device.pair(-1))
    (listed,) = root.list_mfa_devices()["MFADevices"]
    assert listed["SerialNumber"] == device.serial and "UserName" not in listed
    (shown,) = root.list_virtual_mfa_devices(AssignmentStatus="Assigned")["VirtualMFADevices"]
    assert shown["User"]["Arn"] == f"arn:aws:iam::{fresh.account_id}:root"
    assert root.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 1
    session = fresh.root.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code())["Credentials"]
    Identity.of_credentials(fresh.endpoint, session).iam.list_users()
    with refused("AccessDenied", containing="unable to validate MFA code."):
        fresh.admin.sts.get_session_token(SerialNumber=device.serial, TokenCode=device.code(1))
    root.deactivate_mfa_device(SerialNumber=device.serial)
    root.delete_virtual_mfa_device(SerialNumber=device.serial)
    assert root.get_account_summary()["SummaryMap"]["AccountMFAEnabled"] == 0


# A code works once, however many ask at the same moment.
def test_concurrent_uses_of_one_code(iam, name, new_user):
    user, caller = new_user()
    device = enable_device(iam, user, name("device"))
    code = device.code()

    def use(_):
        try:
            caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=code)
            return True
        except caller.sts.exceptions.ClientError as refusal:
            assert refusal.response["Error"]["Message"] == "MultiFactorAuthentication failed with invalid MFA one time pass code. "
            return False

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(use, range(16))) == 1


# What was used stays used after a restart, and the seed still opens.
def test_devices_survive_a_restart(binary, tmp_path, request):
    timeout = request.config.getoption("--start-timeout")
    with WardkeepServer(binary, data=tmp_path / "data", start_timeout=timeout) as running:
        admin = Identity(running.endpoint, *running.admin_key)
        admin.iam.create_user(UserName="ann")
        key = admin.iam.create_access_key(UserName="ann")["AccessKey"]
        device = enable_device(admin.iam, "ann", "phone")
        step = step_now(room=20)
        used = code_at(device.seed, step)
        Identity.of_access_key(running.endpoint, key).sts.get_session_token(SerialNumber=device.serial, TokenCode=used)
        running.kill()
    stored = b"".join(path.read_bytes() for path in (tmp_path / "data").iterdir() if "wardkeep.db" in path.name)
    seed = device.seed
    assert b"phone" in stored and seed not in stored
    assert base64.b32decode(seed) not in stored and base64.b64encode(base64.b32decode(seed)) not in stored
    with WardkeepServer(binary, data=tmp_path / "data", start_timeout=timeout) as running:
        caller = Identity.of_access_key(running.endpoint, key)
        with refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "):
            caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=used)
        caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=code_at(device.seed, step + 1))


# Guessing is slowed down: after five wrong codes even the right one waits.
def test_wrong_codes_are_throttled(iam, name, new_user):
    user, caller = new_user()
    device = enable_device(iam, user, name("device"))
    wrong, right = device.wrong(), device.code()
    for _ in range(6):
        with refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "):
            caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=wrong)
    with refused("AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code. "):
        caller.sts.get_session_token(SerialNumber=device.serial, TokenCode=right)


@pytest.mark.parametrize("given", [{"SerialNumber": "arn:aws:iam::123456789012:mfa/none"}, {"TokenCode": "123456"}])
def test_half_of_the_arguments(new_user, given):
    _, caller = new_user()
    with refused("AccessDenied", "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code."):
        caller.sts.get_session_token(**given)
