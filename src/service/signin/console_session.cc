#include "service/signin/console_session.h"

#include <algorithm>
#include <utility>

#include "auth/access_key_id.h"
#include "auth/secret_key.h"
#include "base/time_text.h"
#include "entity/arn.h"
#include "pipeline/console_sessions.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {
namespace {

using auth::Session;
using auth::SessionKind;

void Renew(const pipeline::Services& services, Session& session, base::Instant now, base::Instant until) {
  session.access_key_id =
      auth::MakeAccessKeyId(auth::AccessKeyKind::kTemporary, session.account_id, services.rng);
  session.secret = auth::MakeSecretKey(services.rng);
  session.issued_at = std::chrono::floor<std::chrono::seconds>(now);
  session.expires_at = until;
}

// Fills ARN and type; false when the principal is gone.
bool FindPrincipal(OpenSession& open) {
  const Session& session = open.session;
  const snapshot::AccountState& account = *open.account;
  if (session.kind == SessionKind::kFederationToken) {
    open.principal_type = "FederatedUser";
    open.arn = entity::FederatedUserArn(account.id(), session.session_name);
    return session.is_root || account.FindUserById(session.principal_id) != nullptr;
  }
  if (session.is_root) {
    open.principal_type = "Root";
    open.arn = entity::RootArn(account.id());
    return true;
  }
  if (session.kind == SessionKind::kSessionToken) {
    const entity::User* user = account.FindUserById(session.principal_id);
    if (user == nullptr) return false;
    open.principal_type = "IAMUser";
    open.arn = account.UserArn(*user);
    return true;
  }
  const entity::Role* role = account.FindRoleById(session.principal_id);
  if (role == nullptr) return false;
  open.principal_type = "AssumedRole";
  open.arn = entity::AssumedRoleArn(account.id(), role->name, session.session_name);
  return true;
}

}  // namespace

std::chrono::seconds LimitedLife(std::chrono::seconds life, const std::optional<int32_t>& limit) {
  return limit ? std::min(life, std::chrono::seconds(*limit)) : life;
}

Session MakeConsoleSession(const pipeline::Services& services, const SignedIn& who, base::Instant now,
                           std::chrono::seconds life) {
  Session session;
  session.kind = SessionKind::kSessionToken;
  session.account_id = who.account.id();
  session.is_root = who.user == nullptr;
  session.principal_id = who.user == nullptr ? who.account.id().value() : who.user->id;
  if (who.user != nullptr) session.user_name = who.user->name;
  session.console_session_id = base::RandomUuid(services.rng);
  session.session_policy = who.session_policy;
  session.mfa_authenticated = who.mfa;
  if (who.mfa) session.mfa_at = std::chrono::floor<std::chrono::seconds>(now);
  Renew(services, session, now, std::chrono::floor<std::chrono::seconds>(now) + life);
  return session;
}

Session MakeConsoleSession(const pipeline::Services& services, const Session& credentials, base::Instant now,
                           std::chrono::seconds life) {
  Session session = auth::CopyWithoutCredentials(credentials);
  session.console_session_id = base::RandomUuid(services.rng);
  Renew(services, session, now, std::chrono::floor<std::chrono::seconds>(now) + life);
  return session;
}

base::Result<std::string> SealCookie(const pipeline::Services& services, const Session& session) {
  WK_ASSIGN(const std::string token, services.keys.session_tokens.Seal(session));
  return session.access_key_id + "." + token;
}

std::optional<OpenSession> Revive(const pipeline::Services& services, Session session, base::Instant now) {
  if (session.IsExpired(now)) return std::nullopt;
  OpenSession open;
  open.account = services.directory.Find(session.account_id);
  if (open.account == nullptr || pipeline::IsClosed(*open.account)) return std::nullopt;
  open.session = std::move(session);
  if (!FindPrincipal(open) || !pipeline::ConsoleSessionLives(*open.account, open.session))
    return std::nullopt;
  return open;
}

std::optional<OpenSession> FindConsoleSession(const pipeline::Services& services,
                                              const base::HttpRequest& request, base::Instant now) {
  const auto cookie = SessionCookie(request);
  if (!cookie) return std::nullopt;
  const std::size_t dot = cookie->find('.');
  if (dot == std::string::npos) return std::nullopt;
  auto session = services.keys.session_tokens.Open(cookie->substr(0, dot), cookie->substr(dot + 1));
  // Session credentials of STS are not a sign-in.
  if (!session || !session->is_console()) return std::nullopt;
  return Revive(services, std::move(*session), now);
}

base::Result<void> ShowSession(const pipeline::Services& services, const OpenSession& open, base::Instant now,
                               WithCredentials with, json::Writer& out) {
  const Session& session = open.session;
  out.Key("accountId").String(session.account_id.value());
  out.Key("type").String(open.principal_type).Key("arn").String(open.arn);
  if (!session.user_name.empty()) out.Key("userName").String(session.user_name);
  out.Key("mfaAuthenticated").Bool(session.mfa_authenticated);
  out.Key("expiration").String(base::FormatIso8601(session.expires_at));
  if (with == WithCredentials::kNo) return {};
  Session issued = auth::CopyWithoutCredentials(session);
  Renew(services, issued, now,
        std::min<base::Instant>(session.expires_at,
                                std::chrono::floor<std::chrono::seconds>(now) + kCredentialLife));
  WK_ASSIGN(const std::string token, services.keys.session_tokens.Seal(issued));
  out.Key("credentials").BeginObject();
  out.Key("accessKeyId").String(issued.access_key_id).Key("secretAccessKey").String(issued.secret.Reveal());
  out.Key("sessionToken").String(token).Key("expiration").String(base::FormatIso8601(issued.expires_at));
  out.EndObject();
  return {};
}

}  // namespace wardkeep::service::signin
