// The stored body of an IAM role. Encode and decode are each other's inverse. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/role.h"

namespace wardkeep::snapshot {

std::string EncodeRole(const entity::Role& role);
base::Result<entity::Role> DecodeRole(std::string_view body);

}  // namespace wardkeep::snapshot
