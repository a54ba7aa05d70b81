// GetDelegatedAccessToken: trades the token of a delegation request for credentials of whoever accepted it,
// limited to the policy of the request.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::sts {

void RegisterDelegatedAccess(pipeline::Registry& registry);

}  // namespace wardkeep::service::sts
