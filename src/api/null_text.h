// A null element of a list of strings. Query parameters can leave elements out, which AWS reads as nulls that
// fail validation; a std::string has no null, so this text, which is no UTF-8 and cannot be sent, stands for
// it until the validator has refused it.
#pragma once

#include <string_view>

namespace wardkeep::api {

inline constexpr std::string_view kNullText = "\xff";

}  // namespace wardkeep::api
