// The services that take service-specific credentials, and the form theirs have. One table.
#pragma once

#include <string_view>

namespace wardkeep::service::iam {

struct CredentialService {
  std::string_view name;           // "codecommit.amazonaws.com"
  bool is_api_key = false;         // an alias and one secret that may expire, else a user name and a password
  std::string_view secret_prefix;  // of API keys
};

// Compared ignoring case. Null for a service that takes none.
const CredentialService* FindCredentialService(std::string_view name);

}  // namespace wardkeep::service::iam
