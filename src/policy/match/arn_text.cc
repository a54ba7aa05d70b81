#include "policy/match/arn_text.h"

#include <bit>
#include <cstdint>
#include <cstring>

namespace wardkeep::policy {
namespace {

static_assert(std::endian::native == std::endian::little, "the first byte of a word is its lowest");

// Bit 7 of each byte of the word that is a colon, no other bit.
uint64_t ColonsOf(uint64_t word) {
  constexpr uint64_t kEach = 0x0101010101010101U;
  constexpr uint64_t kLow = 0x7F * kEach;
  const uint64_t zero_at_colon = word ^ ':' * kEach;
  return ~(((zero_at_colon & kLow) + kLow) | zero_at_colon | kLow);
}

// Up to eight bytes from `at` on, zeros past the end. Without a copy in memory, for which the load would have
// to wait.
uint64_t WordAt(std::string_view text, std::size_t at) {
  uint64_t word = 0;
  if (at + sizeof word <= text.size()) {
    std::memcpy(&word, text.data() + at, sizeof word);
  } else if (text.size() >= sizeof word) {
    std::memcpy(&word, text.data() + text.size() - sizeof word, sizeof word);
    word >>= 8 * (at + sizeof word - text.size());
  } else {
    std::memcpy(&word, text.data(), text.size());
  }
  return word;
}

}  // namespace

ArnText SplitArn(std::string_view text) {
  ArnText arn;
  arn.text = text;
  std::size_t count = 0;
  std::size_t next = 0;
  while (next < text.size() && count + 1 < ArnText::kComponents) {
    for (uint64_t colons = ColonsOf(WordAt(text, next)); colons != 0 && count + 1 < ArnText::kComponents;
         colons &= colons - 1) {
      arn.ends[count++] = next + static_cast<std::size_t>(std::countr_zero(colons)) / 8;
    }
    next += sizeof(uint64_t);
  }
  arn.ends[count++] = text.size();
  arn.count = count;
  return arn;
}

}  // namespace wardkeep::policy
