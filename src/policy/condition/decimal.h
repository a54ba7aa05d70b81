// Exact decimal numbers for the Numeric* operators (policy-semantics 3.4): an optional sign, digits with a
// point anywhere among or beside them, an optional exponent. They are compared as text, never as floating
// point, so 9007199254740993 differs from its neighbours. An exponent beyond 32 bits makes the text no
// number. Pure functions, linear in the text, allocate nothing.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace wardkeep::policy {

// 0.<front><back> times ten to the power of `point`. Views into the text it was read from; zero has no
// digits.
struct Decimal {
  bool negative = false;  // never for zero
  int64_t point = 0;      // 0 for zero
  // The digits, from the first that is not zero to the last that is not zero; in two parts where the point
  // was among them.
  std::string_view front;
  std::string_view back;
};

std::optional<Decimal> ParseDecimal(std::string_view text);
std::strong_ordering CompareDecimals(const Decimal& a, const Decimal& b);

}  // namespace wardkeep::policy
