// A SAML 2.0 identity provider: its metadata document and the keys that open encrypted assertions
// (data-formats section 10).
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "entity/identity_propagation.h"
#include "entity/tag.h"

namespace wardkeep::entity {

// A private key of the service provider; the identity provider encrypts assertions for its public half.
struct SamlPrivateKey {
  std::string id;          // SAMLPK..., 22-64 characters A-Z0-9
  std::string sealed_key;  // the PEM text, sealed with the purpose "saml-private-key" and the id
  base::Instant create_date;
};

struct SamlProvider {
  std::string id;  // shown as SAMLProviderUUID: SAMLSP..., 22-64 characters A-Z0-9
  std::string name;
  base::Instant create_date;
  base::Instant valid_until;                    // of the metadata; a hundred years when it names no end
  std::shared_ptr<const std::string> metadata;  // as given, up to 10,000,000 characters; never null
  std::string encryption_mode;                  // "Required", "Allowed" or empty
  std::vector<SamlPrivateKey> private_keys;     // at most two, oldest first
  Tags tags;
  IdentityPropagation propagation;
  std::string issuer;                   // entityID of the metadata; empty for one stored before it was kept
  std::vector<std::string> key_hashes;  // of the signing keys in the metadata: SHA-256, hexadecimal
};

}  // namespace wardkeep::entity
