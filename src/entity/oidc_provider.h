// An OpenID Connect identity provider: whose tokens roles of the account may trust (data-formats section 10).
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "entity/identity_propagation.h"
#include "entity/tag.h"

namespace wardkeep::entity {

struct OidcProvider {
  std::string id;    // internal; AWS shows none
  std::string name;  // the URL without "https://", as given: host and path; unique ignoring ASCII case
  base::Instant create_date;
  std::vector<std::string> client_ids;   // allowed audiences, in the order they were added, each once
  std::vector<std::string> thumbprints;  // SHA-1 of a certificate as 40 hex digits, 1-5
  Tags tags;
  IdentityPropagation propagation;
};

}  // namespace wardkeep::entity
