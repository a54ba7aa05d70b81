// Base64 (RFC 4648 section 4) and its URL-safe form without padding (section 5).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::base {

std::string Base64Encode(std::span<const uint8_t> bytes);
std::string Base64UrlEncode(std::span<const uint8_t> bytes);  // no padding
// Strict: canonical padding, no white space, no bits left over; nullopt otherwise.
std::optional<std::vector<uint8_t>> Base64Decode(std::string_view text);
std::optional<std::vector<uint8_t>> Base64UrlDecode(std::string_view text);

inline std::span<const uint8_t> AsBytes(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace wardkeep::base
