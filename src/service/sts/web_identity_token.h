// GetWebIdentityToken: a signed token that tells another system who the caller is.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::sts {

void RegisterWebIdentityToken(pipeline::Registry& registry);

}  // namespace wardkeep::service::sts
