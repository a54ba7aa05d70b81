// A text without the blanks around it. Pure function.
#pragma once

#include <string_view>

namespace wardkeep::base {

inline constexpr std::string_view kBlanksAndLineEnds = " \t\r\n";

// A view into `text` without the characters of `blanks` at both ends.
constexpr std::string_view Trim(std::string_view text, std::string_view blanks = " \t") {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace wardkeep::base
