// MFA devices of users and of root: enable, synchronise, deactivate, list, get.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterMfaDevices(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
