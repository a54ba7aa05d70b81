// All IAM operations of this release.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterAll(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
