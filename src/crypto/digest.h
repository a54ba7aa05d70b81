// SHA-256, in one shot and streaming.
//
// The algorithm is fetched once per process and contexts are kept per thread, because OpenSSL 3.0 spends more
// time on both than on hashing a short text. A Sha256 belongs to one thread at a time; Sha256Of is
// thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wardkeep::crypto {

using Sha256Digest = std::array<uint8_t, 32>;

Sha256Digest Sha256Of(std::span<const uint8_t> bytes);
Sha256Digest Sha256Of(std::string_view bytes);
// The digest as 64 lower-case hexadecimal digits.
std::string Sha256Hex(std::string_view bytes);

// Hashes what it is given piece by piece. Finish may be called once.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void Update(std::span<const uint8_t> bytes);
  void Update(std::string_view bytes);
  Sha256Digest Finish();

 private:
  void* context_;  // EVP_MD_CTX, borrowed from the thread's spare ones
};

}  // namespace wardkeep::crypto
