// AssociateDelegationRequest, GetDelegationRequest, ListDelegationRequests,
// UpdateDelegationRequest, AcceptDelegationRequest, RejectDelegationRequest, SendDelegationToken.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterDelegationRequests(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
