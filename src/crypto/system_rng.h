// SystemRng: the operating system's random generator through libsodium. Thread-safe, no state of its own.
#pragma once

#include "base/rng.h"

namespace wardkeep::crypto {

class SystemRng final : public base::Rng {
 public:
  SystemRng();
  void Fill(std::span<uint8_t> out) override;
};

}  // namespace wardkeep::crypto
