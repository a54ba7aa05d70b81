// CreateServiceLinkedRole, DeleteServiceLinkedRole, GetServiceLinkedRoleDeletionStatus.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterServiceLinkedRoles(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
