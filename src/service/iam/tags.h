// Tag, Untag and ListTags of users, roles, customer managed policies and instance profiles.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterTags(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
