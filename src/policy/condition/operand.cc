#include "policy/condition/operand.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "policy/match/glob.h"

namespace wardkeep::policy {
namespace {

template <typename T>
Operand OrNothing(const std::optional<T>& value) {
  if (!value) return std::monostate();
  return *value;
}

bool Orders(Comparator comparator, std::strong_ordering value_to_operand) {
  switch (comparator) {
    case Comparator::kEqual:
      return value_to_operand == 0;
    case Comparator::kLess:
      return value_to_operand < 0;
    case Comparator::kLessOrEqual:
      return value_to_operand <= 0;
    case Comparator::kGreater:
      return value_to_operand > 0;
    case Comparator::kGreaterOrEqual:
      return value_to_operand >= 0;
    default:
      return false;
  }
}

// Compares one value of the request with an operand of each type.
struct Comparison {
  Comparator comparator;
  std::string_view value;
  const RequestContext& context;

  bool operator()(std::monostate) const { return false; }
  bool operator()(const Pattern& pattern) const {
    if (comparator != Comparator::kEqualIgnoreCase) return Matches(pattern, value, context);
    const ResolvedPieces resolved(pattern, context);
    return resolved.complete() && EqualsIgnoringCase(resolved.pieces(), value);
  }
  bool operator()(const ArnPattern& pattern) const { return MatchesArn(pattern, value, context); }
  bool operator()(const Decimal& number) const {
    const std::optional<Decimal> given = ParseDecimal(value);
    return given && Orders(comparator, CompareDecimals(*given, number));
  }
  bool operator()(const DateValue& date) const {
    const std::optional<DateValue> given = ParseDate(value);
    return given && Orders(comparator, *given <=> date);
  }
  bool operator()(bool wanted) const { return ParseBool(value) == wanted; }
  bool operator()(const Base64Text& wanted) const { return wanted.text == value; }
  bool operator()(const IpBlock& block) const {
    const std::optional<IpAddress> given = ParseIpAddress(value);
    return given && Contains(block, *given);
  }
};

}  // namespace

Operand MakeOperand(const OperatorRow& row, std::string_view written, LanguageVersion version, Arena& arena) {
  const bool variables = row.variables && version == LanguageVersion::k2012;
  switch (row.value_type) {
    case ValueType::kString:
      return MakePattern(written, {.wildcards = row.wildcards, .variables = variables}, arena);
    case ValueType::kArn:
      return MakeArnPattern(written, variables, arena);
    case ValueType::kNumeric:
      return OrNothing(ParseDecimal(arena.CopyText(written)));
    case ValueType::kDate:
      return OrNothing(ParseDate(written));
    case ValueType::kBool:
    case ValueType::kExistence:
      return OrNothing(ParseBool(written));
    case ValueType::kBinary:
      if (!base::Base64Decode(written)) return std::monostate();
      return Base64Text{arena.CopyText(written)};
    case ValueType::kIpAddress:
      return OrNothing(ParseIpBlock(written));
  }
  return std::monostate();
}

bool Compares(Comparator comparator, const Operand& operand, std::string_view value,
              const RequestContext& context) {
  return std::visit(Comparison{comparator, value, context}, operand);
}

std::optional<bool> ParseBool(std::string_view text) {
  if (base::EqualsIgnoreAsciiCase(text, "true")) return true;
  if (base::EqualsIgnoreAsciiCase(text, "false")) return false;
  return std::nullopt;
}

}  // namespace wardkeep::policy
