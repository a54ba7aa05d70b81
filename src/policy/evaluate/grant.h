// Who grants: once no statement denies and the outer gates are open, the identity and resource policies of
// caller and resource must come together as policy-semantics 4.1 (sameAccount, crossAccount), 4.4, 4.6
// and 4.7 say.
#pragma once

#include "policy/evaluate/layers.h"

namespace wardkeep::policy {

// The allowing decision, or an implicit deny that names the layers that would have had to allow.
Decision DecideGrant(const RequestFacts& facts, const Votes& votes);

}  // namespace wardkeep::policy
