#include "spec/condition.h"

#include <algorithm>

#include "spec/pattern.h"
#include "spec/value.h"

namespace wardkeep::policy::spec {
namespace {

using Op = ConditionOperator;

bool Negated(Op op) {
  return op == Op::kStringNotEquals || op == Op::kStringNotEqualsIgnoreCase || op == Op::kStringNotLike ||
         op == Op::kNumericNotEquals || op == Op::kDateNotEquals || op == Op::kNotIpAddress ||
         op == Op::kArnNotEquals || op == Op::kArnNotLike;
}

// ASCII and Latin-1 letters (section 8, row 20): U+00C0 to U+00DE without the multiplication sign.
Text Fold(Text text) {
  for (char32_t& c : text) {
    if ((c >= U'A' && c <= U'Z') || (c >= 0xC380 && c <= 0xC39E && c != 0xC397)) c += 32;
  }
  return text;
}

bool ArnMatches(const Text& pattern, const Text& text) {
  const std::vector<Text> parts = ArnParts(text), globs = ArnParts(pattern);
  if (parts.size() != 6 || parts[0] != U"arn") return false;
  if (pattern == Text(1, kAnyRun)) return true;
  bool all = globs.size() == 6;
  for (std::size_t i = 0; all && i < 6; ++i) all = Glob(globs[i], parts[i]);
  return all;
}

// By the place of an operator among its six: Equals, NotEquals, LessThan, LessThanEquals, GreaterThan, ...
template <typename T>
bool Ordered(const std::optional<T>& a, const std::optional<T>& b, Op op, Op first) {
  if (!a || !b) return false;
  const bool results[] = {*a == *b, *a == *b, *a<*b, *a <= *b, *a> * b, *a >= *b};
  return results[static_cast<int>(op) - static_cast<int>(first)];
}

// Does one context value satisfy one policy value under the operator, or under its positive counterpart?
// Malformed values satisfy nothing (3.5), nor does a value whose variable is missing (2.4).
bool Satisfies(Op op, const std::string& value, const std::string& wanted, LanguageVersion version,
               const RequestContext& context) {
  if (TakesVariables(op)) {
    const bool arn = op >= Op::kArnEquals, like = op == Op::kStringLike || op == Op::kStringNotLike;
    const std::optional<Text> pattern = Expand(wanted, version, arn || like, context);
    if (!pattern) return false;
    const Text text = Decode(value);
    if (arn) return ArnMatches(*pattern, text);
    if (like) return Glob(*pattern, text);
    const bool folded = op == Op::kStringEqualsIgnoreCase || op == Op::kStringNotEqualsIgnoreCase;
    return folded ? Fold(*pattern) == Fold(text) : *pattern == text;
  }
  if (op == Op::kBool) return ParseBool(value) && ParseBool(value) == ParseBool(wanted);
  if (op == Op::kBinaryEquals) return ParseBinary(value) && ParseBinary(value) == ParseBinary(wanted);
  if (op == Op::kIpAddress || op == Op::kNotIpAddress) return BlockContains(wanted, value);
  if (op >= Op::kDateEquals) return Ordered(ParseMoment(value), ParseMoment(wanted), op, Op::kDateEquals);
  return Ordered(ParseDecimal(value), ParseDecimal(wanted), op, Op::kNumericEquals);
}

}  // namespace

bool TakesVariables(Op op) {
  return op <= Op::kStringNotLike || (op >= Op::kArnEquals && op <= Op::kArnNotLike);
}

bool Holds(const ConditionTest& test, LanguageVersion version, const RequestContext& context) {
  const RequestContext::Entry* entry = Find(context, test.key);
  const std::vector<std::string> values = entry == nullptr ? std::vector<std::string>() : entry->values;
  const auto fits = [&](const std::string& value) {  // OR over the policy values, NOR for negated operators
    const auto satisfied = [&](const auto& wanted) {
      return Satisfies(test.op, value, wanted, version, context);
    };
    return std::any_of(test.values.begin(), test.values.end(), satisfied) != Negated(test.op);
  };
  if (test.qualifier != SetQualifier::kNone) {  // 3.2 and 3.3; IfExists changes nothing
    const bool all = test.qualifier == SetQualifier::kForAllValues;
    const auto is_empty = [](const std::string& value) { return value.empty(); };
    // A set of nothing but empty texts is no value.
    if (std::all_of(values.begin(), values.end(), is_empty) || test.op == Op::kNull) return all;
    if (test.values.empty()) return false;  // ForAllValues: "true iff empty"; ForAnyValue: "never"
    return all ? std::all_of(values.begin(), values.end(), fits)
               : std::any_of(values.begin(), values.end(), fits);
  }
  if (values.empty() && test.if_exists) return true;
  if (test.op == Op::kNull) {
    const auto asked = [&](const std::string& wanted) { return ParseBool(wanted) == values.empty(); };
    return std::any_of(test.values.begin(), test.values.end(), asked);
  }
  if (values.empty()) return Negated(test.op);
  if (values.size() > 1) return false;                      // section 8, row 6
  if (test.values.empty() && test.if_exists) return false;  // "true iff absent"
  return fits(values.front());
}

}  // namespace wardkeep::policy::spec
