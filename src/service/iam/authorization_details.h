// GetAccountAuthorizationDetails: users, groups, roles and policies of the account with all their policies.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterAuthorizationDetails(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
