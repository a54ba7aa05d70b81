// Arbitrary bytes as session tokens, authorization messages, encoded sessions and access key ids. None may
// open, none may crash, and an encoding that decodes is stable.
#include <array>
#include <cstdlib>

#include "any_session.h"
#include "auth/access_key_id.h"
#include "auth/authorization_message.h"
#include "auth/session_encoding.h"
#include "auth/session_token.h"
#include "base/base64.h"
#include "crypto/system_rng.h"

namespace wardkeep::auth {
namespace {

void Require(bool fact) {
  if (!fact) std::abort();
}

const crypto::Sealer& TestSealer() {
  static crypto::SystemRng rng;
  static const std::array<uint8_t, crypto::KeyBytes::kSize> kZeros{};
  static const crypto::Sealer sealer(crypto::KeyBytes(kZeros), rng);
  return sealer;
}

void CheckEncoding(std::string_view bytes) {
  auto session = DecodeSession(bytes);
  if (!session) return;
  const std::string encoded = EncodeSession(*session);
  const auto again = DecodeSession(encoded);
  Require(again.has_value() && EncodeSession(*again) == encoded);
  Require(EncodedSize(*session) == encoded.size());
  static const SessionTokens tokens(TestSealer());
  const bool fits = PackedSizePercent(*session) <= 100;
  const auto token = tokens.Seal(AnySessionForTests::Issued(std::move(*session)));
  Require(token.has_value() == fits);
  if (!token) return;
  const auto opened = tokens.Open("", *token);
  Require(opened.has_value() && EncodeSession(*opened) == encoded);
}

}  // namespace
}  // namespace wardkeep::auth

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, std::size_t size) {
  using namespace wardkeep;
  using namespace wardkeep::auth;
  static const SessionTokens tokens(TestSealer());
  static const AuthorizationMessages messages(TestSealer());
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Require(!tokens.Open("ASIAQNZGKIQY56JQ7WML", text));
  Require(!tokens.Open("ASIAQNZGKIQY56JQ7WML", base::Base64Encode({data, size})));
  Require(!messages.Open(base::AccountId("123456789012"), text));
  if (const auto parsed = ParseAccessKeyId(text)) Require(base::IsAccountId(parsed->account_id.value()));
  CheckEncoding(text);
  return 0;
}
