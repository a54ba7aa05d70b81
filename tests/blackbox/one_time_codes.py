"""One-time codes of the tests, made by oathtool, which is not ours."""

import subprocess
import time


def code_at(seed, step, *, period=30, hash_name="SHA1"):
    """The code of a period counted from 1970; `seed` is base32 text or bytes."""
    text = seed.decode() if isinstance(seed, bytes) else seed
    command = ["oathtool", f"--totp={hash_name}", "-b", f"--time-step-size={period}s", f"--now=@{step * period}", text]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=10).stdout.strip()


def step_now(period=30, *, room=8):
    """The current period; waits for the next one when this one ends within `room` seconds, so that a test that takes a
    few seconds stays inside it."""
    left = period - time.time() % period
    if left < room:
        time.sleep(left + 0.05)
    return int(time.time()) // period


def wrong_code(seed, step, *, period=30):
    """A code that is right in none of the periods around `step`."""
    near = {code_at(seed, step + i, period=period) for i in range(-6, 7)}
    return next(code for code in (f"{n:06d}" for n in range(10)) if code not in near)


class Device:
    """A virtual MFA device with its seed."""

    def __init__(self, serial, seed):
        self.serial, self.seed = serial, seed

    def code(self, offset=0):
        return code_at(self.seed, step_now() + offset)

    def pair(self, offset=0):
        """Two codes in a row; the second is of the current period plus `offset`."""
        step = step_now() + offset
        return {"AuthenticationCode1": code_at(self.seed, step - 1), "AuthenticationCode2": code_at(self.seed, step)}

    def wrong(self):
        return wrong_code(self.seed, step_now())


def create_device(iam, device_name, **more):
    """Makes a virtual device through the API."""
    made = iam.create_virtual_mfa_device(VirtualMFADeviceName=device_name, **more)["VirtualMFADevice"]
    return Device(made["SerialNumber"], made["Base32StringSeed"])


def enable_device(iam, user, device_name):
    """A virtual device of a user. The codes used are those of the two periods before this one: the present one and the
    next are free for the test."""
    device = create_device(iam, device_name)
    iam.enable_mfa_device(UserName=user, SerialNumber=device.serial, **device.pair(-1))
    return device
