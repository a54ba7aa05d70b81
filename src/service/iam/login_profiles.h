// Operations on the console passwords of IAM users: Create, Get, Update and DeleteLoginProfile,
// ChangePassword.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterLoginProfiles(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
