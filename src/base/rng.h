// Randomness is injected, so that tests can fix ids. The production source is crypto::SystemRng.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace wardkeep::base {

class Rng {
 public:
  virtual ~Rng() = default;
  virtual void Fill(
      std::span<uint8_t> out) = 0;  // thread-safe; never fails (aborts when the system has no entropy)
};

// `length` characters drawn uniformly from `alphabet` (at most 256 characters, non-empty).
std::string RandomText(Rng& rng, std::string_view alphabet, std::size_t length);

// A lower-case random UUID (version 4), as used for request ids.
std::string RandomUuid(Rng& rng);

}  // namespace wardkeep::base
