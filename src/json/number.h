// The number grammar of JSON (RFC 8259 section 6), for lexemes kept as text. Pure function.
#pragma once

#include <string_view>

namespace wardkeep::json {

// "-0", "1.50", "1e3" are numbers; "01", "+1", ".5", "1.", "NaN", "" are not.
bool IsNumber(std::string_view text);

}  // namespace wardkeep::json
