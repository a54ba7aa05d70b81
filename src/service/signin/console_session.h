// Console sessions: what a sign-in gives. The cookie carries a sealed session that stands for the sign-in;
// from it short-lived credentials are issued, which are session credentials like those of STS and carry the
// facts of the sign-in (MFA, time) as condition keys. Neither is stored. Pure functions of a state, except
// that issuing draws random numbers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "auth/issued_session.h"
#include "base/http_message.h"
#include "base/result.h"
#include "json/writer.h"
#include "pipeline/services.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::signin {

inline constexpr std::chrono::seconds kCredentialLife{3600};

// How a sign-in was verified.
struct SignedIn {
  const snapshot::AccountState& account;
  const entity::User* user;  // null for the root user
  bool mfa = false;
  std::string_view password_hash;  // of the password that holds now
  std::string session_policy;      // limits what the session may do; empty for none
};

// The life of a console session: `life`, or what MaxSigninSessionDuration (seconds) leaves of it.
std::chrono::seconds LimitedLife(std::chrono::seconds life, const std::optional<int32_t>& limit);

// A session with the state its principal was found in.
struct OpenSession {
  auth::Session session;
  snapshot::AccountStatePtr account;
  std::string arn;
  std::string principal_type;  // "Root", "IAMUser", "AssumedRole", "FederatedUser"
};

auth::IssuedSession MakeConsoleSession(const pipeline::Services& services, const SignedIn& who,
                                       base::Instant now, std::chrono::seconds life);
// A console session of credentials that somebody has, with the same rights; an error that says why not.
base::Result<auth::IssuedSession> MakeConsoleSession(const pipeline::Services& services,
                                                     const OpenSession& credentials, base::Instant now,
                                                     std::chrono::seconds life);

// kLimit when it does not fit.
base::Result<std::string> SealCookie(const pipeline::Services& services, const auth::IssuedSession& session);

// Whether the user or role of a session is still in its account; the root user always is.
bool IsThere(const auth::Session& session, const snapshot::AccountState& account);

// The account and principal of a session; nullopt when it has expired or its principal, password or account
// is gone.
std::optional<OpenSession> Revive(const pipeline::Services& services, auth::Session session,
                                  base::Instant now);
// The session of a request's cookie; nullopt without one that lives.
std::optional<OpenSession> FindConsoleSession(const pipeline::Services& services,
                                              const base::HttpRequest& request, base::Instant now);

// The session of such a cookie, as SealCookie gives it.
std::optional<OpenSession> OpenCookie(const pipeline::Services& services, std::string_view cookie,
                                      base::Instant now);

// Writes the members "accountId" to "expiration" about a session, and, if asked, "credentials" issued from
// it.
enum class WithCredentials : uint8_t { kNo, kYes };
base::Result<void> ShowSession(const pipeline::Services& services, const OpenSession& open, base::Instant now,
                               WithCredentials with, json::Writer& out);

}  // namespace wardkeep::service::signin
