#include "entity/ended_session.h"

#include <algorithm>
#include <utility>

namespace wardkeep::entity {

bool HasEnded(const EndedSessions& ended, std::string_view session_id) {
  return std::any_of(ended.begin(), ended.end(),
                     [&](const EndedSession& session) { return session.id == session_id; });
}

void EndSession(EndedSessions& ended, EndedSession session, base::Instant now) {
  std::erase_if(ended, [&](const EndedSession& old) { return old.until <= now; });
  if (!HasEnded(ended, session.id)) ended.push_back(std::move(session));
}

}  // namespace wardkeep::entity
