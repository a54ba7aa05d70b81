#include "base/base32.h"

namespace wardkeep::base {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

int ValueOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a';
  if (c >= '2' && c <= '7') return c - '2' + 26;
  return -1;
}

}  // namespace

std::string Base32Encode(std::span<const uint8_t> bytes) {
  std::string text;
  text.reserve((bytes.size() * 8 + 4) / 5);
  uint32_t pending = 0;
  int bits = 0;
  for (const uint8_t byte : bytes) {
    pending = pending << 8 | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text.push_back(kAlphabet[pending >> (bits - 5) & 31]);
  }
  if (bits > 0) text.push_back(kAlphabet[pending << (5 - bits) & 31]);
  return text;
}

std::optional<std::vector<uint8_t>> Base32Decode(std::string_view text) {
  std::size_t padding = 0;
  for (; padding < 7 && text.ends_with('='); ++padding) text.remove_suffix(1);
  if (padding > 0 && (text.size() + padding) % 8 != 0) return std::nullopt;
  std::vector<uint8_t> bytes;
  bytes.reserve(text.size() * 5 / 8);
  uint32_t pending = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = ValueOf(c);
    if (value < 0) return std::nullopt;
    pending = pending << 5 | static_cast<uint32_t>(value);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push_back(static_cast<uint8_t>(pending >> bits & 255));
    }
  }
  if (bits >= 5 || (pending & ((1U << bits) - 1)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace wardkeep::base
