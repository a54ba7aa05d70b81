// Instance profiles: create, get, list, delete, add and remove the role.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterInstanceProfiles(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
