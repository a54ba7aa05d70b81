// KeyBytes: 32 bytes of key material. Like base::Secret it is move-only, cannot be streamed or compared with
// ==, and is wiped on destruction.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace wardkeep::crypto {

class KeyBytes {
 public:
  static constexpr std::size_t kSize = 32;

  explicit KeyBytes(std::span<const uint8_t, kSize> bytes);
  KeyBytes(KeyBytes&& other) noexcept;
  KeyBytes& operator=(KeyBytes&& other) noexcept;
  KeyBytes(const KeyBytes&) = delete;
  KeyBytes& operator=(const KeyBytes&) = delete;
  ~KeyBytes();

  std::span<const uint8_t, kSize> Reveal() const { return bytes_; }
  KeyBytes Clone() const { return KeyBytes(bytes_); }

  friend bool operator==(const KeyBytes&, const KeyBytes&) = delete;

 private:
  std::array<uint8_t, kSize> bytes_;
};

}  // namespace wardkeep::crypto
