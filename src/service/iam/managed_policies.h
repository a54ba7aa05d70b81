// CreatePolicy, GetPolicy, ListPolicies, DeletePolicy, for customer managed policies and those of AWS.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterManagedPolicies(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
