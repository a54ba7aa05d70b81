// Rules of the services that no policy can change (policy-semantics 4.1 step 0, 4.8, 4.10).
#pragma once

#include "policy/evaluate/request_facts.h"

namespace wardkeep::policy {

// sts:GetCallerIdentity needs no permission and cannot be denied.
bool IsUndeniable(const RequestFacts& facts);

// A root user assuming a role; a change to an AWS managed policy; changing or passing a reserved role;
// passing a role to a service in another account.
bool IsDeniedByRule(const RequestFacts& facts);

}  // namespace wardkeep::policy
