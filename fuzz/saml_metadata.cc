// Any bytes: metadata is read or refused, and what is accepted has what a provider needs.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.h"
#include "federation/saml_metadata.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto metadata = wardkeep::federation::ReadSamlMetadata(text);
  if (!metadata) {
    WK_ASSERT(!metadata.error().message.empty());
    return 0;
  }
  WK_ASSERT(!metadata->entity_id.empty() && !metadata->signing_certificates.empty());
  WK_ASSERT(text.find("<!DOCTYPE") == std::string_view::npos);
  return 0;
}
