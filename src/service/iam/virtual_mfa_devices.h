// Virtual MFA devices: create, list, delete.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterVirtualMfaDevices(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
