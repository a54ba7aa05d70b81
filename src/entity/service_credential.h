// A service-specific credential of a user: a name and a secret for one service. The secret is 256 random
// bits; only its digest is kept, so nothing stored can be used in its place.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "entity/access_key.h"

namespace wardkeep::entity {

struct ServiceCredential {
  std::string id;             // ACCA...
  std::string service;        // "codecommit.amazonaws.com"
  std::string public_name;    // ServiceUserName, or ServiceCredentialAlias of an API key
  std::string secret_digest;  // SHA-256 of the secret, lower-case hexadecimal
  KeyStatus status = KeyStatus::kActive;
  base::Instant create_date;
  std::optional<base::Instant> expiration;  // API keys only

  bool IsExpiredAt(base::Instant now) const { return expiration && *expiration <= now; }
};

}  // namespace wardkeep::entity
