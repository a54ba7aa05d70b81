// Put, Get, List and Delete of inline policies of users, groups and roles: one logic for three kinds of
// owner.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterInlinePolicies(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
