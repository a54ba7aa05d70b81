// Walking UTF-8 text scalar by scalar, for length and pattern constraints. Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace wardkeep::api {

// Reads the scalar at `at` and moves past it. A byte that starts no well-formed sequence is returned as
// U+FFFD and counts as one.
char32_t NextScalar(std::string_view text, size_t& at);

// Number of Unicode scalars, the length AWS constraints count (wire-protocols.md section 6).
size_t CountScalars(std::string_view text);

// Whether XML 1.0 can carry the text: no control characters but tab, line feed and carriage return, no U+FFFE
// and U+FFFF. The text must be UTF-8.
bool IsXmlText(std::string_view text);

}  // namespace wardkeep::api
