// A key of an account that signs web identity tokens for other systems, and its public half as those systems
// fetch it.
#pragma once

#include <string>

#include "base/clock.h"

namespace wardkeep::entity {

struct TokenKey {
  std::string id;          // "kid" of tokens and key set
  std::string algorithm;   // "RS256" or "ES384"
  std::string sealed_key;  // DER, sealed with the purpose "token-signing-key" and the id
  std::string public_jwk;  // JSON object (RFC 7517)
  base::Instant create_date;
};

}  // namespace wardkeep::entity
