"""Central root access: an account without an organization gets AWS's own refusal, once it is authorised."""

import pytest
from refusals import refused

# list_organizations_features, enable_organizations_root_credentials_management,
# disable_organizations_root_credentials_management, enable_organizations_root_sessions,
# disable_organizations_root_sessions
OPERATIONS = ["list_organizations_features", "enable_organizations_root_credentials_management",
              "disable_organizations_root_credentials_management", "enable_organizations_root_sessions",
              "disable_organizations_root_sessions"]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_without_an_organization(iam, new_user, operation):
    with refused("OrganizationNotFoundException"):
        getattr(iam, operation)()
    _, identity = new_user()
    with refused("AccessDenied"):
        getattr(identity.iam, operation)()
