// Session: everything that temporary credentials stand for. It travels sealed inside the session token
// (session_token.h), so that issuing credentials stores nothing. Owns its texts; move-only because of the
// secret.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/account_id.h"
#include "base/clock.h"
#include "base/secret.h"

namespace wardkeep::auth {

// The STS operation that issued the session. The numbers are stored in tokens.
enum class SessionKind : uint8_t {
  kAssumedRole = 1,      // AssumeRole
  kFederationToken = 2,  // GetFederationToken
  kSessionToken = 3,     // GetSessionToken
  kAssumedRoot = 4,      // AssumeRoot
  kWebIdentity = 5,      // AssumeRoleWithWebIdentity
  kSaml = 6,             // AssumeRoleWithSAML
  kDelegated = 7,        // GetDelegatedAccessToken; principal_id is of a user or of a role
};

struct SessionTag {
  std::string key;
  std::string value;
  friend bool operator==(const SessionTag&, const SessionTag&) = default;
};

inline constexpr std::size_t kMostScopePolicies = 3;

struct Session {
  SessionKind kind = SessionKind::kAssumedRole;
  std::string access_key_id;  // ASIA...; not stored in the token but bound to it
  base::AccountId account_id;
  std::string principal_id;  // AIDA... of the user, AROA... of the role, the account id for root
  std::string role_name;     // of role sessions, else empty
  std::string role_path;     // "/team/" or "/"
  std::string user_name;     // of the user behind GetSessionToken and GetFederationToken
  std::string session_name;  // role session name, or name of the federated user
  base::Secret secret;
  base::Instant issued_at;  // whole seconds
  base::Instant expires_at;
  std::string session_policy;  // JSON text as given, empty for none
  std::vector<std::string> session_policy_arns;
  // Of GetScopedCredentials, outermost first, at most kMostScopePolicies: each narrows what was there before.
  std::vector<std::string> scope_policies;
  std::vector<SessionTag> tags;
  std::vector<std::string> transitive_tag_keys;
  std::string source_identity;
  bool mfa_authenticated = false;
  std::optional<base::Instant> mfa_at;  // whole seconds
  bool is_chained = false;              // role assumed with role credentials
  std::string federated_provider;       // ARN or host name of the identity provider
  bool is_root = false;                 // the principal is the account's root user
  std::string console_session_id;       // of credentials of a console sign-in, else empty

  // Whether policies of its own limit what the session may do.
  bool is_limited() const {
    return !session_policy.empty() || !session_policy_arns.empty() || !scope_policies.empty();
  }
  bool is_console() const { return !console_session_id.empty(); }
  bool IsExpired(base::Instant now) const { return now >= expires_at; }
};

// The same session for credentials that are yet to be made: without key id, secret and times.
Session CopyWithoutCredentials(const Session& from);

}  // namespace wardkeep::auth
