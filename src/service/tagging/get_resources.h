// GetResources: which resources have which tags, filtered and in pages.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::tagging {

void RegisterGetResources(pipeline::Registry& registry);

}  // namespace wardkeep::service::tagging
