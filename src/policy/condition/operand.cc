#include "policy/condition/operand.h"

#include "base/ascii.h"
#include "base/base64.h"
#include "policy/match/letter_case.h"

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

// Compares one value of the request with an operand of each type that needs nothing but the two.
struct Comparison {
  Comparator comparator;
  std::string_view value;
  const RequestContext& context;

  bool operator()(std::monostate) const { return false; }
  bool operator()(const Pattern& pattern) const {
    if (comparator != Comparator::kEqualIgnoreCase) return Matches(pattern, value, context);
    const ResolvedPieces resolved(pattern, context);
    return resolved.complete() && EqualsInLowerCase(resolved.pieces(), value);
  }
  bool operator()(const ArnPattern&) const { return false; }  // see SatisfiesArn
  bool operator()(const Decimal& number) const {
    const std::optional<Decimal> given = ParseDecimal(value);
    return given && Orders(comparator, CompareDecimals(*given, number));
  }
  bool operator()(const DateValue& date) const {
    const std::optional<DateValue> given = ParseDate(value);
    return given && Orders(comparator, *given <=> date);
  }
  bool operator()(bool wanted) const { return ReadBool(value) == wanted; }
  bool operator()(const Base64Text& wanted) const { return wanted.text == value; }
  bool operator()(const IpBlock&) const { return false; }  // see SatisfiesAddress
};

bool SatisfiesAddress(const ValueQuestion& question, std::string_view value) {
  const std::optional<IpAddress> address = ParseIpAddress(value);
  if (!address) return false;
  for (const Operand& operand : question.operands) {
    const auto* block = std::get_if<IpBlock>(&operand);
    if (block != nullptr && Contains(*block, *address)) return !question.negated;
  }
  return question.negated;
}

// Policy values are looked at in their order, until one fits or is none.
bool SatisfiesArn(const ValueQuestion& question, std::string_view value, const RequestContext& context) {
  const ArnText arn = SplitArn(value);
  if (!arn.IsArn()) return false;
  for (const Operand& operand : question.operands) {
    switch (MatchArn(std::get<ArnPattern>(operand), arn, context)) {
      case ArnMatch::kNo:
        continue;
      case ArnMatch::kYes:
        return !question.negated;
      case ArnMatch::kNoPattern:
        return question.in_deny;
    }
  }
  return question.negated;
}

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
      return ReadBool(written);
    case ValueType::kBinary:
      if (!base::Base64Decode(written)) return std::monostate();
      return Base64Text{arena.CopyText(written)};
    case ValueType::kIpAddress:
      return OrNothing(ParseIpBlock(written));
  }
  return std::monostate();
}

bool Satisfies(const ValueQuestion& question, std::string_view value, const RequestContext& context) {
  if (question.comparator == Comparator::kContains) return SatisfiesAddress(question, value);
  if (question.comparator == Comparator::kArnGlob) return SatisfiesArn(question, value, context);
  for (const Operand& operand : question.operands) {
    if (std::visit(Comparison{question.comparator, value, context}, operand)) return !question.negated;
  }
  return question.negated;
}

bool ReadBool(std::string_view text) {
  return base::EqualsIgnoreAsciiCase(text, "true");
}

}  // namespace wardkeep::policy
