#include "auth/issued_session.h"

#include <algorithm>
#include <utility>

#include "auth/access_key_id.h"
#include "auth/secret_key.h"
#include "base/ascii.h"

namespace wardkeep::auth {
namespace {

using base::Error;
using base::ErrorCode;
using base::Instant;

Instant WholeSeconds(Instant t) {
  return std::chrono::floor<std::chrono::seconds>(t);
}

bool IsRoleSession(const Session& session) {
  return session.kind == SessionKind::kAssumedRole || session.kind == SessionKind::kWebIdentity ||
         session.kind == SessionKind::kSaml;
}

// A draft has no origin but the one that is filled in here.
void ForgetOrigin(Session& draft) {
  draft.is_chained = false;
  draft.is_console = false;
  draft.sign_in.reset();
  draft.delegation.reset();
  draft.ends_by.reset();
  draft.earlier_roles.clear();
}

// New key and secret, and the times; false when there is no time left.
bool Complete(Session& session, Instant issued_at, Instant expires_at, const Issue& issue) {
  session.access_key_id = MakeAccessKeyId(AccessKeyKind::kTemporary, session.account_id, issue.rng);
  session.secret = MakeSecretKey(issue.rng);
  session.issued_at = WholeSeconds(issued_at);
  session.expires_at = WholeSeconds(expires_at);
  if (session.ends_by) session.expires_at = std::min(session.expires_at, *session.ends_by);
  return !session.IsExpired(issue.now);
}

Error NoTimeLeft() {
  return Error(
      ErrorCode::kLimit,
      "The time of the credentials that these would be made from is over. Get new ones and try again.");
}

// What whoever holds the caller's credentials must not get rid of by having others made.
void InheritEnds(const Session& caller, Session& session) {
  session.sign_in = caller.sign_in;
  session.delegation = caller.delegation;
  session.ends_by = caller.ends_by;
}

bool IsTransitive(const Session& session, std::string_view key) {
  return std::ranges::any_of(session.transitive_tag_keys, [&](const std::string& other) {
    return base::EqualsIgnoreAsciiCase(other, key);
  });
}

// Transitive tags and the source identity go from session to session (policy-semantics 5.3).
void InheritTags(const Session& caller, Session& session) {
  for (const SessionTag& tag : caller.tags) {
    if (IsTransitive(caller, tag.key)) session.tags.push_back(tag);
  }
  for (const std::string& key : caller.transitive_tag_keys) session.transitive_tag_keys.push_back(key);
  if (!caller.source_identity.empty()) session.source_identity = caller.source_identity;
}

// The chain up to and with the caller.
std::vector<EarlierRole> ChainOf(const Session& caller) {
  std::vector<EarlierRole> chain = caller.earlier_roles;
  if (IsRoleSession(caller)) chain.push_back({caller.principal_id, caller.issued_at});
  return chain;
}

}  // namespace

base::Result<IssuedSession> IssuedSession::FirstHand(Session draft, const Session* caller,
                                                     const Issue& issue) {
  if (caller != nullptr) {
    return Error(ErrorCode::kInvalid, "These credentials cannot be made from session credentials.");
  }
  ForgetOrigin(draft);
  if (!Complete(draft, issue.now, issue.now + issue.life, issue)) return NoTimeLeft();
  return IssuedSession(std::move(draft));
}

IssuedSession IssuedSession::SignedIn(Session draft, SignIn sign_in, const Issue& issue) {
  ForgetOrigin(draft);
  draft.is_console = true;
  draft.sign_in = std::move(sign_in);
  Complete(draft, issue.now, WholeSeconds(issue.now) + issue.life, issue);
  draft.ends_by = draft.expires_at;
  return IssuedSession(std::move(draft));
}

base::Result<IssuedSession> IssuedSession::Assumed(Session draft, const Session* caller,
                                                   std::chrono::seconds role_maximum, const Issue& issue) {
  if (caller == nullptr) return FirstHand(std::move(draft), nullptr, issue);
  ForgetOrigin(draft);
  draft.is_chained = true;
  InheritEnds(*caller, draft);
  InheritTags(*caller, draft);
  Instant issued_at = issue.now;
  Instant expires_at = WholeSeconds(issue.now) + std::min(issue.life, kChainedLimit);
  draft.earlier_roles = ChainOf(*caller);
  const auto own = std::ranges::find(draft.earlier_roles, draft.principal_id, &EarlierRole::role_id);
  if (own != draft.earlier_roles.end()) {
    issued_at = own->issued_at;
    expires_at = std::min<Instant>(expires_at, own->issued_at + role_maximum);
    draft.earlier_roles.erase(own);
  }
  if (draft.earlier_roles.size() > kMostEarlierRoles) {
    return Error(ErrorCode::kInvalid, "The chain of roles is too long. Begin a new one.");
  }
  if (!Complete(draft, issued_at, expires_at, issue)) return NoTimeLeft();
  return IssuedSession(std::move(draft));
}

base::Result<IssuedSession> IssuedSession::Lent(Session draft, const Session* caller,
                                                DelegationReference delegation, Instant sent_at,
                                                const Issue& issue) {
  ForgetOrigin(draft);
  if (caller != nullptr) {
    if (caller->delegation) {
      return Error(ErrorCode::kInvalid, "Delegated credentials cannot be used to get others.");
    }
    InheritEnds(*caller, draft);
  }
  draft.delegation = std::move(delegation);
  const Instant end = WholeSeconds(issue.now + issue.life);
  draft.ends_by = draft.ends_by ? std::min(*draft.ends_by, end) : end;
  if (!Complete(draft, sent_at, end, issue)) return NoTimeLeft();
  return IssuedSession(std::move(draft));
}

base::Result<IssuedSession> IssuedSession::Console(const Session& credentials, SignIn sign_in,
                                                   std::chrono::seconds role_maximum, const Issue& issue) {
  if (credentials.sign_in || credentials.delegation ||
      (!IsRoleSession(credentials) && credentials.kind != SessionKind::kFederationToken)) {
    return Error(
        ErrorCode::kInvalid,
        "The credentials must come from AssumeRole or GetFederationToken, and not from the console.");
  }
  Session session = CopyWithoutCredentials(credentials);
  session.is_console = true;
  session.sign_in = std::move(sign_in);
  Instant latest = credentials.expires_at;
  const bool extends = IsRoleSession(credentials) && !credentials.is_chained;
  if (extends) latest = std::max<Instant>(latest, credentials.issued_at + role_maximum);
  if (!Complete(session, credentials.issued_at,
                std::min<Instant>(WholeSeconds(issue.now) + issue.life, latest), issue)) {
    return NoTimeLeft();
  }
  session.ends_by = session.expires_at;
  return IssuedSession(std::move(session));
}

base::Result<IssuedSession> IssuedSession::Narrowed(Session draft, const Session& caller,
                                                    const Issue& issue) {
  Session session = CopyWithoutCredentials(caller);
  const std::size_t kept = caller.scope_policies.size();
  if (draft.scope_policies.size() < kept || draft.scope_policies.size() > kMostScopePolicies ||
      !std::equal(caller.scope_policies.begin(), caller.scope_policies.end(), draft.scope_policies.begin())) {
    return Error(ErrorCode::kInvalid, "A narrower session keeps the scope-down policies of the calling one.");
  }
  session.scope_policies = std::move(draft.scope_policies);
  const Instant end = std::min<Instant>(caller.expires_at, WholeSeconds(issue.now) + issue.life);
  if (!Complete(session, caller.issued_at, end, issue)) return NoTimeLeft();
  return IssuedSession(std::move(session));
}

base::Result<IssuedSession> IssuedSession::CredentialsOf(const Session& console, const Issue& issue) {
  if (!console.is_console) {
    return Error(ErrorCode::kInvalid, "Only a console session has credentials of its own.");
  }
  Session session = CopyWithoutCredentials(console);
  const Instant end = std::min<Instant>(console.expires_at, WholeSeconds(issue.now) + issue.life);
  if (!Complete(session, console.issued_at, end, issue)) return NoTimeLeft();
  return IssuedSession(std::move(session));
}

}  // namespace wardkeep::auth
