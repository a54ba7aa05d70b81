// The certificate of an OpenID Connect provider, asked from its server as AWS asks for it when a provider is
// created without a thumbprint: the last certificate of the chain that the host of its key set presents.
//
// The chain is not verified: this is the first meeting, and private authorities are the reason for
// thumbprints. The name in the certificate is. Bounds: 5 seconds in all, 64 KiB per answer, no redirects,
// HTTPS on port 443 only, at most 10 certificates. Blocks; call from a worker. Thread-safe.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.h"

namespace wardkeep::federation {

struct IdpQuestion {
  std::string_view name;  // OidcProviderName
  int port = 443;         // tests have no right to 443
  std::chrono::milliseconds patience{5000};
};

// 40 hexadecimal digits. kUnavailable: no answer, or none in time. kInvalid: the answer is no discovery
// document of this provider.
base::Result<std::string> FetchIdpThumbprint(const IdpQuestion& question);

// The thumbprint of the last of the PEM certificates; kInvalid when there is none or it is broken.
base::Result<std::string> LastThumbprint(std::string_view pem_chain);

// The jwks_uri of a discovery document whose issuer is https://NAME; kInvalid otherwise.
base::Result<std::string> KeySetUrl(std::string_view discovery_document, std::string_view name);

}  // namespace wardkeep::federation
