// AccountId: the 12 decimal digits that name an account; leading zeros are significant.
#pragma once

#include <string_view>

#include "base/strong_id.h"

namespace wardkeep::base {

struct AccountIdTag;
using AccountId = StrongId<AccountIdTag>;

// True for exactly 12 ASCII digits.
bool IsAccountId(std::string_view text);

}  // namespace wardkeep::base
