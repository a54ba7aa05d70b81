// The Resource Groups Tagging API over IAM's resources: GetResources, GetTagKeys, GetTagValues.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::tagging {

void RegisterAll(pipeline::Registry& registry);

}  // namespace wardkeep::service::tagging
