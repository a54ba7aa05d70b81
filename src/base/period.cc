#include "base/period.h"

#include <array>
#include <charconv>
#include <cstdint>

namespace wardkeep::base {
namespace {

struct Unit {
  char letter;
  int64_t seconds;
};
constexpr std::array<Unit, 4> kUnits = {{{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 24 * 3600}}};

}  // namespace

std::optional<std::chrono::seconds> ParsePeriod(std::string_view text, std::chrono::seconds most) {
  int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || number < 0) return std::nullopt;
  const std::string_view letter = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const Unit& unit : kUnits) {
    if (letter.size() != 1 || letter.front() != unit.letter) continue;
    if (number > most.count() / unit.seconds) return std::nullopt;
    return std::chrono::seconds(number * unit.seconds);
  }
  return std::nullopt;
}

}  // namespace wardkeep::base
