// Whether bytes are UTF-8, as JSON text must be. Pure function.
#pragma once

#include <string_view>

namespace wardkeep::json {

// No overlong forms, no surrogates, nothing beyond U+10FFFF.
bool IsUtf8(std::string_view text);

}  // namespace wardkeep::json
