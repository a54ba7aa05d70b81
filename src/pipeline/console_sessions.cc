#include "pipeline/console_sessions.h"

namespace wardkeep::pipeline {
namespace {

// Sessions are issued at whole seconds.
bool IsNewer(const std::optional<base::Instant>& changed, const auth::Session& session) {
  return changed && std::chrono::floor<std::chrono::seconds>(*changed) > session.issued_at;
}

}  // namespace

bool IsClosed(const snapshot::AccountState& account) {
  return account.account().closed_at.has_value();
}

bool ConsoleSessionLives(const snapshot::AccountState& account, const auth::Session& session) {
  if (!session.is_console()) return true;
  const entity::Account& own = account.account();
  const bool with_password = session.kind == auth::SessionKind::kSessionToken;
  if (session.is_root || !with_password) {
    if (entity::HasEnded(own.ended_sessions, session.console_session_id)) return false;
    return !with_password || !IsNewer(own.root_password_changed, session);
  }
  const entity::User* user = account.FindUserById(session.principal_id);
  if (user == nullptr || !user->login_profile) return false;
  return !entity::HasEnded(user->ended_sessions, session.console_session_id) &&
         !IsNewer(user->login_profile->password_changed, session);
}

}  // namespace wardkeep::pipeline
