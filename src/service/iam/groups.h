// CreateGroup, GetGroup, ListGroups, UpdateGroup, DeleteGroup.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterGroups(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
