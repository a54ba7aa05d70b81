// AddUserToGroup, RemoveUserFromGroup, ListGroupsForUser.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterMemberships(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
