// A server certificate: an X.509 certificate with its chain and private key, for TLS servers. The private key
// is sealed and no operation returns it.
#pragma once

#include <string>

#include "base/clock.h"
#include "entity/tag.h"

namespace wardkeep::entity {

struct ServerCertificate {
  std::string id;    // ASCA...
  std::string name;  // unique in the account ignoring ASCII case
  std::string path = "/";
  std::string body;                // PEM as uploaded
  std::string chain;               // PEM as uploaded; empty for none
  std::string sealed_private_key;  // bytes of crypto::Sealer, purpose "server-certificate-key", bound to `id`
  base::Instant upload_date;
  base::Instant expiration;
  Tags tags;
};

}  // namespace wardkeep::entity
