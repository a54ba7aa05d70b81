#include "base/time_text.h"

#include <array>
#include <charconv>
#include <cstdlib>

namespace wardkeep::base {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::year_month_day;

struct Fields {
  int year;
  unsigned month;
  unsigned day;
  int hour;
  int minute;
  int second;
  int micro;
  unsigned weekday;
};

Fields Split(Instant t) {
  const auto day = floor<days>(t);
  const year_month_day ymd(day);
  const auto in_day = t - day;
  const auto whole = floor<seconds>(in_day);
  const int s = static_cast<int>(whole.count());
  return {static_cast<int>(ymd.year()),
          static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day()),
          s / 3600,
          s / 60 % 60,
          s % 60,
          static_cast<int>((in_day - whole).count()),
          std::chrono::weekday(day).c_encoding()};
}

// Decimal digits with leading zeros. By hand, because the log and every answer tell the time.
void AppendDigits(std::string& out, int value, std::size_t width) {
  std::array<char, 12> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), std::abs(value)).ptr;
  const auto count = static_cast<std::size_t>(end - digits.data());
  if (value < 0) out += '-';
  if (count < width) out.append(width - count, '0');
  out.append(digits.data(), count);
}

// The parts of the day, separated by `separator` unless it is 0.
void AppendClock(std::string& out, const Fields& f, char separator) {
  AppendDigits(out, f.hour, 2);
  if (separator != 0) out += separator;
  AppendDigits(out, f.minute, 2);
  if (separator != 0) out += separator;
  AppendDigits(out, f.second, 2);
}

void AppendDate(std::string& out, const Fields& f, char separator) {
  AppendDigits(out, f.year, 4);
  if (separator != 0) out += separator;
  AppendDigits(out, static_cast<int>(f.month), 2);
  if (separator != 0) out += separator;
  AppendDigits(out, static_cast<int>(f.day), 2);
}

std::string DateAndClock(const Fields& f, char date_separator, char clock_separator) {
  std::string out;
  out.reserve(32);
  AppendDate(out, f, date_separator);
  out += 'T';
  AppendClock(out, f, clock_separator);
  return out;
}

constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

// Reads exactly `width` digits at `pos` and moves on.
bool Digits(std::string_view text, std::size_t& pos, std::size_t width, int& out) {
  if (pos + width > text.size()) return false;
  out = 0;
  for (std::size_t i = 0; i < width; ++i) {
    const char c = text[pos + i];
    if (c < '0' || c > '9') return false;
    out = out * 10 + (c - '0');
  }
  pos += width;
  return true;
}

bool Literal(std::string_view text, std::size_t& pos, char c) {
  if (pos >= text.size() || text[pos] != c) return false;
  ++pos;
  return true;
}

std::optional<Instant> Join(int year, int month, int day, int hour, int minute, int second, int micro) {
  const year_month_day ymd(std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                           std::chrono::day(static_cast<unsigned>(day)));
  if (!ymd.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return Instant(sys_days(ymd)) + std::chrono::hours(hour) + std::chrono::minutes(minute) + seconds(second) +
         std::chrono::microseconds(micro);
}

}  // namespace

std::string FormatIso8601(Instant t) {
  return DateAndClock(Split(t), '-', ':') + 'Z';
}

std::string FormatIso8601Micros(Instant t) {
  const Fields f = Split(t);
  std::string out = DateAndClock(f, '-', ':');
  out += '.';
  AppendDigits(out, f.micro, 6);
  out += 'Z';
  return out;
}

std::string FormatIsoBasic(Instant t) {
  return DateAndClock(Split(t), 0, 0) + 'Z';
}

std::string FormatHttpDate(Instant t) {
  const Fields f = Split(t);
  std::string out = kDays[f.weekday];
  out += ", ";
  AppendDigits(out, static_cast<int>(f.day), 2);
  out.append(" ").append(kMonths[f.month - 1]).append(" ");
  AppendDigits(out, f.year, 4);
  out += ' ';
  AppendClock(out, f, ':');
  out += " GMT";
  return out;
}

std::optional<Instant> ParseIsoBasic(std::string_view text) {
  std::size_t pos = 0;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool ok = Digits(text, pos, 4, year) && Digits(text, pos, 2, month) && Digits(text, pos, 2, day) &&
                  Literal(text, pos, 'T') && Digits(text, pos, 2, hour) && Digits(text, pos, 2, minute) &&
                  Digits(text, pos, 2, second) && Literal(text, pos, 'Z') && pos == text.size();
  if (!ok) return std::nullopt;
  return Join(year, month, day, hour, minute, second, 0);
}

std::optional<Instant> ParseIso8601(std::string_view text) {
  std::size_t pos = 0;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, micro = 0;
  bool ok = Digits(text, pos, 4, year) && Literal(text, pos, '-') && Digits(text, pos, 2, month) &&
            Literal(text, pos, '-') && Digits(text, pos, 2, day) && Literal(text, pos, 'T') &&
            Digits(text, pos, 2, hour) && Literal(text, pos, ':') && Digits(text, pos, 2, minute) &&
            Literal(text, pos, ':') && Digits(text, pos, 2, second);
  if (!ok) return std::nullopt;
  if (pos < text.size() && text[pos] == '.') {
    ++pos;
    int scale = 100000;
    std::size_t digits = 0;
    while (pos < text.size() && text[pos] >= '0' && text[pos] <= '9') {
      micro += (text[pos] - '0') * scale;
      scale /= 10;
      ++pos;
      if (++digits > 9) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
  }
  int offset_minutes = 0;
  if (pos < text.size() && (text[pos] == '+' || text[pos] == '-')) {
    const int sign = text[pos] == '-' ? -1 : 1;
    ++pos;
    int oh = 0, om = 0;
    ok =
        Digits(text, pos, 2, oh) && Literal(text, pos, ':') && Digits(text, pos, 2, om) && oh < 24 && om < 60;
    if (!ok) return std::nullopt;
    offset_minutes = sign * (oh * 60 + om);
  } else if (!Literal(text, pos, 'Z')) {
    return std::nullopt;
  }
  if (pos != text.size()) return std::nullopt;
  const auto local = Join(year, month, day, hour, minute, second, micro);
  if (!local) return std::nullopt;
  return *local - std::chrono::minutes(offset_minutes);
}

std::optional<Instant> ParseHttpDate(std::string_view text) {
  // "Wed, 01 May 2024 12:34:56 GMT"; the weekday is not checked against the date.
  if (text.size() != 29 || text[3] != ',' || text[4] != ' ' || text.substr(25) != " GMT") return std::nullopt;
  std::size_t pos = 5;
  int year = 0, day = 0, hour = 0, minute = 0, second = 0, month = 0;
  if (!Digits(text, pos, 2, day) || !Literal(text, pos, ' ')) return std::nullopt;
  for (int m = 0; m < 12; ++m) {
    if (text.substr(pos, 3) == kMonths[static_cast<std::size_t>(m)]) month = m + 1;
  }
  if (month == 0) return std::nullopt;
  pos += 3;
  const bool ok = Literal(text, pos, ' ') && Digits(text, pos, 4, year) && Literal(text, pos, ' ') &&
                  Digits(text, pos, 2, hour) && Literal(text, pos, ':') && Digits(text, pos, 2, minute) &&
                  Literal(text, pos, ':') && Digits(text, pos, 2, second);
  if (!ok) return std::nullopt;
  return Join(year, month, day, hour, minute, second, 0);
}

}  // namespace wardkeep::base
