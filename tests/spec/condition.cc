#include "spec/condition.h"

#include <algorithm>

#include "spec/lower_case.h"
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

bool ArnMatches(const Text& pattern, const std::vector<Text>& parts) {
  if (pattern == Text(1, kAnyRun)) return true;
  const std::vector<Text> globs = ArnParts(pattern);
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
// Malformed values satisfy nothing (3.5), nor does a value whose variable is missing (2.4). Arn*: see
// ArnHolds.
bool Satisfies(Op op, const std::string& value, const std::string& wanted, LanguageVersion version,
               const RequestContext& context) {
  if (TakesVariables(op)) {
    const bool like = op == Op::kStringLike || op == Op::kStringNotLike;
    const std::optional<Text> pattern = Expand(wanted, version, like, context);
    if (!pattern) return false;
    const Text text = Decode(value);
    if (like) return Glob(*pattern, text);
    const bool folded = op == Op::kStringEqualsIgnoreCase || op == Op::kStringNotEqualsIgnoreCase;
    return folded ? LowerCase(*pattern) == LowerCase(text) : *pattern == text;
  }
  if (op == Op::kBool) return ReadBool(value) == ReadBool(wanted);
  if (op == Op::kBinaryEquals) return ParseBinary(value) && ParseBinary(value) == ParseBinary(wanted);
  if (op == Op::kIpAddress || op == Op::kNotIpAddress) return BlockContains(wanted, value);
  if (op >= Op::kDateEquals) return Ordered(ParseMoment(value), ParseMoment(wanted), op, Op::kDateEquals);
  return Ordered(ParseDecimal(value), ParseDecimal(wanted), op, Op::kNumericEquals);
}

// 3.5: a request value that is no ARN satisfies nothing; the first policy value that fits decides, and so
// does one that is no ARN: for a Deny and against an Allow.
bool ArnHolds(const ConditionTest& test, Effect effect, const std::string& value, LanguageVersion version,
              const RequestContext& context) {
  const std::vector<Text> parts = ArnParts(Decode(value));
  if (parts.size() != 6 || parts[0] != U"arn") return false;
  for (const std::string& wanted : test.values) {
    const std::optional<Text> pattern = Expand(wanted, version, true, context);
    if (!pattern) continue;
    if (*pattern != Text(1, kAnyRun) && !pattern->starts_with(U"arn:")) return effect == Effect::kDeny;
    if (ArnMatches(*pattern, parts)) return !Negated(test.op);
  }
  return Negated(test.op);
}

}  // namespace

bool TakesVariables(Op op) {
  return op <= Op::kStringNotLike || (op >= Op::kArnEquals && op <= Op::kArnNotLike);
}

bool Holds(const ConditionTest& test, Effect effect, LanguageVersion version, const RequestContext& context) {
  const RequestContext::Entry* entry = Find(context, test.key);
  const std::vector<std::string> values = entry == nullptr ? std::vector<std::string>() : entry->values;
  const auto fits = [&](const std::string& value) {  // OR over the policy values, NOR for negated operators
    if (test.op >= Op::kArnEquals) return ArnHolds(test, effect, value, version, context);
    if (test.op == Op::kIpAddress || test.op == Op::kNotIpAddress) {
      if (!IsAddress(value)) return false;  // negated or not (3.5)
    }
    const auto satisfied = [&](const auto& wanted) {
      return Satisfies(test.op, value, wanted, version, context);
    };
    return std::any_of(test.values.begin(), test.values.end(), satisfied) != Negated(test.op);
  };
  if (test.qualifier != SetQualifier::kNone) {  // 3.2 and 3.3; IfExists changes nothing
    const bool all = test.qualifier == SetQualifier::kForAllValues;
    if (values.empty() || test.op == Op::kNull) return all;
    if (test.values.empty()) return false;  // ForAllValues: "true iff empty"; ForAnyValue: "never"
    return all ? std::all_of(values.begin(), values.end(), fits)
               : std::any_of(values.begin(), values.end(), fits);
  }
  if (values.empty() && test.if_exists) return true;
  if (test.op == Op::kNull) {
    const auto asked = [&](const std::string& wanted) { return ReadBool(wanted) == values.empty(); };
    return std::any_of(test.values.begin(), test.values.end(), asked);
  }
  if (values.empty()) return Negated(test.op);
  if (entry->multi_valued) return false;  // 3.3: a plain operator, however many values there are
  if (test.values.empty() && test.if_exists) return false;  // "true iff absent"
  return fits(values.front());
}

}  // namespace wardkeep::policy::spec
