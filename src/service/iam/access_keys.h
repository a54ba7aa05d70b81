// CreateAccessKey, ListAccessKeys, UpdateAccessKey, DeleteAccessKey, GetAccessKeyLastUsed, for users and for
// root.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterAccessKeys(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
