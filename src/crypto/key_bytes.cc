#include "crypto/key_bytes.h"

#include <algorithm>
#include <cstring>

namespace wardkeep::crypto {

KeyBytes::KeyBytes(std::span<const uint8_t, kSize> bytes) {
  std::ranges::copy(bytes, bytes_.begin());
}

KeyBytes::KeyBytes(KeyBytes&& other) noexcept : bytes_(other.bytes_) {
  explicit_bzero(other.bytes_.data(), other.bytes_.size());
}

KeyBytes& KeyBytes::operator=(KeyBytes&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    explicit_bzero(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

KeyBytes::~KeyBytes() {
  explicit_bzero(bytes_.data(), bytes_.size());
}

}  // namespace wardkeep::crypto
