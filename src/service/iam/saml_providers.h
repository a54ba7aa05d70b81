// CreateSAMLProvider and the other operations on SAML identity providers.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterSamlProviders(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
