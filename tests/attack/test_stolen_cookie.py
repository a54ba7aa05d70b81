"""A stolen session cookie that fetches credentials while the password changes: none of them works afterwards."""

import threading

from console import credentials
from documents import policy
from refusals import refused
from signin_client import send, sign_in

GOOD = "Tide-Lantern-42"


def test_credentials_of_the_same_second(server, iam, name):
    user = name("person")
    iam.create_user(UserName=user)
    iam.put_user_policy(UserName=user, PolicyName="own",
                        PolicyDocument=policy({"Effect": "Allow", "Action": "*", "Resource": "*"}))
    iam.create_login_profile(UserName=user, Password=GOOD)
    for attempt in range(3):
        cookie = sign_in(server, user, GOOD).cookie
        fetched, stop = [credentials(server, cookie)], threading.Event()

        def poll(cookie=cookie, fetched=fetched, stop=stop):
            while not stop.is_set():
                answer = send(server, "POST", "/signin/credentials", cookie=cookie)
                if answer.status == 200:
                    fetched.append(answer.identity(server))

        thief = threading.Thread(target=poll)
        thief.start()
        # The same password again counts as a new one.
        iam.update_login_profile(UserName=user, Password=GOOD if attempt == 2 else GOOD + str(attempt))
        stop.set()
        thief.join()
        for identity in fetched[:1] + fetched[-5:]:
            with refused("InvalidClientTokenId"):
                identity.sts.get_caller_identity()
        assert send(server, "POST", "/signin/credentials", cookie=cookie).status == 401
        iam.update_login_profile(UserName=user, Password=GOOD)


# A profile that is removed and made again does not bring former sessions back.
def test_profile_made_again(server, iam, name):
    user = name("person")
    iam.create_user(UserName=user)
    iam.create_login_profile(UserName=user, Password=GOOD)
    cookie = sign_in(server, user, GOOD).cookie
    iam.delete_login_profile(UserName=user)
    iam.create_login_profile(UserName=user, Password=GOOD)
    assert send(server, "GET", "/signin/session", cookie=cookie).status == 401
    assert sign_in(server, user, GOOD).status == 200
