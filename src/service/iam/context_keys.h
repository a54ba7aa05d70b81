// GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy: which condition keys policies ask for.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterContextKeys(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
