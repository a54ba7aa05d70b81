// Whose delegation requests an account takes: its own, and those of accounts that it has named in its account
// property WardkeepDelegation/AcceptFrom (account ids with commas between them, * for all, none for nobody). None are named
// unless the account does so: a request lives in the account that is asked and takes room there. Pure
// functions.
#pragma once

#include <string_view>

#include "entity/account.h"

namespace wardkeep::service::iam {

inline constexpr std::string_view kAcceptFromProperty = "WardkeepDelegation/AcceptFrom";

// The values the property takes: account ids with commas between them, *, or none.
bool IsAccountList(std::string_view text);

bool AcceptsDelegationRequests(const entity::Account& owner, const base::AccountId& requestor);

}  // namespace wardkeep::service::iam
