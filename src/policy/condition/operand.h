// The policy values of a condition, each read once when the policy is compiled, and whether one value of the
// request satisfies them, negation included (policy-semantics 3.1, 3.5). Set qualifiers, IfExists and missing
// keys are the business of test.h.
//
// Values that their operator cannot read: a policy value compares with nothing, so that a negated operator
// holds, but one that is no ARN ends the test, for the good of a Deny. A value of the request that is no
// address or no ARN satisfies neither an operator nor its negation; one that is no number, date or base64
// equals nothing.
#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "policy/condition/date_value.h"
#include "policy/condition/decimal.h"
#include "policy/condition/ip_block.h"
#include "policy/condition/operators.h"
#include "policy/match/arn_pattern.h"
#include "policy/match/pattern.h"

namespace wardkeep::policy {

struct Base64Text {
  std::string_view text;  // canonical, so equal bytes have equal text
};

// Pattern: String*. std::monostate: nothing compares with it. Null keeps its flag as a bool.
using Operand =
    std::variant<std::monostate, Pattern, ArnPattern, Decimal, DateValue, bool, Base64Text, IpBlock>;

// `version` decides whether "${" starts a variable.
Operand MakeOperand(const OperatorRow& row, std::string_view written, LanguageVersion version, Arena& arena);

// What one value of the request is asked for. Not Null.
struct ValueQuestion {
  Comparator comparator;
  bool negated;
  bool in_deny;  // of a Deny statement
  std::span<const Operand> operands;
};
bool Satisfies(const ValueQuestion& question, std::string_view value, const RequestContext& context);

// "true" in any letter case is true, and every other text false (3.4).
bool ReadBool(std::string_view text);

}  // namespace wardkeep::policy
