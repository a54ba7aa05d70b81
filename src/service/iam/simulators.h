// SimulateCustomPolicy and SimulatePrincipalPolicy.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterSimulators(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
