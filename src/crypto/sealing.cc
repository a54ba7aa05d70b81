#include "crypto/sealing.h"

#include <sodium.h>

#include <array>

#include "base/assert.h"
#include "base/base64.h"
#include "crypto/hmac.h"
#include "crypto/sodium_ready.h"

namespace wardkeep::crypto {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kNonceSize = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagSize = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(kSealingOverhead == 1 + kNonceSize + kTagSize);
static_assert(KeyBytes::kSize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const uint8_t* Bytes(std::string_view text) {
  return base::AsBytes(text).data();
}

}  // namespace

SealingKey::SealingKey(KeyBytes key, base::Rng& rng) : key_(std::move(key)), rng_(&rng) {
  EnsureSodiumReady();
}

std::string SealingKey::Seal(std::string_view plain, std::string_view associated) const {
  std::array<uint8_t, kNonceSize> nonce{};
  rng_->Fill(nonce);
  std::string sealed(1 + kNonceSize + plain.size() + kTagSize, '\0');
  sealed[0] = kVersion;
  sealed.replace(1, kNonceSize, reinterpret_cast<const char*>(nonce.data()), nonce.size());
  auto* const out = reinterpret_cast<uint8_t*>(sealed.data()) + 1 + kNonceSize;
  const int status = crypto_aead_xchacha20poly1305_ietf_encrypt(out, nullptr, Bytes(plain), plain.size(),
                                                                Bytes(associated), associated.size(), nullptr,
                                                                nonce.data(), key_.Reveal().data());
  WK_ASSERT(status == 0);
  return sealed;
}

std::optional<base::Secret> SealingKey::Open(std::string_view sealed, std::string_view associated) const {
  if (sealed.size() < kSealingOverhead || sealed[0] != kVersion) return std::nullopt;
  const uint8_t* const nonce = Bytes(sealed) + 1;
  const std::string_view box = sealed.substr(1 + kNonceSize);
  std::string plain(box.size() - kTagSize, '\0');
  const int status = crypto_aead_xchacha20poly1305_ietf_decrypt(
      reinterpret_cast<uint8_t*>(plain.data()), nullptr, nullptr, Bytes(box), box.size(), Bytes(associated),
      associated.size(), nonce, key_.Reveal().data());
  if (status != 0) return std::nullopt;
  return base::Secret(std::move(plain));
}

std::string SealingKey::Tag(std::string_view text) const {
  const Sha256Digest digest = HmacSha256(key_.Reveal(), text);
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Sealer::Sealer(KeyBytes master_key, base::Rng& rng) : master_key_(std::move(master_key)), rng_(&rng) {}

SealingKey Sealer::ForPurpose(std::string_view purpose) const {
  Sha256Digest derived = HmacSha256(master_key_.Reveal(), "wardkeep sealing v1:" + std::string(purpose));
  KeyBytes key(derived);
  sodium_memzero(derived.data(), derived.size());
  return SealingKey(std::move(key), *rng_);
}

}  // namespace wardkeep::crypto
