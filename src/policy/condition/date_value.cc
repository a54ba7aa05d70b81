#include "policy/condition/date_value.h"

#include <array>
#include <charconv>

namespace wardkeep::policy {
namespace {

constexpr int64_t kFirstYear = -292275054;
constexpr int64_t kLastYear = 292278993;
constexpr int64_t kSecondsPerDay = 86400;

// Reads the text from left to right.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }

  // Takes the next character when it is `lower`, ignoring ASCII case.
  bool Take(char lower) {
    if (rest_.empty()) return false;
    char c = rest_.front();
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (c != lower) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // A run of `min` to `max` digits; a longer run is an error. Sets `count` to its length when given.
  std::optional<int64_t> Digits(std::size_t min, std::size_t max, std::size_t* count = nullptr) {
    int64_t value = 0;
    std::size_t n = 0;
    while (n < rest_.size() && rest_[n] >= '0' && rest_[n] <= '9') {
      if (++n > max) return std::nullopt;
      value = value * 10 + (rest_[n - 1] - '0');
    }
    if (n < min) return std::nullopt;
    rest_.remove_prefix(n);
    if (count != nullptr) *count = n;
    return value;
  }

  // Digits whose value lies in [low, high].
  bool Field(std::size_t min_digits, int64_t low, int64_t high, int64_t& out) {
    const std::optional<int64_t> value = Digits(min_digits, 2);
    if (!value || *value < low || *value > high) return false;
    out = *value;
    return true;
  }

 private:
  std::string_view rest_;
};

constexpr int64_t FloorDivide(int64_t a, int64_t b) {
  return a / b - (a % b < 0 ? 1 : 0);
}

// Days from 1970-01-01 to the first of the month, in the proleptic Gregorian calendar.
int64_t DaysToMonth(int64_t year, int64_t month) {
  constexpr std::array<int64_t, 12> kDaysBefore = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const int64_t before = year - 1;
  const int64_t leaps = FloorDivide(before, 4) - FloorDivide(before, 100) + FloorDivide(before, 400);
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  constexpr int64_t kDaysTo1970 = 1969 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400;
  return before * 365 + leaps - kDaysTo1970 + kDaysBefore[static_cast<std::size_t>(month - 1)] +
         (leap && month > 2 ? 1 : 0);
}

// Z, +hh[:mm] or -hh[:mm]; nothing is UTC.
bool ReadZone(Cursor& in, int64_t& offset_seconds) {
  offset_seconds = 0;
  if (in.AtEnd()) return true;
  if (in.Take('z')) return in.AtEnd();
  const bool minus = in.Take('-');
  if (!minus && !in.Take('+')) return false;
  int64_t hours = 0;
  int64_t minutes = 0;
  if (!in.Field(2, 0, 23, hours)) return false;
  if (in.Take(':') && !in.Field(2, 0, 59, minutes)) return false;
  offset_seconds = (hours * 3600 + minutes * 60) * (minus ? -1 : 1);
  return in.AtEnd();
}

// Up to nine digits, of which three count.
bool ReadFraction(Cursor& in, uint32_t& millis) {
  std::size_t count = 0;
  std::optional<int64_t> value = in.Digits(1, 9, &count);
  if (!value) return false;
  for (; count < 3; ++count) *value *= 10;
  for (; count > 3; --count) *value /= 10;
  millis = static_cast<uint32_t>(*value);
  return true;
}

// hh[:mm[:ss[.frac]]][zone], or nothing.
bool ReadTime(Cursor& in, DateValue& date) {
  if (in.AtEnd()) return true;
  int64_t hours = 0;
  int64_t minutes = 0;
  int64_t seconds = 0;
  if (!in.Field(1, 0, 23, hours)) return false;
  if (in.Take(':')) {
    if (!in.Field(1, 0, 59, minutes)) return false;
    if (in.Take(':')) {
      if (!in.Field(1, 0, 59, seconds)) return false;
      if (in.Take('.') && !ReadFraction(in, date.millis)) return false;
    }
  }
  int64_t offset = 0;
  if (!ReadZone(in, offset)) return false;
  date.seconds += hours * 3600 + minutes * 60 + seconds - offset;
  return true;
}

std::optional<DateValue> ParseIso(std::string_view text) {
  Cursor in(text);
  const bool negative = in.Take('-');
  const std::optional<int64_t> digits = in.Digits(1, 9);
  if (!digits) return std::nullopt;
  const int64_t year = negative ? -*digits : *digits;
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  int64_t month = 1;
  int64_t day = 1;
  if (in.Take('-')) {
    if (!in.Field(1, 1, 12, month)) return std::nullopt;
    if (in.Take('-') && !in.Field(1, 1, 31, day)) return std::nullopt;
  }
  DateValue date;
  date.seconds = (DaysToMonth(year, month) + day - 1) * kSecondsPerDay;
  if (in.Take('t') && !ReadTime(in, date)) return std::nullopt;
  if (!in.AtEnd()) return std::nullopt;
  return date;
}

}  // namespace

std::optional<DateValue> ParseDate(std::string_view text) {
  if (text.find_first_of("tT-") != std::string_view::npos) return ParseIso(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  DateValue date;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, date.seconds);
  if (error != std::errc() || stop != end) return std::nullopt;
  return date;
}

}  // namespace wardkeep::policy
