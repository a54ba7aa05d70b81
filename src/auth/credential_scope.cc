#include "auth/credential_scope.h"

#include <algorithm>
#include <array>
#include <utility>

namespace wardkeep::auth {

std::string CredentialScope::Text() const {
  return date + "/" + region + "/" + service + "/" + terminator;
}

std::optional<CredentialScope> ParseCredential(std::string_view credential) {
  if (std::ranges::count(credential, '/') != 4) return std::nullopt;
  std::array<std::string, 5> parts;
  for (std::string& part : parts) {
    const auto end = credential.find('/');
    part = credential.substr(0, end);
    credential.remove_prefix(end == std::string_view::npos ? credential.size() : end + 1);
  }
  return CredentialScope{std::move(parts[0]), std::move(parts[1]), std::move(parts[2]), std::move(parts[3]),
                         std::move(parts[4])};
}

}  // namespace wardkeep::auth
