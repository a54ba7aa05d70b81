// The states of a delegation request: how long each lasts, which follow which, and how they are shown
// (User Guide, "Understanding the request lifecycle"). A request whose time is over is EXPIRED without being
// written; it is forgotten another seven days later.
#pragma once

#include <string_view>

#include "base/clock.h"
#include "entity/delegation_request.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

bool IsExpired(const entity::DelegationRequest& request, base::Instant now);
bool IsForgotten(const entity::DelegationRequest& request, base::Instant now);
// "UNASSIGNED", ..., "EXPIRED".
std::string_view StateName(const entity::DelegationRequest& request, base::Instant now);

// Moves the request on and starts the new state's time. InvalidInput when it is in another state than one of
// those that lead there, or expired.
ApiResult<void> MoveTo(entity::DelegationRequest& request, entity::DelegationState next, base::Instant now);

// The time a new request has to be associated.
base::Instant FirstExpiration(base::Instant now);

// NoSuchEntity for an unknown or forgotten one.
ApiResult<const entity::DelegationRequest*> RequireDelegationRequest(const snapshot::AccountState& account,
                                                                     std::string_view id, base::Instant now);

}  // namespace wardkeep::service::iam
