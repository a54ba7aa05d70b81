// When the credentials of an account, and of a console session in it, are of no use any more. Pure functions
// of a state.
#pragma once

#include "auth/session.h"
#include "snapshot/account_state.h"

namespace wardkeep::pipeline {

// A closed account's credentials are refused until it is restored.
bool IsClosed(const snapshot::AccountState& account);

// False for a console session that was signed out, and for one of a user or root user whose password has been
// changed or deleted since. True for sessions that do not come from the console.
bool ConsoleSessionLives(const snapshot::AccountState& account, const auth::Session& session);

}  // namespace wardkeep::pipeline
