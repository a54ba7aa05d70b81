// GetHumanReadableSummary: a delegation request in words, made from its policy by rule.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterHumanReadableSummary(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
