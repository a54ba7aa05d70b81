// GetScopedCredentials: temporary credentials of the same session with less rights or a shorter life
// (api-surface, GetScopedCredentials).
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::sts {

void RegisterScopedCredentials(pipeline::Registry& registry);

}  // namespace wardkeep::service::sts
