// The console sessions of one owner that were signed out before they expired. Sessions are sealed and stored
// nowhere, so it is their end that is kept: one small document for each owner, which whoever signs in and out
// again and again cannot grow. Plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace wardkeep::entity {

// Sessions of an owner that are kept one by one. The next sign-out begins a new generation of the owner's
// sessions instead, which ends all that began before it.
inline constexpr std::size_t kMostEndedSessions = 200;
// How much longer than its session an end is kept: a clock that was ahead for less must not revive a session.
inline constexpr std::chrono::days kEndedSessionMargin{1};

struct EndedSession {
  std::string id;       // auth::SignIn::id
  base::Instant until;  // when it would have expired
};

struct SignOuts {
  std::string owner;        // see SignOutsOwner
  uint64_t generation = 0;  // sessions of an earlier one have ended; goes up only
  std::vector<EndedSession> ended;
};

// Who shares a SignOuts: a user, the root user (the account's id), all sessions of a role, or all users that
// one user or root federates.
std::string SignOutsOwner(std::string_view principal_id, bool is_federated_user);

// False for a session that was signed out, or that began before the present generation.
bool IsSignedIn(const SignOuts& outs, std::string_view session_id, uint64_t generation);

// Notes the end of a session, and forgets those that have expired for longer than the margin.
void SignOut(SignOuts& outs, EndedSession session, base::Instant now);

}  // namespace wardkeep::entity
