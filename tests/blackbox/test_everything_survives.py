"""One of everything, read back through every operation that reads, before and after a restart."""

import re

from api_model import operations
from standing_account import Stage, handled_operations
from wardkeep_server import WardkeepServer

READING = re.compile(r"^(Get|List)(?!ContextKeys)")
# Answers that speak of the moment, or are made anew each time.
OF_THE_MOMENT = {"GetSessionToken", "GetFederationToken", "GetCredentialReport", "GetWebIdentityToken", "GetDelegatedAccessToken",
                 "GetServiceLastAccessedDetails", "GetServiceLastAccessedDetailsWithEntities", "GetOrganizationsAccessReport"}
VARYING = re.compile(r"<(RequestId|Marker|RoleLastUsed|PasswordLastUsed)>.*?</\1>", re.DOTALL)


def answers(stage, known):
    """{operation: its answer to a valid request about the standing account}."""
    found = {}
    for service, operation in operations():
        if (service, operation) in known and READING.match(operation) and operation not in OF_THE_MOMENT:
            answer = stage.send(service, operation, stage.values_for(service, operation).request(operation))
            found[operation] = (answer.status, VARYING.sub("", answer.text))
    return found


# Every reading operation answers after a restart as it did before.
def test_every_answer_is_the_same_after_a_restart(binary, tmp_path):
    known = handled_operations(binary)
    with WardkeepServer(binary, data=tmp_path / "data") as server:
        stage = Stage(server)
        before = answers(stage, known)
    assert sum(status == 200 for status, _ in before.values()) > 40
    with WardkeepServer(binary, data=tmp_path / "data") as server:
        after = answers(stage.over(server), known)
    assert {name for name in before if before[name] != after[name]} == set()
