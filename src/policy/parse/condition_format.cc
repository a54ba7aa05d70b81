#include "policy/parse/condition_format.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/base64.h"
#include "policy/condition/date_value.h"
#include "policy/condition/decimal.h"
#include "policy/condition/ip_block.h"
#include "policy/match/arn_pattern.h"

namespace wardkeep::policy {
namespace {

bool HasVariable(std::string_view text) {
  const std::size_t start = text.find("${");
  return start != std::string_view::npos && text.find('}', start) != std::string_view::npos;
}

bool IsLetter(char c) {
  const char lower = base::AsciiLower(c);
  return lower >= 'a' && lower <= 'z';
}
bool IsServiceCharacter(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '-';
}

// Where the name of a tag begins in "service:Word/name"; npos for other keys. A host with a port before its
// path is no such key.
std::size_t TagNameOf(std::string_view key) {
  const std::size_t colon = key.find(':');
  const std::size_t slash = key.find('/');
  if (colon == std::string_view::npos || slash == std::string_view::npos || slash < colon + 2)
    return std::string_view::npos;
  const std::string_view service = key.substr(0, colon);
  const std::string_view word = key.substr(colon + 1, slash - colon - 1);
  const bool is_tag_key = std::all_of(service.begin(), service.end(), IsServiceCharacter) &&
                          IsLetter(word.front()) && word.find(':') == std::string_view::npos;
  return is_tag_key ? slash + 1 : std::string_view::npos;
}

}  // namespace

bool IsReadableValue(ValueType type, std::string_view text) {
  switch (type) {
    case ValueType::kNumeric:
      return ParseDecimal(text).has_value();
    case ValueType::kDate:
      return ParseDate(text).has_value();
    case ValueType::kBinary:
      return base::Base64Decode(text).has_value();
    case ValueType::kIpAddress:
      return ParseIpBlock(text).has_value();
    case ValueType::kArn:
      return IsArnPatternText(text) || HasVariable(text);
    case ValueType::kString:
    case ValueType::kBool:
    case ValueType::kExistence:
      return true;
  }
  return true;
}

bool HasOneColonAtMost(std::string_view key) {
  constexpr std::string_view kEncryptionContext = "kms:EncryptionContext:";
  if (base::EqualsIgnoreAsciiCase(key.substr(0, kEncryptionContext.size()), kEncryptionContext)) return true;
  return std::ranges::count(key.substr(0, TagNameOf(key)), ':') <= 1;
}

}  // namespace wardkeep::policy
