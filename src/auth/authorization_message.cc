#include "auth/authorization_message.h"

#include "base/base64.h"

namespace wardkeep::auth {

AuthorizationMessages::AuthorizationMessages(const crypto::Sealer& sealer)
    : key_(sealer.ForPurpose("authorization-message")) {}

base::Result<std::string> AuthorizationMessages::Seal(const base::AccountId& account_id,
                                                      std::string_view plain) const {
  constexpr std::size_t kMaxPlain = kMaxAuthorizationMessageSize / 4 * 3 - crypto::kSealingOverhead;
  if (plain.size() > kMaxPlain) {
    return base::Error(base::ErrorCode::kLimit, "authorization message is too long to be decoded again");
  }
  return base::Base64UrlEncode(base::AsBytes(key_.Seal(plain, account_id.value())));
}

std::optional<std::string> AuthorizationMessages::Open(const base::AccountId& account_id,
                                                       std::string_view message) const {
  if (message.size() > kMaxAuthorizationMessageSize) return std::nullopt;
  const auto sealed = base::Base64UrlDecode(message);
  if (!sealed) return std::nullopt;
  const std::string_view sealed_text(reinterpret_cast<const char*>(sealed->data()), sealed->size());
  const auto plain = key_.Open(sealed_text, account_id.value());
  if (!plain) return std::nullopt;
  return std::string(plain->Reveal());
}

}  // namespace wardkeep::auth
