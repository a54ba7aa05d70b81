// CreateDelegationRequest: somebody asks an account for temporary access. The request is written into the
// account that is to decide.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterDelegationCreation(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
