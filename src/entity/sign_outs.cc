#include "entity/sign_outs.h"

#include <algorithm>
#include <utility>

namespace wardkeep::entity {
namespace {

bool Has(const SignOuts& outs, std::string_view session_id) {
  return std::ranges::any_of(outs.ended, [&](const EndedSession& one) { return one.id == session_id; });
}

}  // namespace

std::string SignOutsOwner(std::string_view principal_id, bool is_federated_user) {
  std::string owner(principal_id);
  if (is_federated_user) owner += "/federated";
  return owner;
}

bool IsSignedIn(const SignOuts& outs, std::string_view session_id, uint64_t generation) {
  return generation >= outs.generation && !Has(outs, session_id);
}

void SignOut(SignOuts& outs, EndedSession session, base::Instant now) {
  std::erase_if(outs.ended, [&](const EndedSession& old) { return old.until + kEndedSessionMargin <= now; });
  if (Has(outs, session.id)) return;
  if (outs.ended.size() < kMostEndedSessions) return outs.ended.push_back(std::move(session));
  ++outs.generation;
  outs.ended.clear();
}

}  // namespace wardkeep::entity
