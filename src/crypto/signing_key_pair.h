// SigningKeyPair: a key that signs JSON Web Tokens (RFC 7518): RS256 (RSA 2,048 bits, PKCS#1 v1.5, SHA-256)
// or ES384 (P-384, SHA-384). Generating an RSA key takes a tenth of a second or more; signing about a
// millisecond. Movable; one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/secret.h"

struct evp_pkey_st;

namespace wardkeep::crypto {

enum class SigningAlgorithm : uint8_t { kRs256, kEs384 };

std::string_view SigningAlgorithmName(SigningAlgorithm algorithm);  // "RS256", "ES384"
std::optional<SigningAlgorithm> ParseSigningAlgorithm(std::string_view name);

class SigningKeyPair {
 public:
  static SigningKeyPair Generate(SigningAlgorithm algorithm);
  // From PrivateDer(); nullopt for bytes that are no key of that algorithm.
  static std::optional<SigningKeyPair> FromDer(SigningAlgorithm algorithm, const base::Secret& der);

  SigningAlgorithm algorithm() const { return algorithm_; }
  base::Secret PrivateDer() const;
  // The signature as JWS has it: for ES384 the two numbers of 48 bytes each.
  std::string Sign(std::string_view message) const;
  // Big-endian bytes of the public numbers: modulus and exponent, or the coordinates x and y (48 bytes each).
  std::pair<std::vector<uint8_t>, std::vector<uint8_t>> PublicNumbers() const;

 private:
  struct Free {
    void operator()(evp_pkey_st* key) const;
  };
  using Handle = std::unique_ptr<evp_pkey_st, Free>;
  SigningKeyPair(SigningAlgorithm algorithm, Handle key) : algorithm_(algorithm), key_(std::move(key)) {}

  SigningAlgorithm algorithm_;
  Handle key_;
};

}  // namespace wardkeep::crypto
