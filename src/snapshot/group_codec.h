// The stored body of an IAM group. Encode and decode are each other's inverse. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/group.h"

namespace wardkeep::snapshot {

std::string EncodeGroup(const entity::Group& group);
base::Result<entity::Group> DecodeGroup(std::string_view body);

}  // namespace wardkeep::snapshot
