// The stored body of an OpenID Connect provider. Encode and decode are each other's inverse. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/oidc_provider.h"

namespace wardkeep::snapshot {

std::string EncodeOidcProvider(const entity::OidcProvider& provider);
base::Result<entity::OidcProvider> DecodeOidcProvider(std::string_view body);

}  // namespace wardkeep::snapshot
