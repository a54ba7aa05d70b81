// Session tokens: a Session sealed into base64 text that only this installation can open (reference/sigv4.md
// section 5). Nothing is stored when one is issued.
//
// A token is bound to its access key id: with another id it does not open. Opening fails the same way for
// every forged, changed, cut or foreign token, and does not look at the expiry, because an expired token has
// an error of its own:
//
//   auto session = tokens.Open(query.access_key_id, *query.security_token);
//   if (!session) return InvalidClientTokenId();
//   if (session->IsExpired(clock.Now())) return ExpiredToken();
//
// Immutable and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/issued_session.h"
#include "auth/session.h"
#include "base/result.h"
#include "crypto/sealing.h"

namespace wardkeep::auth {

inline constexpr std::size_t kMaxSessionTokenSize = 4096;  // characters; headers and presigned URLs must fit

class SessionTokens {
 public:
  explicit SessionTokens(const crypto::Sealer& sealer);

  // kLimit when the token would be larger than kMaxSessionTokenSize; the caller answers PackedPolicyTooLarge.
  // The token is padded to at least `minimum_size` characters (MinimumSessionTokenSize of newer models, 0 to
  // 4096).
  base::Result<std::string> Seal(const IssuedSession& issued, std::size_t minimum_size = 0) const;
  std::optional<Session> Open(std::string_view access_key_id, std::string_view token) const;

 private:
  crypto::SealingKey key_;
};

// How much of the room that this session's other parts leave is taken by its policy, policy ARNs and tags, in
// percent, rounded up: 0 without any of them, over 100 exactly when Seal fails. Grows with each part. AWS's
// own packing is undisclosed (reference/policy-semantics.md, PackedPolicySize).
int PackedSizePercent(const Session& session);

}  // namespace wardkeep::auth
