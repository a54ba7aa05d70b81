// ASCII case folding and comparison. AWS compares names and condition keys ignoring ASCII case; no locale is
// involved.
#pragma once

#include <string>
#include <string_view>

namespace wardkeep::base {

constexpr char AsciiLower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}
constexpr char AsciiUpper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}
std::string AsciiLower(std::string_view text);
bool EqualsIgnoreAsciiCase(std::string_view a, std::string_view b);

}  // namespace wardkeep::base
