// Choices read from bytes: the same bytes give the same choices, so that a fuzzer or a seed can drive one
// generator. Past the end every byte is zero. Not thread-safe; views its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace wardkeep::differential {

class ByteSource {
 public:
  explicit ByteSource(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  uint8_t Byte() {
    if (at_ >= bytes_.size()) return 0;
    return bytes_[at_++];
  }
  // 0 <= result < `count`; `count` is at most 256.
  std::size_t Below(std::size_t count) { return Byte() % count; }
  bool Chance(unsigned percent) { return Byte() * 100U < percent * 256U; }
  template <typename Table>
  const auto& Pick(const Table& table) {
    return table[Below(std::size(table))];
  }
  bool exhausted() const { return at_ >= bytes_.size(); }

 private:
  std::span<const uint8_t> bytes_;
  std::size_t at_ = 0;
};

}  // namespace wardkeep::differential
