#include "differential/word.h"

namespace wardkeep::differential {
namespace {

using sv = std::string_view;

constexpr sv kTextParts[] = {"a", "b", "a", "A", "ab", "*", "?", "\xC3\xA9", ":", "/", "$", "\U00010400"};
constexpr sv kPatternParts[] = {"a",
                                "b",
                                "*",
                                "*",
                                "?",
                                "ab",
                                "\xC3\xA9",
                                "${*}",
                                "${?}",
                                "${$}",
                                "${",
                                "}",
                                "${s3:prefix}",
                                "A",
                                "\U00010400",
                                "??",
                                ":",
                                "/",
                                "${aws:PrincipalTag/team, 'a'}"};
constexpr sv kNumberParts[] = {"1", "0", "9", "0", ".", "-", "+", "12", "e", "E"};

template <typename Parts>
std::string Join(ByteSource& bytes, const Parts& parts, std::size_t most) {
  std::string out;
  for (std::size_t n = bytes.Below(most + 1); n > 0; --n) out += bytes.Pick(parts);
  return out;
}

std::string Digits(std::size_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  return digits;
}

std::string MakeDate(ByteSource& bytes) {
  constexpr sv kYears[] = {"2026", "2026", "1969", "2024", "0000", "-4", "1900", "2000"};
  std::string out(bytes.Pick(kYears));
  out += '-' + Digits(1 + bytes.Below(12), bytes.Below(2) + 1);
  if (bytes.Chance(20)) return out;
  out += '-' + Digits(1 + bytes.Below(31), bytes.Below(2) + 1);
  if (bytes.Chance(20)) return out;
  out += bytes.Chance(50) ? 'T' : 't';
  out += Digits(bytes.Below(24), bytes.Below(2) + 1);
  if (bytes.Chance(80)) out += ':' + Digits(bytes.Below(60), 2);
  if (out.ends_with(':') || out.find(':') == std::string::npos) return out;
  if (bytes.Chance(70)) {
    out += ':' + Digits(bytes.Below(60), 2);
    if (bytes.Chance(30)) out += '.' + Digits(bytes.Below(100), 1 + bytes.Below(9));
  }
  constexpr sv kZones[] = {"Z", "z", "", "+01:00", "-23:59", "+00", "-05"};
  return out + std::string(bytes.Pick(kZones));
}

std::string MakeAddress(ByteSource& bytes, Side side) {
  constexpr sv kOctets[] = {"0", "203", "113", "9", "128", "255", "256", "09", "000"};
  constexpr sv kGroups[] = {"2001", "db8", "0", "", "ffff", "1", "203.0.113.9"};
  const bool six = bytes.Chance(40);
  std::string out;
  for (std::size_t i = 0, n = six ? 2 + bytes.Below(7) : 4; i < n; ++i) {
    if (i > 0) out += six ? ':' : '.';
    out += six ? bytes.Pick(kGroups) : bytes.Pick(kOctets);
  }
  if (side == Side::kPolicy && bytes.Chance(60)) {
    constexpr sv kFronts[] = {"/", "/", "/", "/0", "/+"};
    out += std::string(bytes.Pick(kFronts)) + std::to_string(bytes.Below(six ? 130 : 34));
  }
  return out;
}

std::string MakeArn(ByteSource& bytes, Side side) {
  constexpr sv kTexts[] = {"aws", "sns", "", "eu-west-1", "a"};
  constexpr sv kPatterns[] = {"aws", "*", "s*", "", "eu-*", "?", "a*"};
  std::string out = bytes.Chance(95) ? "arn" : "*";
  for (std::size_t n = 3 + bytes.Below(3); n > 0; --n) {
    out += ':';
    out += side == Side::kPolicy ? bytes.Pick(kPatterns) : bytes.Pick(kTexts);
  }
  return out + ':' + MakeResourcePart(bytes, side);
}

}  // namespace

std::string MakeResourcePart(ByteSource& bytes, Side side) {
  return side == Side::kPolicy ? Join(bytes, kPatternParts, 6) : Join(bytes, kTextParts, 6);
}

std::string MakeValue(ByteSource& bytes, ValueKind kind, Side side) {
  if (bytes.Chance(75)) {
    return std::string(bytes.Pick(side == Side::kPolicy ? PolicyValuesOf(kind) : ContextValuesOf(kind)));
  }
  switch (kind) {
    case ValueKind::kNumber:
      return Join(bytes, kNumberParts, 6);
    case ValueKind::kDate:
      return MakeDate(bytes);
    case ValueKind::kAddress:
      return MakeAddress(bytes, side);
    case ValueKind::kArn:
      return MakeArn(bytes, side);
    default:
      return MakeResourcePart(bytes, side);
  }
}

}  // namespace wardkeep::differential
