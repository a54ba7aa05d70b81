// The stored body of an IAM user with its keys, inline policies, attachments and memberships. Encode and
// decode are each other's inverse. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/user.h"

namespace wardkeep::snapshot {

std::string EncodeUser(const entity::User& user);
base::Result<entity::User> DecodeUser(std::string_view body);

}  // namespace wardkeep::snapshot
