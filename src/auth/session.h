// Session: everything that temporary credentials stand for. It travels sealed inside the session token
// (session_token.h), so that issuing credentials stores nothing. What may be sealed is made by
// issued_session.h alone, which fills in the times and everything that a session has from the one it is made
// from. Owns its texts; move-only because of the secret.
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

// The sign-in to the console that a session comes from, directly or by way of other sessions: it ends with
// it.
struct SignIn {
  std::string id;  // UUID
  base::AccountId account_id;
  std::string owner;           // of entity::SignOuts: whose sign-ins it was one of
  uint64_t generation = 0;     // of the owner's sign-ins then
  uint64_t password_mark = 0;  // of the password it was made with (password_mark.h); 0: made with credentials
  friend bool operator==(const SignIn&, const SignIn&) = default;
};

// The delegation request that a session was lent by: it ends with it.
struct DelegationReference {
  base::AccountId account_id;  // where the request lives
  std::string request_id;
  friend bool operator==(const DelegationReference&, const DelegationReference&) = default;
};

// A role that a session was assumed by way of, with the issue time that its session had.
struct EarlierRole {
  std::string role_id;
  base::Instant issued_at;  // aws:TokenIssueTime, whole seconds; of the first session that this one renews
  friend bool operator==(const EarlierRole&, const EarlierRole&) = default;
};

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
  base::Instant issued_at;  // aws:TokenIssueTime, whole seconds; of the first session that this one renews
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
  bool is_chained = false;              // role assumed with temporary credentials
  std::string federated_provider;       // ARN or host name of the identity provider
  bool is_root = false;                 // the principal is the account's root user
  bool is_console = false;              // a console session, or the credentials that are its own
  std::optional<SignIn> sign_in;        // also of what was made from a console session's credentials
  std::optional<DelegationReference> delegation;
  std::optional<base::Instant> ends_by;    // nothing that is made from this session lives longer
  std::vector<EarlierRole> earlier_roles;  // of a chain of roles, without this one; each once

  // Whether policies of its own limit what the session may do.
  bool is_limited() const {
    return !session_policy.empty() || !session_policy_arns.empty() || !scope_policies.empty();
  }
  bool IsExpired(base::Instant now) const { return now >= expires_at; }
};

// The same session for credentials that are yet to be made: without key id, secret and times.
Session CopyWithoutCredentials(const Session& from);

}  // namespace wardkeep::auth
