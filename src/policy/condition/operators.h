// The condition operators, one row of facts each (policy-semantics 3.4), and the reading of operator names
// such as "ForAllValues:StringLikeIfExists". Static data and pure functions, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "wardkeep/document.h"

namespace wardkeep::policy {

// What the values of an operator are read as before they are compared.
enum class ValueType : uint8_t { kString, kNumeric, kDate, kBool, kBinary, kIpAddress, kArn, kExistence };

// How one context value and one policy value are compared: the positive counterpart of a negated operator.
enum class Comparator : uint8_t {
  kEqual,
  kEqualIgnoreCase,
  kGlob,  // one glob over the whole text
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kContains,   // address in block
  kArnGlob,    // a glob for each of the six ARN components
  kIsMissing,  // Null
};

struct OperatorRow {
  ConditionOperator op;
  std::string_view name;  // exact spelling
  Comparator comparator;
  ValueType value_type;
  bool negated;    // true when no policy value compares
  bool variables;  // policy values may hold ${...} (policy-semantics 2.4)
  bool wildcards;  // '*' and '?' in policy values are patterns
};

// All rows, in the order of ConditionOperator.
std::span<const OperatorRow> OperatorRows();
const OperatorRow& RowOf(ConditionOperator op);
// The row of a base operator's exact name; null if there is none.
const OperatorRow* FindOperator(std::string_view name);

// An operator as written in a Condition block.
struct OperatorUse {
  ConditionOperator op = ConditionOperator::kStringEquals;
  SetQualifier qualifier = SetQualifier::kNone;
  bool if_exists = false;
};

// [ ("ForAllValues"|"ForAnyValue") ':' ] base-operator [ "IfExists" ], case-sensitive; nullopt for anything
// else. NullIfExists is accepted: it is a finding of ValidatePolicy, not a reason to refuse a document (1.9).
std::optional<OperatorUse> ParseOperatorName(std::string_view text);
// The inverse of ParseOperatorName.
std::string FormatOperatorName(const OperatorUse& use);

}  // namespace wardkeep::policy
