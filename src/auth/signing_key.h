// The arithmetic of Signature Version 4: string to sign, signing key, signature (reference/sigv4.md section
// 1). Pure functions, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "auth/credential_scope.h"
#include "base/secret.h"
#include "crypto/key_bytes.h"

namespace wardkeep::auth {

// `iso_basic_date` is the request's date as YYYYMMDDTHHMMSSZ.
std::string StringToSign(std::string_view iso_basic_date, const CredentialScope& scope,
                         std::string_view canonical_request);

// Depends on the secret, date, region and service only, so it can be kept (signing_key_cache.h).
crypto::KeyBytes DeriveSigningKey(const base::Secret& secret, const CredentialScope& scope);

// 64 lower-case hexadecimal digits.
std::string ComputeSignature(const crypto::KeyBytes& signing_key, std::string_view string_to_sign);

}  // namespace wardkeep::auth
