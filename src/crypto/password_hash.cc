#include "crypto/password_hash.h"

#include <sodium.h>

#include <array>

#include "crypto/sodium_ready.h"

namespace wardkeep::crypto {
namespace {

constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = std::size_t{19} * 1024 * 1024;

// libsodium reads a terminated string of at most crypto_pwhash_STRBYTES characters.
bool Fits(std::string_view hash) {
  return hash.size() < crypto_pwhash_STRBYTES && hash.find('\0') == std::string_view::npos;
}

}  // namespace

base::Result<std::string> HashPassword(const base::Secret& password) {
  EnsureSodiumReady();
  const std::string_view plain = password.Reveal();
  std::array<char, crypto_pwhash_STRBYTES> text{};
  if (crypto_pwhash_str_alg(text.data(), plain.data(), plain.size(), kPasses, kMemoryBytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return base::Error(base::ErrorCode::kUnavailable, "not enough memory to hash a password");
  }
  return std::string(text.data());
}

bool VerifyPassword(std::string_view hash, const base::Secret& password) {
  EnsureSodiumReady();
  if (!Fits(hash) || !hash.starts_with(crypto_pwhash_argon2id_STRPREFIX)) return false;
  const std::string_view plain = password.Reveal();
  return crypto_pwhash_str_verify(std::string(hash).c_str(), plain.data(), plain.size()) == 0;
}

bool PasswordNeedsRehash(std::string_view hash) {
  EnsureSodiumReady();
  if (!Fits(hash)) return true;
  return crypto_pwhash_str_needs_rehash(std::string(hash).c_str(), kPasses, kMemoryBytes) != 0;
}

}  // namespace wardkeep::crypto
