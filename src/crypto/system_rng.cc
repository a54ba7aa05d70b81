#include "crypto/system_rng.h"

#include <sodium.h>

#include "crypto/sodium_ready.h"

namespace wardkeep::crypto {

SystemRng::SystemRng() {
  EnsureSodiumReady();
}

void SystemRng::Fill(std::span<uint8_t> out) {
  if (!out.empty()) randombytes_buf(out.data(), out.size());
}

}  // namespace wardkeep::crypto
