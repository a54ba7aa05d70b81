#include "certificate/private_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <string_view>

#include "certificate/key_rules.h"
#include "certificate/pem.h"

namespace wardkeep::certificate {
namespace {

KeyHandle ReadTyped(int type, std::span<const uint8_t> der) {
  const uint8_t* at = der.data();
  KeyHandle key(d2i_PrivateKey(type, nullptr, &at, static_cast<long>(der.size())));
  return key != nullptr && at == der.data() + der.size() ? std::move(key) : KeyHandle();
}

KeyHandle ReadPkcs8(std::span<const uint8_t> der) {
  const uint8_t* at = der.data();
  PKCS8_PRIV_KEY_INFO* info = d2i_PKCS8_PRIV_KEY_INFO(nullptr, &at, static_cast<long>(der.size()));
  KeyHandle key;
  if (info != nullptr && at == der.data() + der.size()) key.reset(EVP_PKCS82PKEY(info));
  PKCS8_PRIV_KEY_INFO_free(info);
  return key;
}

KeyHandle ReadBlock(const PemBlock& block) {
  if (block.has_headers) return {};
  if (block.label == "PRIVATE KEY") return ReadPkcs8(block.bytes());
  if (block.label == "RSA PRIVATE KEY") return ReadTyped(EVP_PKEY_RSA, block.bytes());
  if (block.label == "EC PRIVATE KEY") return ReadTyped(EVP_PKEY_EC, block.bytes());
  return {};
}

}  // namespace

bool PrivateKey::IsRsa() const {
  return EVP_PKEY_get_base_id(key_.get()) == EVP_PKEY_RSA;
}

std::optional<PrivateKey> ReadPrivateKey(const base::Secret& pem) {
  const auto blocks = ReadPem(pem.Reveal(), 2);
  if (!blocks) return std::nullopt;
  // `openssl ecparam -genkey` writes the curve in a block of its own; the key names it again.
  const bool has_parameters = blocks->size() == 2 && blocks->front().label == "EC PARAMETERS" &&
                              blocks->back().label == "EC PRIVATE KEY";
  if (blocks->size() != 1 && !has_parameters) return std::nullopt;
  KeyHandle key = ReadBlock(blocks->back());
  const bool allowed = IsAllowedKey(key.get());
  ERR_clear_error();
  if (!allowed) return std::nullopt;
  return PrivateKey(std::move(key));
}

}  // namespace wardkeep::certificate
