#include "service/signin/console_session.h"

#include <algorithm>
#include <utility>

#include "auth/password_mark.h"
#include "base/time_text.h"
#include "entity/arn.h"
#include "pipeline/console_sessions.h"
#include "service/signin/signin_http.h"

namespace wardkeep::service::signin {
namespace {

using auth::IssuedSession;
using auth::Session;
using auth::SessionKind;

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

IssuedSession MakeConsoleSession(const pipeline::Services& services, const SignedIn& who, base::Instant now,
                                 std::chrono::seconds life) {
  Session session;
  session.kind = SessionKind::kSessionToken;
  session.account_id = who.account.id();
  session.is_root = who.user == nullptr;
  session.principal_id = who.user == nullptr ? who.account.id().value() : who.user->id;
  if (who.user != nullptr) session.user_name = who.user->name;
  session.session_policy = who.session_policy;
  session.mfa_authenticated = who.mfa;
  if (who.mfa) session.mfa_at = std::chrono::floor<std::chrono::seconds>(now);
  auth::SignIn sign_in = pipeline::MakeSignIn(who.account, entity::SignOutsOwner(session.principal_id, false),
                                              base::RandomUuid(services.rng));
  sign_in.password_mark = auth::PasswordMark(who.password_hash);
  return IssuedSession::SignedIn(std::move(session), std::move(sign_in), {now, life, services.rng});
}

base::Result<IssuedSession> MakeConsoleSession(const pipeline::Services& services,
                                               const OpenSession& credentials, base::Instant now,
                                               std::chrono::seconds life) {
  const Session& session = credentials.session;
  const bool federated = session.kind == SessionKind::kFederationToken;
  const entity::Role* role = federated ? nullptr : credentials.account->FindRoleById(session.principal_id);
  auth::SignIn sign_in =
      pipeline::MakeSignIn(*credentials.account, entity::SignOutsOwner(session.principal_id, federated),
                           base::RandomUuid(services.rng));
  const std::chrono::seconds maximum(role == nullptr ? 0 : role->max_session_duration);
  return IssuedSession::Console(session, std::move(sign_in), maximum, {now, life, services.rng});
}

bool IsThere(const Session& session, const snapshot::AccountState& account) {
  if (session.is_root) return true;
  const bool of_role =
      session.kind != SessionKind::kSessionToken && session.kind != SessionKind::kFederationToken;
  return of_role ? account.FindRoleById(session.principal_id) != nullptr
                 : account.FindUserById(session.principal_id) != nullptr;
}

base::Result<std::string> SealCookie(const pipeline::Services& services, const IssuedSession& session) {
  WK_ASSIGN(const std::string token, services.keys.session_tokens.Seal(session));
  return session.session().access_key_id + "." + token;
}

std::optional<OpenSession> Revive(const pipeline::Services& services, Session session, base::Instant now) {
  if (session.IsExpired(now)) return std::nullopt;
  OpenSession open;
  open.account = services.directory.Find(session.account_id);
  if (open.account == nullptr || pipeline::IsClosed(*open.account)) return std::nullopt;
  open.session = std::move(session);
  if (!FindPrincipal(open) || !pipeline::OriginLives(*open.account, open.session)) return std::nullopt;
  return open;
}

std::optional<OpenSession> FindConsoleSession(const pipeline::Services& services,
                                              const base::HttpRequest& request, base::Instant now) {
  const auto cookie = SessionCookie(request);
  if (!cookie) return std::nullopt;
  return OpenCookie(services, *cookie, now);
}

std::optional<OpenSession> OpenCookie(const pipeline::Services& services, std::string_view cookie,
                                      base::Instant now) {
  const std::size_t dot = cookie.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  auto session = services.keys.session_tokens.Open(cookie.substr(0, dot), cookie.substr(dot + 1));
  // Session credentials of STS are not a sign-in.
  if (!session || !session->is_console) return std::nullopt;
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
  WK_ASSIGN(const IssuedSession made,
            IssuedSession::CredentialsOf(session, {now, kCredentialLife, services.rng}));
  WK_ASSIGN(const std::string token, services.keys.session_tokens.Seal(made));
  const Session& issued = made.session();
  out.Key("credentials").BeginObject();
  out.Key("accessKeyId").String(issued.access_key_id).Key("secretAccessKey").String(issued.secret.Reveal());
  out.Key("sessionToken").String(token).Key("expiration").String(base::FormatIso8601(issued.expires_at));
  out.EndObject();
  return {};
}

}  // namespace wardkeep::service::signin
