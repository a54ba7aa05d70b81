// Readers of condition values for the executable specification (policy-semantics 1.8, 3.4). Nothing =
// malformed.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wardkeep::policy::spec {

// A decimal number: 0.<digits> times ten to the power of `point`. The first and the last digit are not zero.
struct Decimal {
  bool negative = false;
  int64_t point = 0;
  std::string digits;
  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal&) const = default;
};
std::optional<Decimal> ParseDecimal(std::string_view text);

using Moment = std::pair<int64_t, int64_t>;  // seconds since 1970 and milliseconds
std::optional<Moment> ParseMoment(std::string_view text);

bool ReadBool(std::string_view text);
std::optional<std::vector<uint8_t>> ParseBinary(std::string_view text);
bool IsAddress(const std::string& text);
// Is the address in the block "a.b.c.d[/n]" or "a:b::c[/n]"?
bool BlockContains(const std::string& block, const std::string& address);

}  // namespace wardkeep::policy::spec
