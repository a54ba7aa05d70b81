// A console session that was signed out before it expired. Sessions are sealed and stored nowhere, so it is
// their end that is kept: with the user, or with the account for the root user, roles and federated users.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace wardkeep::entity {

struct EndedSession {
  std::string id;       // auth::Session::console_session_id
  base::Instant until;  // when it would have expired; the record is of no use after that
};

using EndedSessions = std::vector<EndedSession>;

bool HasEnded(const EndedSessions& ended, std::string_view session_id);

// Adds the session and drops the records of those that have expired.
void EndSession(EndedSessions& ended, EndedSession session, base::Instant now);

}  // namespace wardkeep::entity
