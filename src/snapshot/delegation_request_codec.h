// The stored form of a delegation request. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/delegation_request.h"

namespace wardkeep::snapshot {

std::string EncodeDelegationRequest(const entity::DelegationRequest& request);
// kCorrupt for a body that is not as written.
base::Result<entity::DelegationRequest> DecodeDelegationRequest(std::string_view body);

}  // namespace wardkeep::snapshot
