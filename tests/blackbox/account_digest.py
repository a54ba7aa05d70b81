"""What a server holds, in one text: the account as its API tells it, and the documents in its store.

Two equal digests mean that nothing changed in between. Last-used facts are left out: reading changes them, and they are
written behind the requests.
"""

import contextlib
import hashlib
import re
import sqlite3


def stored_documents(data):
    """(account, kind, id) -> (name key, body) of every document in a data folder, read beside the running server."""
    with contextlib.closing(sqlite3.connect(f"file:{data}/wardkeep.db?mode=ro", uri=True, timeout=10)) as database:
        rows = database.execute("SELECT account, kind, id, name_key, body FROM document WHERE kind NOT IN ('usage', 'action_usage')")
        return {row[:3]: row[3:] for row in rows}


def store_digest(data):
    """A hash over every stored document."""
    return hashlib.sha256(repr(sorted(stored_documents(data).items())).encode()).hexdigest()


def account_texts(connection):
    """GetAccountAuthorizationDetails in full and GetAccountSummary, without request ids and last-used times."""
    texts, marker = [], None
    while True:
        parameters = {"MaxItems": "1000", **({"Marker": marker} if marker else {})}
        answer = connection.call("GetAccountAuthorizationDetails", parameters)
        assert answer.status == 200, answer
        texts.append(answer.text)
        found = re.search("<Marker>(.*?)</Marker>", answer.text)
        if not found:
            break
        marker = found[1]
    answer = connection.call("GetAccountSummary")
    assert answer.status == 200, answer
    joined = "".join([*texts, answer.text])
    return re.sub(r"<RequestId>.*?</RequestId>|<RoleLastUsed>.*?</RoleLastUsed>|<Marker>.*?</Marker>", "", joined, flags=re.DOTALL)


def digest(connection, data):
    """Everything together."""
    return account_texts(connection), store_digest(data)
