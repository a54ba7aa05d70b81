// When the credentials of an account, or what they come from, are of no use any more. Pure functions of a
// state.
#pragma once

#include "auth/session.h"
#include "snapshot/account_state.h"

namespace wardkeep::pipeline {

// A closed account's credentials are refused until it is restored.
bool IsClosed(const snapshot::AccountState& account);

// False for a sign-in to the console that was signed out, whose account is closed, or whose password has been
// changed or deleted since. `account` is that of the sign-in.
bool SignInLives(const snapshot::AccountState& account, const auth::SignIn& sign_in);

// False once the delegation request was revoked, or its account closed. `account` is that of the request.
bool DelegationLives(const snapshot::AccountState& account, const auth::DelegationReference& delegation);

// Whether what ends the session, as far as this account knows it, still stands. What lies in another account
// is not looked at.
bool OriginLives(const snapshot::AccountState& account, const auth::Session& session);

// A new sign-in of an owner (entity::SignOutsOwner).
auth::SignIn MakeSignIn(const snapshot::AccountState& account, std::string owner, std::string id);

}  // namespace wardkeep::pipeline
