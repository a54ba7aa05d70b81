// The stored body of a SAML provider. Encode and decode are each other's inverse. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/saml_provider.h"

namespace wardkeep::snapshot {

std::string EncodeSamlProvider(const entity::SamlProvider& provider);
base::Result<entity::SamlProvider> DecodeSamlProvider(std::string_view body);

}  // namespace wardkeep::snapshot
