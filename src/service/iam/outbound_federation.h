// EnableOutboundWebIdentityFederation and its siblings: whether the account's principals may ask
// sts:GetWebIdentityToken for tokens that other systems trust, and under which issuer.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterOutboundFederation(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
