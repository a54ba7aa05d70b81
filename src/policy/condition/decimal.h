// Exact decimal numbers for the Numeric* operators: an optional sign, digits, and an optional fraction, of
// any length. They are compared as text, never as floating point, so 9007199254740993 differs from its
// neighbours. UNKNOWN: whether AWS takes exponents or a bare ".5"; they are no numbers here
// (docs/compatibility.md).
#pragma once

#include <compare>
#include <optional>
#include <string_view>

namespace wardkeep::policy {

// Views into the text it was read from.
struct Decimal {
  bool negative = false;      // never for zero
  std::string_view integer;   // without leading zeros; empty for 0
  std::string_view fraction;  // without trailing zeros
};

std::optional<Decimal> ParseDecimal(std::string_view text);
std::strong_ordering CompareDecimals(const Decimal& a, const Decimal& b);

}  // namespace wardkeep::policy
