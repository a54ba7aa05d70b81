// Base32 (RFC 4648 section 6), as seeds of one-time passwords are written.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::base {

// Upper case, no padding.
std::string Base32Encode(std::span<const uint8_t> bytes);
// Takes either case, and padding only at the end; nullopt for other characters, for a length that no encoding
// has, and for bits left over that are not zero.
std::optional<std::vector<uint8_t>> Base32Decode(std::string_view text);

}  // namespace wardkeep::base
