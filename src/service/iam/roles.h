// CreateRole, GetRole, ListRoles, UpdateRole, UpdateRoleDescription, UpdateAssumeRolePolicy, DeleteRole.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterRoles(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
