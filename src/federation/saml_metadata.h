// SAML 2.0 metadata of an identity provider, read with libxml2 and checked for what a provider needs
// (data-formats section 10): one EntityDescriptor with an entityID and an IDPSSODescriptor for SAML 2.0 that
// holds signing certificates.
//
// The text is hostile until read: no network, no document type, no entities beyond XML's own five, at most
// 10,000,000 characters, and the bounds of xml/markup_bounds.h on elements, attributes, depth and names before
// libxml2 sees it; 100 certificates. The time is linear in the bytes. Pure function, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace wardkeep::federation {

inline constexpr std::size_t kMostMetadataBytes = 10'000'000;

struct SamlMetadata {
  std::string entity_id;
  std::optional<base::Instant> valid_until;       // of the EntityDescriptor
  std::vector<std::string> signing_certificates;  // DER, each once; at least one
};

// What is wrong, in words for the log; AWS tells its clients only "Could not parse metadata".
base::Result<SamlMetadata> ReadSamlMetadata(std::string_view text);

}  // namespace wardkeep::federation
