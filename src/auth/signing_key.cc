#include "auth/signing_key.h"

#include <cstring>

#include "base/base64.h"
#include "base/hex.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"

namespace wardkeep::auth {
namespace {

crypto::KeyBytes Step(std::span<const uint8_t> key, std::string_view message) {
  crypto::Sha256Digest digest = crypto::HmacSha256(key, message);
  crypto::KeyBytes next(digest);
  explicit_bzero(digest.data(), digest.size());
  return next;
}

}  // namespace

std::string StringToSign(std::string_view iso_basic_date, const CredentialScope& scope,
                         std::string_view canonical_request) {
  std::string text;
  text.reserve(192);
  text += "AWS4-HMAC-SHA256\n";
  text += iso_basic_date;
  text += '\n';
  text += scope.Text();
  text += '\n';
  text += crypto::Sha256Hex(canonical_request);
  return text;
}

crypto::KeyBytes DeriveSigningKey(const base::Secret& secret, const CredentialScope& scope) {
  std::string start = "AWS4";
  start.reserve(start.size() + secret.Reveal().size());  // no copy left behind by growing
  start += secret.Reveal();
  const base::Secret prefixed(std::move(start));
  crypto::KeyBytes key = Step(base::AsBytes(prefixed.Reveal()), scope.date);
  key = Step(key.Reveal(), scope.region);
  key = Step(key.Reveal(), scope.service);
  return Step(key.Reveal(), scope.terminator);
}

std::string ComputeSignature(const crypto::KeyBytes& signing_key, std::string_view string_to_sign) {
  return base::HexEncode(crypto::HmacSha256(signing_key.Reveal(), string_to_sign));
}

}  // namespace wardkeep::auth
