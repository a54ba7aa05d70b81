#include "auth/credential_scope.h"

#include <algorithm>
#include <array>

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
  return CredentialScope{parts[0], parts[1], parts[2], parts[3], parts[4]};
}

}  // namespace wardkeep::auth
