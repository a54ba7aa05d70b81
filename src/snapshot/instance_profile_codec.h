// The stored body of an instance profile. Encode and decode are each other's inverse. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/instance_profile.h"

namespace wardkeep::snapshot {

std::string EncodeInstanceProfile(const entity::InstanceProfile& profile);
base::Result<entity::InstanceProfile> DecodeInstanceProfile(std::string_view body);

}  // namespace wardkeep::snapshot
