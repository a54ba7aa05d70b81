"""Strangers try passwords from many networks: the owner gets in, guesses stay few, and nothing is told."""

import json
import subprocess
import time

import pytest
from conftest import Identity
from one_time_codes import enable_device
from sign_in_crowd import CROWDS, PROXIES, Crowd, attempt, device_cookie
from signin_client import root_password
from wardkeep_server import ACCOUNT_ID, WardkeepServer

GOOD = "Tide-Lantern-42"
NEW = "Harbour-Compass-77"
ROUNDS = 20


@pytest.fixture
def attacked(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path / "data", arguments=[*PROXIES, "--signin-root-mfa-required", "false"]) as server:
        server.admin = Identity(server.endpoint, *server.admin_key)
        server.admin.iam.create_user(UserName="u")
        server.admin.iam.create_login_profile(UserName="u", Password=GOOD)
        yield server


def owner_of(server, target):
    """What the owner sends, after a first sign-in from home; and the cookie of the device."""
    if target == "root":
        body = {"account": ACCOUNT_ID, "root": True, "password": GOOD}
        first = {**body, "password": root_password(server), "newPassword": GOOD}
    else:
        body = first = {"account": ACCOUNT_ID, "user": "u", "password": GOOD}
    status, answer, cookies = attempt(server, first, "203.0.113.9")
    assert status == 200, answer
    return body, device_cookie(cookies)


# The owner comes home, travels with the device, and comes from places never seen before, all under attack.
@pytest.mark.parametrize("target", ["root", "user"])
@pytest.mark.parametrize("crowd", CROWDS)
def test_the_owner_gets_in(attacked, crowd, target):
    body, device = owner_of(attacked, target)
    outcomes = {"known address": [], "known device": [], "new place": []}
    with Crowd(attacked, CROWDS[crowd], lambda n: {**body, "password": f"wrong-{n}"}) as strangers:
        time.sleep(2)
        for number in range(1, ROUNDS + 1):
            outcomes["known address"].append(attempt(attacked, body, "203.0.113.9")[0])
            outcomes["known device"].append(attempt(attacked, body, f"192.0.2.{number}", device)[0])
            if number % 5 == 0:
                outcomes["new place"].append(attempt(attacked, body, f"10.{number}.1.1")[0])
    print(crowd, target, strangers.statuses, {k: (v.count(200), len(v)) for k, v in outcomes.items()})
    assert sum(strangers.statuses.values()) > 100 and 200 not in strangers.statuses
    for place, answers in outcomes.items():
        assert answers.count(200) >= 0.99 * len(answers), (place, answers)


# The successes of the owner are still in the history afterwards, beside a thousand refusals.
def test_refusals_push_no_success_out(attacked, binary):
    body, _ = owner_of(attacked, "user")
    with Crowd(attacked, CROWDS["256 networks"], lambda n: {**body, "password": f"wrong-{n}"}, rate=200):
        time.sleep(10)
    attempt(attacked, body, "203.0.113.9")
    shown = subprocess.run([binary, "account", "signins", ACCOUNT_ID, "--json", "--data", str(attacked.data)],
                           capture_output=True, text=True, check=True).stdout
    kept = json.loads(shown)["signins"]
    assert kept[0]["outcome"] == "Success"
    assert sum(a["outcome"] == "Success" for a in kept) == 2
    assert sum(a["outcome"] == "Failure" for a in kept) > 20


# After wrong passwords from anywhere and from her own address, a new password lets her in at once.
@pytest.mark.parametrize("operation", ["UpdateLoginProfile", "CreateLoginProfile"])
def test_a_new_password_ends_the_wait(attacked, operation):
    iam = attacked.admin.iam
    wrong = {"account": ACCOUNT_ID, "user": "u", "password": "wrong"}
    for number in range(18):
        attempt(attacked, wrong, "192.0.2.1" if number % 2 else f"198.51.100.{number}")
    assert attempt(attacked, {**wrong, "password": GOOD}, "192.0.2.1")[0] == 429
    assert attempt(attacked, {**wrong, "password": GOOD}, "192.0.2.2")[0] == 200, "others are not held up"
    if operation == "CreateLoginProfile":
        iam.delete_login_profile(UserName="u")
        iam.create_login_profile(UserName="u", Password=NEW)
    else:
        iam.update_login_profile(UserName="u", Password=NEW)
    assert attempt(attacked, {**wrong, "password": NEW}, "192.0.2.1")[0] == 200


# Random names over 96 connections: callers of the API and known places have turns of their own.
def test_random_names_take_no_turns_from_callers(attacked):
    body, device = owner_of(attacked, "user")
    iam = attacked.admin.iam
    iam.create_user(UserName="w")
    iam.create_login_profile(UserName="w", Password=GOOD)
    names = [f"2001:db8:{i:x}:{j:x}::1" for i in range(64) for j in range(64)]

    def random_name(number):
        return {"account": ACCOUNT_ID, "user": f"nobody-{number}", "password": "wrong"}

    with Crowd(attacked, names, random_name, rate=400, connections=96) as strangers:
        time.sleep(2)
        for number in range(20):
            iam.update_login_profile(UserName="w", Password=f"{GOOD}-{number}")
            assert attempt(attacked, body, "203.0.113.9")[0] == 200
            assert attempt(attacked, body, f"192.0.2.{number}", device)[0] == 200
    print(strangers.statuses)
    assert sum(strangers.statuses.values()) > 100


# What is said about a name, an alias or an account that was tried too often says nothing about whether it exists.
def test_waits_tell_nothing(attacked):
    attacked.admin.iam.create_account_alias(AccountAlias="harbour")

    def codes(account, user, address):
        return [attempt(attacked, {"account": account, "user": user, "password": "wrong"}, address)[1]["code"]
                for _ in range(7)]

    seen = {
        "exists": codes(ACCOUNT_ID, "u", "192.0.2.1"),
        "no such user": codes(ACCOUNT_ID, "nobody", "192.0.2.2"),
        "alias": codes("harbour", "u", "192.0.2.3"),
        "no such alias": codes("no-such-alias", "u", "192.0.2.4"),
        "no such account": codes("999999999999", "u", "192.0.2.5"),
        # What failed by its alias does not show by its id.
        "the same by its id": codes(ACCOUNT_ID, "u", "192.0.2.3"),
        "the same by its alias": codes("harbour", "u", "192.0.2.1"),
    }
    assert {tuple(answers[:5]) for answers in seen.values()} == {("AuthenticationFailed",) * 5}, seen
    assert all("TooManyAttempts" in answers[5:] for answers in seen.values()), seen


# Whoever has the password and tries codes from many networks gets few of them, and does not hold up the owner's.
def test_wrong_codes_do_not_hold_the_device(attacked):
    body, known = owner_of(attacked, "user")
    device = enable_device(attacked.admin.iam, "u", "phone")
    wrong, right = device.wrong(), device.code()
    refused = [attempt(attacked, {**body, "mfaCode": wrong}, f"2001:db8:{i:x}::1")[1]["code"] for i in range(80)]
    assert refused.count("AuthenticationFailed") == 64 and refused.count("TooManyAttempts") == 16, refused
    status, answer, _ = attempt(attacked, {**body, "mfaCode": right}, "192.0.2.77", known)
    assert status == 200 and answer["mfaAuthenticated"] is True, answer
