// CreatePolicyVersion, GetPolicyVersion, ListPolicyVersions, SetDefaultPolicyVersion, DeletePolicyVersion.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterPolicyVersions(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
