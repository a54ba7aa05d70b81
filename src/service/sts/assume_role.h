// AssumeRole.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::sts {

void RegisterAssumeRole(pipeline::Registry& registry);

}  // namespace wardkeep::service::sts
