// PutUserPermissionsBoundary, PutRolePermissionsBoundary and their Delete counterparts.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterBoundaries(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
