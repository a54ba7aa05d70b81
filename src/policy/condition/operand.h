// A policy value of a condition, read once when the policy is compiled, and its comparison with one value of
// the request. Always the positive comparison: negation, set qualifiers and missing keys are the business of
// test.h. A value that cannot be read as its operator needs compares with nothing (policy-semantics 3.5).
#pragma once

#include <optional>
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

// Not for Null.
bool Compares(Comparator comparator, const Operand& operand, std::string_view value,
              const RequestContext& context);

// "true" or "false" in any letter case.
std::optional<bool> ParseBool(std::string_view text);

}  // namespace wardkeep::policy
