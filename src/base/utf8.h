// Well-formed UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF. Pure functions.
#pragma once

#include <cstddef>
#include <string_view>

namespace wardkeep::base {

// The length of the well-formed sequence that `text`, which is not empty, begins with; 0 if it begins with
// none.
std::size_t Utf8Length(std::string_view text);

bool IsUtf8(std::string_view text);

// Number of characters of text that is UTF-8: its bytes without those that continue a character.
std::size_t CountCharacters(std::string_view text);

// As much of the beginning of text that is UTF-8 as fits into `bytes` without half a character at the end.
std::string_view BeginningOf(std::string_view text, std::size_t bytes);

}  // namespace wardkeep::base
