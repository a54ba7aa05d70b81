// AccountAccess of an account as the server keeps it.
#pragma once

#include <memory>

#include "snapshot/account_state.h"
#include "who_can/account_access.h"

namespace wardkeep::who_can {

// The root user, every user and every role. Never null. Keeps the state alive.
std::unique_ptr<const AccountAccess> FromState(const snapshot::AccountStatePtr& state);

}  // namespace wardkeep::who_can
