// The sentence with which AWS refuses a call (policy-semantics 4.11, wire-protocols 7 "Access denied
// grammar"):
//
//   User: arn:aws:iam::111122223333:user/bob is not authorized to perform: iam:GetUser on resource: user ann
//   because no identity-based policy allows the iam:GetUser action
//
// One kind of policy is named: the one that denied explicitly, or the first that is missing in the order
// service control, resource control, endpoint, resource, identity, boundary, session. AssumeRole and its
// companions never say "because". Pure function, thread-safe.
#pragma once

#include <string>
#include <string_view>

#include "wardkeep/decision.h"

namespace wardkeep::policy {

// `resource` is printed as given and its part left out if empty. `deciding_policy_arn` is appended to
// explicit denials if given; the caller knows whether the reader may see it. `decision` must not allow.
std::string DenialText(std::string_view principal_arn, std::string_view action, std::string_view resource,
                       const Decision& decision, std::string_view deciding_policy_arn = {});

}  // namespace wardkeep::policy
