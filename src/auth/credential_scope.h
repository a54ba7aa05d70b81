// The parts of a credential: AKID/YYYYMMDD/region/service/aws4_request.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace wardkeep::auth {

struct CredentialScope {
  std::string access_key_id;
  std::string date;
  std::string region;
  std::string service;
  std::string terminator;

  // "YYYYMMDD/region/service/aws4_request", the third line of the string to sign.
  std::string Text() const;
};

inline constexpr std::string_view kScopeTerminator = "aws4_request";

// nullopt unless there are exactly five parts; their content is not judged. The router uses it to learn the
// service.
std::optional<CredentialScope> ParseCredential(std::string_view credential);

}  // namespace wardkeep::auth
