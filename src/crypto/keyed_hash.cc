#include "crypto/keyed_hash.h"

#include <sodium.h>

#include "crypto/sodium_ready.h"

namespace wardkeep::crypto {
namespace {

static_assert(sizeof(crypto_generichash_state) <= 384 && alignof(crypto_generichash_state) <= 64);
static_assert(KeyBytes::kSize == crypto_generichash_KEYBYTES);

crypto_generichash_state* State(std::array<uint8_t, 384>& bytes) {
  return reinterpret_cast<crypto_generichash_state*>(bytes.data());
}

}  // namespace

KeyedHash::KeyedHash(const KeyBytes& key) {
  EnsureSodiumReady();
  crypto_generichash_init(State(state_), key.Reveal().data(), KeyBytes::kSize, Digest().size());
}

KeyedHash& KeyedHash::Add(std::string_view text) {
  Add(uint64_t{text.size()});
  crypto_generichash_update(State(state_), reinterpret_cast<const uint8_t*>(text.data()), text.size());
  return *this;
}

KeyedHash& KeyedHash::Add(uint64_t number) {
  std::array<uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(number >> (8 * i));
  crypto_generichash_update(State(state_), bytes.data(), bytes.size());
  return *this;
}

KeyedHash::Digest KeyedHash::Finish() {
  Digest digest{};
  crypto_generichash_final(State(state_), digest.data(), digest.size());
  return digest;
}

}  // namespace wardkeep::crypto
