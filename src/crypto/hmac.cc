#include "crypto/hmac.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <memory>
#include <string>

#include "base/assert.h"
#include "base/base64.h"

namespace wardkeep::crypto {
namespace {

struct FreeMacContext {
  void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using MacContext = std::unique_ptr<EVP_MAC_CTX, FreeMacContext>;

// A null key means "keep the previous one" to OpenSSL, so an empty key needs an address too.
constexpr uint8_t kNoKey = 0;

std::string_view NameOf(HmacHash hash) {
  if (hash == HmacHash::kSha1) return "SHA1";
  return hash == HmacHash::kSha256 ? "SHA256" : "SHA512";
}

MacContext MakeMacContext(std::string_view hash) {
  // Never freed, for the same reason as the digest.
  static EVP_MAC* const mac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
  WK_ASSERT(mac != nullptr);
  MacContext context(EVP_MAC_CTX_new(mac));
  WK_ASSERT(context != nullptr);
  std::string digest_name(hash);
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest_name.data(), 0),
                               OSSL_PARAM_construct_end()};
  WK_ASSERT(EVP_MAC_CTX_set_params(context.get(), params) == 1);
  return context;
}

}  // namespace

Sha256Digest HmacSha256(std::span<const uint8_t> key, std::span<const uint8_t> message) {
  static thread_local const MacContext context = MakeMacContext("SHA256");
  const uint8_t* key_data = key.empty() ? &kNoKey : key.data();
  Sha256Digest digest{};
  std::size_t length = 0;
  const bool ok = EVP_MAC_init(context.get(), key_data, key.size(), nullptr) == 1 &&
                  EVP_MAC_update(context.get(), message.data(), message.size()) == 1 &&
                  EVP_MAC_final(context.get(), digest.data(), &length, digest.size()) == 1;
  WK_ASSERT(ok && length == digest.size());
  return digest;
}

Sha256Digest HmacSha256(std::span<const uint8_t> key, std::string_view message) {
  return HmacSha256(key, base::AsBytes(message));
}

std::vector<uint8_t> Hmac(HmacHash hash, std::span<const uint8_t> key, std::span<const uint8_t> message) {
  const MacContext context = MakeMacContext(NameOf(hash));
  std::vector<uint8_t> mac(EVP_MAX_MD_SIZE);
  std::size_t length = 0;
  const bool ok = EVP_MAC_init(context.get(), key.empty() ? &kNoKey : key.data(), key.size(), nullptr) == 1 &&
                  EVP_MAC_update(context.get(), message.data(), message.size()) == 1 &&
                  EVP_MAC_final(context.get(), mac.data(), &length, mac.size()) == 1;
  WK_ASSERT(ok);
  mac.resize(length);
  return mac;
}

}  // namespace wardkeep::crypto
