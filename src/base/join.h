// Texts one behind the other. Pure function.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace wardkeep::base {

// Empty for no texts.
std::string Join(std::span<const std::string> texts, std::string_view separator);

}  // namespace wardkeep::base
