// CreateOpenIDConnectProvider and the other operations on OpenID Connect providers.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterOidcProviders(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
