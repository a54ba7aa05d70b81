// Ids of credentials (data-formats section 2): a prefix and random characters of A-Z2-7. Unlike the ids of
// unique_id.h they name no principal.
#pragma once

#include <cstdint>
#include <string>

#include "base/rng.h"

namespace wardkeep::entity {

enum class CredentialKind : uint8_t {
  kSshPublicKey,       // APKA..., 20 characters
  kServiceCredential,  // ACCA..., 21 characters
  kServerCertificate,  // ASCA..., 21 characters
};

// At least 80 random bits; the caller need not look for collisions.
std::string MakeCredentialId(CredentialKind kind, base::Rng& rng);

}  // namespace wardkeep::entity
