// All STS operations of this release.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::sts {

void RegisterAll(pipeline::Registry& registry);

}  // namespace wardkeep::service::sts
