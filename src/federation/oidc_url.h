// The URL of an OpenID Connect provider (data-formats section 10): https, a host, an optional path; no port
// but 443, no user, query or fragment. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardkeep::federation {

// What stands behind "https://": host and path, as given; AWS names and shows the provider so. nullopt for
// any other URL. The scheme is compared ignoring case; ":443" is cut off.
std::optional<std::string> OidcProviderName(std::string_view url);

}  // namespace wardkeep::federation
