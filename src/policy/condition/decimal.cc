#include "policy/condition/decimal.h"

#include <algorithm>
#include <charconv>

namespace wardkeep::policy {
namespace {

std::string_view TakeDigits(std::string_view& text) {
  const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
  text.remove_prefix(digits.size());
  return digits;
}

bool Take(std::string_view& text, char a, char b) {
  if (text.empty() || (text.front() != a && text.front() != b)) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<int32_t> ReadExponent(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  int32_t exponent = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, exponent);
  if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
  return exponent;
}

std::strong_ordering CompareDigits(const Decimal& a, const Decimal& b) {
  std::string_view a_left = a.back;
  std::string_view b_left = b.back;
  std::string_view x = a.front;
  std::string_view y = b.front;
  while (true) {
    if (x.empty()) std::swap(x, a_left);
    if (y.empty()) std::swap(y, b_left);
    if (x.empty() || y.empty()) return !x.empty() <=> !y.empty();  // more digits that are not all zero
    const std::size_t size = std::min(x.size(), y.size());
    if (const int order = x.substr(0, size).compare(y.substr(0, size)); order != 0) return order <=> 0;
    x.remove_prefix(size);
    y.remove_prefix(size);
  }
}

std::strong_ordering CompareMagnitudes(const Decimal& a, const Decimal& b) {
  const bool a_is_zero = a.front.empty() && a.back.empty();
  const bool b_is_zero = b.front.empty() && b.back.empty();
  if (a_is_zero || b_is_zero) return !a_is_zero <=> !b_is_zero;
  return a.point != b.point ? a.point <=> b.point : CompareDigits(a, b);
}

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal number;
  number.negative = text.starts_with('-');
  Take(text, '+', '-');
  number.front = TakeDigits(text);
  if (Take(text, '.', '.')) number.back = TakeDigits(text);
  if (number.front.empty() && number.back.empty()) return std::nullopt;
  if (Take(text, 'e', 'E')) {
    const std::optional<int32_t> exponent = ReadExponent(text);
    if (!exponent) return std::nullopt;
    number.point = *exponent;
  } else if (!text.empty()) {
    return std::nullopt;
  }

  number.front.remove_prefix(std::min(number.front.find_first_not_of('0'), number.front.size()));
  number.point += static_cast<int64_t>(number.front.size());
  number.back = number.back.substr(0, number.back.find_last_not_of('0') + 1);
  if (number.back.empty()) number.front = number.front.substr(0, number.front.find_last_not_of('0') + 1);
  if (number.front.empty()) {
    const std::size_t zeros = std::min(number.back.find_first_not_of('0'), number.back.size());
    number.back.remove_prefix(zeros);
    number.point -= static_cast<int64_t>(zeros);
  }
  return number.front.empty() && number.back.empty() ? Decimal() : number;
}

std::strong_ordering CompareDecimals(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative)
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.negative ? CompareMagnitudes(b, a) : CompareMagnitudes(a, b);
}

}  // namespace wardkeep::policy
