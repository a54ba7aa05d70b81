// ListEntitiesForPolicy: the users, groups and roles a managed policy is attached to or bounds.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterPolicyEntities(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
