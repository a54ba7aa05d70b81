// IssuedSession: a session that may be handed out. The only thing that SessionTokens seals, and made only by
// the functions below, each of which takes what the new credentials are made from: so no issuer can forget
// what a session must keep of its source.
//
//   way                    made from                       issue time        ends at the latest
//   FirstHand              long-term key                   now               now + duration
//   SignedIn               password                        now               now + life
//   Assumed                key or session                  now; see below    now + duration; an hour for a
//   chain Lent                   trade-in token of a delegation  token was sent    with the token Console
//   role or federation session      of the session    with it, or with its role's maximum Narrowed session of
//   the session    with it CredentialsOf          console session                 of the session    now + an
//   hour, with the session
//
// A session keeps from its source: the sign-in and the delegation request that end it, the time by which
// everything made from it must end, transitive tags, the source identity, and the roles of its chain. A
// session of a role that is assumed by way of an earlier session of the same role renews that one: it has its
// issue time, so that a deny by aws:TokenIssueTime holds, and does not outlive the role's MaxSessionDuration
// counted from it. Immutable; move-only because of the secret. The functions draw random numbers and have no
// state.
#pragma once

#include <chrono>
#include <utility>

#include "auth/session.h"
#include "base/result.h"
#include "base/rng.h"

namespace wardkeep::auth {

// Roles of one chain that can be told apart; a longer one is refused.
inline constexpr std::size_t kMostEarlierRoles = 16;
// DurationSeconds of a role that is assumed with temporary credentials (policy-semantics 5.3).
inline constexpr std::chrono::seconds kChainedLimit{3600};

// When, for how long, and where random numbers come from.
struct Issue {
  base::Instant now;
  std::chrono::seconds life;
  base::Rng& rng;
};

class IssuedSession {
 public:
  // The draft says whom the session stands for and what limits it; key, secret, times and origin are filled
  // in. `caller` is the session of whoever asks, null for a long-term key. Errors: kInvalid when these
  // credentials cannot be made from those, kLimit when there is no time left; the message is a sentence for
  // the caller.
  static base::Result<IssuedSession> FirstHand(Session draft, const Session* caller, const Issue& issue);
  static IssuedSession SignedIn(Session draft, SignIn sign_in, const Issue& issue);
  static base::Result<IssuedSession> Assumed(Session draft, const Session* caller,
                                             std::chrono::seconds role_maximum, const Issue& issue);
  // `issue.now` is the time of the trade; the token was sent at `sent_at`.
  static base::Result<IssuedSession> Lent(Session draft, const Session* caller,
                                          DelegationReference delegation, base::Instant sent_at,
                                          const Issue& issue);
  // `role_maximum`: of the session's role, 0 for a federated user.
  static base::Result<IssuedSession> Console(const Session& credentials, SignIn sign_in,
                                             std::chrono::seconds role_maximum, const Issue& issue);
  // The caller's session with more scope-down policies: of the draft only those are looked at.
  static base::Result<IssuedSession> Narrowed(Session draft, const Session& caller, const Issue& issue);
  static base::Result<IssuedSession> CredentialsOf(const Session& console, const Issue& issue);

  const Session& session() const { return session_; }
  Session Take() && { return std::move(session_); }

 private:
  friend struct AnySessionForTests;  // tests/any_session.h: what a session of any source would look like
  explicit IssuedSession(Session session) : session_(std::move(session)) {}

  Session session_;
};

}  // namespace wardkeep::auth
