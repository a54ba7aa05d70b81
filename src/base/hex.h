// Lower-case hexadecimal text.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wardkeep::base {

std::string HexEncode(std::span<const uint8_t> bytes);
// Both accept both letter cases; nullopt for odd length or any other character.
std::optional<uint8_t> HexByte(char high, char low);
std::optional<std::vector<uint8_t>> HexDecode(std::string_view text);

}  // namespace wardkeep::base
