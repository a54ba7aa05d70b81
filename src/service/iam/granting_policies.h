// ListPoliciesGrantingServiceAccess: which policies of a user, group or role reach given services.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterGrantingPolicies(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
