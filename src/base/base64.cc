#include "base/base64.h"

#include <array>

namespace wardkeep::base {
namespace {

constexpr std::string_view kStandard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<int8_t, 256> MakeReverse(std::string_view alphabet) {
  std::array<int8_t, 256> table{};
  for (auto& entry : table) entry = -1;
  for (std::size_t i = 0; i < alphabet.size(); ++i) {
    table[static_cast<uint8_t>(alphabet[i])] = static_cast<int8_t>(i);
  }
  return table;
}

std::string Encode(std::span<const uint8_t> bytes, std::string_view alphabet, bool pad) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  std::size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const uint32_t group = static_cast<uint32_t>(bytes[i] << 16 | bytes[i + 1] << 8 | bytes[i + 2]);
    for (int shift = 18; shift >= 0; shift -= 6) text += alphabet[(group >> shift) & 63];
  }
  const std::size_t rest = bytes.size() - i;
  if (rest > 0) {
    uint32_t group = static_cast<uint32_t>(bytes[i]) << 16;
    if (rest == 2) group |= static_cast<uint32_t>(bytes[i + 1]) << 8;
    text += alphabet[(group >> 18) & 63];
    text += alphabet[(group >> 12) & 63];
    if (rest == 2) text += alphabet[(group >> 6) & 63];
    if (pad) text.append(3 - rest, '=');
  }
  return text;
}

std::optional<std::vector<uint8_t>> Decode(std::string_view text, const std::array<int8_t, 256>& reverse) {
  if (text.size() % 4 == 1) return std::nullopt;
  std::vector<uint8_t> bytes;
  bytes.reserve(text.size() * 3 / 4);
  uint32_t buffer = 0;
  int bits = 0;
  for (char c : text) {
    const int value = reverse[static_cast<uint8_t>(c)];
    if (value < 0) return std::nullopt;
    buffer = buffer << 6 | static_cast<uint32_t>(value);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<uint8_t>(buffer >> bits));
      buffer &= (1U << bits) - 1;
    }
  }
  if (buffer != 0) return std::nullopt;
  return bytes;
}

}  // namespace

std::string Base64Encode(std::span<const uint8_t> bytes) {
  return Encode(bytes, kStandard, true);
}
std::string Base64UrlEncode(std::span<const uint8_t> bytes) {
  return Encode(bytes, kUrlSafe, false);
}

std::optional<std::vector<uint8_t>> Base64Decode(std::string_view text) {
  static constexpr auto kReverse = MakeReverse(kStandard);
  if (text.size() % 4 != 0) return std::nullopt;
  for (int i = 0; i < 2 && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
  return Decode(text, kReverse);
}

std::optional<std::vector<uint8_t>> Base64UrlDecode(std::string_view text) {
  static constexpr auto kReverse = MakeReverse(kUrlSafe);
  return Decode(text, kReverse);
}

}  // namespace wardkeep::base
