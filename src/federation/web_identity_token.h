// Web identity tokens that this server issues: signed JSON Web Tokens (RFC 7519), the public keys as a key
// set (RFC 7517), and the discovery document of the issuer (data-formats section 13). Pure, but for the
// randomness inside ES384 signatures.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "crypto/signing_key_pair.h"

namespace wardkeep::federation {

struct TokenClaims {
  std::string issuer;
  std::string subject;                 // ARN of the principal: of the role, not of its session
  std::vector<std::string> audiences;  // at least one; a single one is written as a string
  base::Instant issued_at;
  base::Instant expires_at;
  std::string id;
  std::string account;
  std::string subject_mode;  // empty when the request named none
  // In the order they are to be written; empty lists are left out.
  std::vector<std::pair<std::string, std::string>> principal_tags;
  std::vector<std::pair<std::string, std::string>> request_tags;
};

// The payload of the token.
std::string ClaimsText(const TokenClaims& claims);
// header.payload.signature
std::string SignToken(const crypto::SigningKeyPair& key, std::string_view key_id, std::string_view claims);

// The public half as a JSON object.
std::string PublicJwk(const crypto::SigningKeyPair& key, std::string_view key_id);
// {"keys":[...]} of such objects.
std::string KeySet(const std::vector<std::string>& public_jwks);
std::string DiscoveryDocument(std::string_view issuer);

// The name of an issuer within its host: a UUID whose first ten hexadecimal digits are the account, so that
// the account is found without a search, and whose rest is random.
std::string MakeIssuerId(std::string_view account, std::string_view random_uuid);
// The account in an issuer's name, 12 digits; empty for a text that is no such name. Whether the account has
// that issuer is for the caller to see.
std::string AccountOfIssuerId(std::string_view issuer_id);

}  // namespace wardkeep::federation
