// The exchange token of a delegation request: names the request and the account that granted it, sealed so
// that only this installation can make one. Whoever holds it still has to be of the account that asked.
// Immutable and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/clock.h"
#include "crypto/sealing.h"

namespace wardkeep::auth {

struct DelegationToken {
  base::AccountId account_id;  // where the request lives
  std::string request_id;
  base::Instant expires_at;  // whole seconds
};

class DelegationTokens {
 public:
  explicit DelegationTokens(const crypto::Sealer& sealer);

  // Base64url text without padding.
  std::string Seal(const DelegationToken& token) const;
  // nullopt for anything else than what Seal made; does not look at the expiry.
  std::optional<DelegationToken> Open(std::string_view text) const;

 private:
  crypto::SealingKey key_;
};

}  // namespace wardkeep::auth
