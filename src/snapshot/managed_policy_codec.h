// The stored body of a customer managed policy with its versions. Encode and decode are each other's inverse.
// Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/managed_policy.h"

namespace wardkeep::snapshot {

std::string EncodeManagedPolicy(const entity::ManagedPolicy& policy);
base::Result<entity::ManagedPolicy> DecodeManagedPolicy(std::string_view body);

}  // namespace wardkeep::snapshot
