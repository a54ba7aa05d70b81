// Operations on the account's properties: Put and GetAccountProperties.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterAccountProperties(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
