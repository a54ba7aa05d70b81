// Attach, Detach and ListAttached of managed policies for users, groups and roles.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterAttachments(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
