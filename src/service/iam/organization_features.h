// ListOrganizationsFeatures, Enable- and DisableOrganizationsRootCredentialsManagement, Enable- and
// DisableOrganizationsRootSessions: settings of an organization's management account over its members. An
// account that is in no organization gets AWS's own refusal.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterOrganizationFeatures(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
