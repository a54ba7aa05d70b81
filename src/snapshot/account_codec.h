// The stored body of an account and its root user. Encode and decode are each other's inverse. Pure
// functions.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "entity/account.h"

namespace wardkeep::snapshot {

std::string EncodeAccount(const entity::Account& account);
base::Result<entity::Account> DecodeAccount(std::string_view body);

}  // namespace wardkeep::snapshot
