// Periods as people write them. Pure function.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace wardkeep::base {

// A number and s, m, h or d: "90d". nullopt for other text and for more than `most`.
std::optional<std::chrono::seconds> ParsePeriod(std::string_view text, std::chrono::seconds most);

}  // namespace wardkeep::base
