// CreateServiceSpecificCredential, ListServiceSpecificCredentials, UpdateServiceSpecificCredential,
// ResetServiceSpecificCredential, DeleteServiceSpecificCredential.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterServiceCredentials(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
