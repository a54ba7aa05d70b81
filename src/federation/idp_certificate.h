// The certificate of an OpenID Connect provider, asked from its server as AWS asks for it when a provider is
// created without a thumbprint: the last certificate of the chain that the host presents, which is where the
// trust in it begins (workload-credentials 6.3).
//
// What is verified: the certificate names the host, each certificate of the chain is valid today and signed by
// the next one. That the last one is known to anybody is not: private authorities are the reason for
// thumbprints, and this is the first meeting.
//
// Only the host of the issuer is asked. AWS asks the host of the `jwks_uri`; a document that names another
// host is refused here, because a caller could have the server ask any host with it. Every failure gives the
// same answer after the same time, so that neither says what the caller's host name leads to.
//
// Bounds: 5 seconds in all, 64 KiB, no redirects, HTTPS on port 443 only, at most 10 certificates. Blocks;
// belongs on a pool of its own. Thread-safe.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "federation/outbound_address.h"

namespace wardkeep::federation {

struct IdpQuestion {
  std::string_view name;  // OidcProviderName
  const OutboundAddresses& addresses;
  base::Instant now;
  std::stop_token stopping = {};  // ends the wait at once
  int port = 443;                 // tests have no right to 443
  std::chrono::milliseconds patience{5000};
};

// 40 hexadecimal digits; any error means that there is none.
base::Result<std::string> FetchIdpThumbprint(const IdpQuestion& question);

// The thumbprint of the last of the PEM certificates; kInvalid for a chain that is not one, see above.
base::Result<std::string> LastThumbprint(std::string_view pem_chain, base::Instant now);

// Whether it is the discovery document of https://NAME and its key set is on the same host; kInvalid if not.
base::Result<void> CheckDiscovery(std::string_view document, std::string_view name);

}  // namespace wardkeep::federation
