// CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterUsers(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
