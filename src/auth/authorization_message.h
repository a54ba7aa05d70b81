// The encoded authorization message that a denial carries and sts:DecodeAuthorizationMessage opens: the
// explanation, sealed so that a caller who may not know the policies cannot read it. Bound to the account of
// the caller who was denied: for another account it does not open. Immutable and thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/account_id.h"
#include "base/result.h"
#include "crypto/sealing.h"

namespace wardkeep::auth {

// The model's limit for DecodeAuthorizationMessage.
inline constexpr std::size_t kMaxAuthorizationMessageSize = 10240;

class AuthorizationMessages {
 public:
  explicit AuthorizationMessages(const crypto::Sealer& sealer);

  // Base64url text without padding. kLimit when it would not be accepted back.
  base::Result<std::string> Seal(const base::AccountId& account_id, std::string_view plain) const;
  std::optional<std::string> Open(const base::AccountId& account_id, std::string_view message) const;

 private:
  crypto::SealingKey key_;
};

}  // namespace wardkeep::auth
