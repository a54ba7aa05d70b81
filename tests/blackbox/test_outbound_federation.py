"""Whether an account vends web identity tokens, and under which issuer."""

import re

from conftest import Identity
from refusals import refused
from wardkeep_server import WardkeepServer


# Off at first; on once; the issuer stays the same when it is switched off and on again.
def test_enable_outbound_web_identity_federation_and_get_and_disable(fresh):
    iam = fresh.admin.iam
    with refused("FeatureDisabled"):
        iam.get_outbound_web_identity_federation_info()
    with refused("FeatureDisabled"):
        iam.disable_outbound_web_identity_federation()
    issuer = iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
    assert re.fullmatch(r"https://[0-9a-f-]{36}\.tokens\.sts\.global\.api\.aws", issuer)
    info = iam.get_outbound_web_identity_federation_info()
    assert info["IssuerIdentifier"] == issuer and info["JwtVendingEnabled"] is True
    with refused("FeatureEnabled"):
        iam.enable_outbound_web_identity_federation()
    iam.disable_outbound_web_identity_federation()
    with refused("FeatureDisabled"):
        iam.get_outbound_web_identity_federation_info()
    assert iam.enable_outbound_web_identity_federation()["IssuerIdentifier"] == issuer


def test_get_outbound_web_identity_federation_info_survives_restart(binary, tmp_path):
    with WardkeepServer(binary, data=tmp_path) as server:
        issuer = Identity(server.endpoint, *server.admin_key).iam.enable_outbound_web_identity_federation()["IssuerIdentifier"]
        server.kill()
    with WardkeepServer(binary, data=tmp_path) as server:
        iam = Identity(server.endpoint, *server.admin_key).iam
        assert iam.get_outbound_web_identity_federation_info()["IssuerIdentifier"] == issuer


# Two accounts never share an issuer.
def test_issuers_differ(binary):
    issuers = set()
    for _ in range(2):
        with WardkeepServer(binary) as server:
            iam = Identity(server.endpoint, *server.admin_key).iam
            issuers.add(iam.enable_outbound_web_identity_federation()["IssuerIdentifier"])
    assert len(issuers) == 2
