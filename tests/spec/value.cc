#include "spec/value.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "base/ascii.h"
#include "base/base64.h"

namespace wardkeep::policy::spec {
namespace {

constexpr std::string_view kDigits = "0123456789";

// Takes the leading digits.
std::string TakeDigits(std::string_view& text) {
  const std::string digits(text.substr(0, text.find_first_not_of(kDigits)));
  text.remove_prefix(digits.size());
  return digits;
}

bool Take(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text[0]) == any_of.npos) return false;
  text.remove_prefix(1);
  return true;
}

// Takes a number of `least` to `most` digits in [low, high] into `out`.
bool TakeNumber(std::string_view& text, std::size_t least, std::size_t most, int64_t low, int64_t high,
                int64_t& out) {
  const std::string digits = TakeDigits(text);
  if (digits.size() < least || digits.size() > most) return false;
  out = 0;
  for (const char c : digits) out = out * 10 + (c - '0');
  return out >= low && out <= high;
}

// Days since 1970; the calendar repeats after 400 years, of 146,097 days. A day past the end of its month
// runs on.
int64_t DaysTo(int64_t year, int64_t month, int64_t day) {
  const int64_t cycle_year = ((year % 400) + 400) % 400 + 2000;
  const std::chrono::sys_days first =
      std::chrono::year(static_cast<int>(cycle_year)) / std::chrono::month(static_cast<unsigned>(month)) / 1;
  return first.time_since_epoch().count() + day - 1 + (year - cycle_year) / 400 * 146097;
}

// hh[:mm[:ss[.fraction]]][zone], or nothing.
bool TakeTime(std::string_view& text, Moment& moment) {
  if (text.empty()) return true;
  int64_t number[3] = {0, 0, 0};
  for (int i = 0; i < 3 && (i == 0 || Take(text, ":")); ++i) {
    if (!TakeNumber(text, 1, 2, 0, i == 0 ? 23 : 59, number[i])) return false;
    if (i != 2 || !Take(text, ".")) continue;
    std::string digits = TakeDigits(text);
    if (digits.empty() || digits.size() > 9) return false;
    digits.resize(9, '0');
    std::string_view millis = std::string_view(digits).substr(0, 3);
    TakeNumber(millis, 3, 3, 0, 999, moment.second);
  }
  moment.first += number[0] * 3600 + number[1] * 60 + number[2];
  if (text.empty() || Take(text, "Zz")) return true;
  const int64_t sign = text[0] == '-' ? 1 : -1;
  int64_t hour = 0, minute = 0;
  if (!Take(text, "+-") || !TakeNumber(text, 2, 2, 0, 23, hour)) return false;
  if (Take(text, ":") && !TakeNumber(text, 2, 2, 0, 59, minute)) return false;
  moment.first += sign * (hour * 3600 + minute * 60);
  return true;
}

// The bits of a.b.c.d, or of an IPv6 address.
std::optional<std::string> AddressBits(const std::string& text) {
  std::array<unsigned char, 16> bytes{};
  const bool four = text.find(':') == text.npos;
  if (four) {
    std::string_view rest = text;
    for (std::size_t i = 0; i < 4; ++i) {
      std::string octet = TakeDigits(rest);
      if (octet.empty() || (i < 3 && !Take(rest, "."))) return {};
      octet.erase(0, octet.find_first_not_of('0'));
      std::string_view digits = octet;
      int64_t value = 0;
      if (!TakeNumber(digits, 0, 3, 0, 255, value)) return {};
      bytes[i] = static_cast<unsigned char>(value);
    }
    if (!rest.empty()) return {};
  } else if (text.find('\0') != text.npos || inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) {
    return {};
  }
  std::string bits;
  for (std::size_t i = 0; i < (four ? 32U : 128U); ++i)
    bits += (bytes[i / 8] >> (7 - i % 8) & 1) != 0 ? '1' : '0';
  return bits;
}

// Of a request: IPv4 within IPv6 is IPv4.
std::optional<std::string> RequestAddress(const std::string& text) {
  const auto bits = AddressBits(text);
  const bool wrapped =
      bits && bits->size() == 128 && bits->starts_with(std::string(80, '0') + std::string(16, '1'));
  return wrapped ? bits->substr(96) : bits;
}

// Of a policy: no dotted end in IPv6, but one colon too many in the middle or at the end.
std::optional<std::string> NetworkAddress(std::string text) {
  if (text.find(':') == text.npos) return AddressBits(text);
  if (text.find('.') != text.npos) return {};
  const std::size_t three = text.find(":::");
  if (three != text.npos) {
    text.erase(three, 1);
  } else if (text.ends_with(':') && !text.ends_with("::")) {
    text.pop_back();
  }
  return AddressBits(text);
}

}  // namespace

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  if (negative != other.negative) return other.negative <=> negative;
  std::strong_ordering order = !digits.empty() <=> !other.digits.empty();
  if (order == 0) order = point <=> other.point;
  if (order == 0) order = digits <=> other.digits;
  return negative ? 0 <=> order : order;
}

// [sign] digits with a point [e [sign] digits]; the exponent has 32 bits.
std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal out;
  out.negative = text.starts_with('-');
  Take(text, "+-");
  out.digits = TakeDigits(text);
  out.point = static_cast<int64_t>(out.digits.size());
  if (Take(text, ".")) out.digits += TakeDigits(text);
  if (out.digits.empty()) return std::nullopt;
  if (Take(text, "eE")) {
    const bool down = text.starts_with('-');
    Take(text, "+-");
    std::string exponent = TakeDigits(text);
    if (exponent.empty()) return std::nullopt;
    exponent.erase(0, exponent.find_first_not_of('0'));
    std::string_view left = exponent;
    int64_t power = 0;
    if (!TakeNumber(left, 0, 10, 0, down ? 2147483648 : 2147483647, power)) return std::nullopt;
    out.point += down ? -power : power;
  }
  if (!text.empty()) return std::nullopt;
  const std::size_t zeros = std::min(out.digits.find_first_not_of('0'), out.digits.size());
  out.digits.erase(0, zeros);
  out.point -= static_cast<int64_t>(zeros);
  out.digits.erase(out.digits.find_last_not_of('0') + 1);
  return out.digits.empty() ? Decimal() : out;
}

std::optional<Moment> ParseMoment(std::string_view text) {
  Moment out;
  if (text.find_first_of("tT-") == text.npos) {
    Take(text, "+");
    const std::optional<Decimal> number = ParseDecimal(text);
    if (text.find_first_not_of(kDigits) != text.npos || !number) return std::nullopt;
    if (*number > *ParseDecimal("9223372036854775807")) return std::nullopt;
    text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
    TakeNumber(text, 0, 19, 0, 0, out.first);
    return out;
  }
  const bool before_zero = Take(text, "-");
  int64_t year = 0, month = 1, day = 1;
  if (!TakeNumber(text, 1, 9, 0, before_zero ? 292275054 : 292278993, year)) return std::nullopt;
  if (Take(text, "-")) {
    if (!TakeNumber(text, 1, 2, 1, 12, month)) return std::nullopt;
    if (Take(text, "-") && !TakeNumber(text, 1, 2, 1, 31, day)) return std::nullopt;
  }
  out.first = DaysTo(before_zero ? -year : year, month, day) * 86400;
  if (Take(text, "tT") && !TakeTime(text, out)) return std::nullopt;
  if (!text.empty()) return std::nullopt;
  return out;
}

bool ReadBool(std::string_view text) {
  return base::AsciiLower(text) == "true";
}

std::optional<std::vector<uint8_t>> ParseBinary(std::string_view text) {
  return base::Base64Decode(text);
}

bool IsAddress(const std::string& text) {
  return RequestAddress(text).has_value();
}

bool BlockContains(const std::string& block, const std::string& address) {
  const std::size_t slash = block.find('/');
  const auto network = NetworkAddress(block.substr(0, slash)), bits = RequestAddress(address);
  if (!network || !bits || network->size() != bits->size()) return false;
  auto prefix = static_cast<int64_t>(network->size());
  if (slash != block.npos) {
    std::string_view text = std::string_view(block).substr(slash + 1);
    Take(text, "+");
    if (text.empty()) return false;
    text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
    if (!TakeNumber(text, 0, 3, 0, prefix, prefix) || !text.empty()) return false;
  }
  const auto length = static_cast<std::size_t>(prefix);
  // Host bits are overlooked in IPv4 only.
  if (network->size() == 128 && network->find('1', length) != network->npos) return false;
  return network->compare(0, length, *bits, 0, length) == 0;
}

}  // namespace wardkeep::policy::spec
