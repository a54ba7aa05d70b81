#include "base/rng.h"

#include <array>

#include "base/assert.h"
#include "base/hex.h"

namespace wardkeep::base {

std::string RandomText(Rng& rng, std::string_view alphabet, std::size_t length) {
  WK_ASSERT(!alphabet.empty() && alphabet.size() <= 256);
  // Rejection sampling: bytes at or above the largest multiple of the alphabet size would bias the first
  // letters.
  const unsigned limit = 256 - 256 % static_cast<unsigned>(alphabet.size());
  std::string text;
  text.reserve(length);
  std::array<uint8_t, 64> pool{};
  while (text.size() < length) {
    rng.Fill(pool);
    for (uint8_t byte : pool) {
      if (byte < limit && text.size() < length) text += alphabet[byte % alphabet.size()];
    }
  }
  return text;
}

std::string RandomUuid(Rng& rng) {
  std::array<uint8_t, 16> bytes{};
  rng.Fill(bytes);
  bytes[6] = static_cast<uint8_t>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<uint8_t>((bytes[8] & 0x3f) | 0x80);
  const std::string hex = HexEncode(bytes);
  std::string text;
  text.reserve(36);
  text.append(hex, 0, 8).append("-").append(hex, 8, 4).append("-").append(hex, 12, 4).append("-");
  text.append(hex, 16, 4).append("-").append(hex, 20);
  return text;
}

}  // namespace wardkeep::base
