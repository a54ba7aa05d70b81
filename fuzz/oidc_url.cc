// Arbitrary text as the URL of an OpenID Connect provider: a name that is taken is taken again from its own
// URL.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "federation/oidc_url.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto name = wardkeep::federation::OidcProviderName(text);
  if (!name) return 0;
  const auto again = wardkeep::federation::OidcProviderName("https://" + *name);
  if (!again || *again != *name) std::abort();
  return 0;
}
