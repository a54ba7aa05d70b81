#include "policy/condition/decimal.h"

namespace wardkeep::policy {
namespace {

bool IsDigits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::strong_ordering CompareMagnitudes(const Decimal& a, const Decimal& b) {
  if (a.integer.size() != b.integer.size()) return a.integer.size() <=> b.integer.size();
  if (const int order = a.integer.compare(b.integer); order != 0) return order <=> 0;
  return a.fraction.compare(b.fraction) <=> 0;
}

}  // namespace

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal number;
  if (text.starts_with('+') || text.starts_with('-')) {
    number.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  number.integer = text.substr(0, point);
  if (!IsDigits(number.integer)) return std::nullopt;
  if (point != std::string_view::npos) {
    number.fraction = text.substr(point + 1);
    if (!IsDigits(number.fraction)) return std::nullopt;
  }
  const std::size_t first = number.integer.find_first_not_of('0');
  number.integer = first == std::string_view::npos ? std::string_view() : number.integer.substr(first);
  number.fraction = number.fraction.substr(0, number.fraction.find_last_not_of('0') + 1);
  if (number.integer.empty() && number.fraction.empty()) number.negative = false;
  return number;
}

std::strong_ordering CompareDecimals(const Decimal& a, const Decimal& b) {
  if (a.negative != b.negative)
    return a.negative ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.negative ? CompareMagnitudes(b, a) : CompareMagnitudes(a, b);
}

}  // namespace wardkeep::policy
