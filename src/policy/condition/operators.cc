#include "policy/condition/operators.h"

#include <array>

namespace wardkeep::policy {
namespace {

using Op = ConditionOperator;
using Cmp = Comparator;
using Type = ValueType;

// Columns: op, name, comparator, value type, negated, variables, wildcards.
constexpr std::array<OperatorRow, 27> kRows = {{
    {Op::kStringEquals, "StringEquals", Cmp::kEqual, Type::kString, false, true, false},
    {Op::kStringNotEquals, "StringNotEquals", Cmp::kEqual, Type::kString, true, true, false},
    {Op::kStringEqualsIgnoreCase, "StringEqualsIgnoreCase", Cmp::kEqualIgnoreCase, Type::kString, false, true,
     false},
    {Op::kStringNotEqualsIgnoreCase, "StringNotEqualsIgnoreCase", Cmp::kEqualIgnoreCase, Type::kString, true,
     true, false},
    {Op::kStringLike, "StringLike", Cmp::kGlob, Type::kString, false, true, true},
    {Op::kStringNotLike, "StringNotLike", Cmp::kGlob, Type::kString, true, true, true},
    {Op::kNumericEquals, "NumericEquals", Cmp::kEqual, Type::kNumeric, false, false, false},
    {Op::kNumericNotEquals, "NumericNotEquals", Cmp::kEqual, Type::kNumeric, true, false, false},
    {Op::kNumericLessThan, "NumericLessThan", Cmp::kLess, Type::kNumeric, false, false, false},
    {Op::kNumericLessThanEquals, "NumericLessThanEquals", Cmp::kLessOrEqual, Type::kNumeric, false, false,
     false},
    {Op::kNumericGreaterThan, "NumericGreaterThan", Cmp::kGreater, Type::kNumeric, false, false, false},
    {Op::kNumericGreaterThanEquals, "NumericGreaterThanEquals", Cmp::kGreaterOrEqual, Type::kNumeric, false,
     false, false},
    {Op::kDateEquals, "DateEquals", Cmp::kEqual, Type::kDate, false, false, false},
    {Op::kDateNotEquals, "DateNotEquals", Cmp::kEqual, Type::kDate, true, false, false},
    {Op::kDateLessThan, "DateLessThan", Cmp::kLess, Type::kDate, false, false, false},
    {Op::kDateLessThanEquals, "DateLessThanEquals", Cmp::kLessOrEqual, Type::kDate, false, false, false},
    {Op::kDateGreaterThan, "DateGreaterThan", Cmp::kGreater, Type::kDate, false, false, false},
    {Op::kDateGreaterThanEquals, "DateGreaterThanEquals", Cmp::kGreaterOrEqual, Type::kDate, false, false,
     false},
    {Op::kBool, "Bool", Cmp::kEqual, Type::kBool, false, false, false},
    {Op::kBinaryEquals, "BinaryEquals", Cmp::kEqual, Type::kBinary, false, false, false},
    {Op::kIpAddress, "IpAddress", Cmp::kContains, Type::kIpAddress, false, false, false},
    {Op::kNotIpAddress, "NotIpAddress", Cmp::kContains, Type::kIpAddress, true, false, false},
    {Op::kArnEquals, "ArnEquals", Cmp::kArnGlob, Type::kArn, false, true, true},
    {Op::kArnNotEquals, "ArnNotEquals", Cmp::kArnGlob, Type::kArn, true, true, true},
    {Op::kArnLike, "ArnLike", Cmp::kArnGlob, Type::kArn, false, true, true},
    {Op::kArnNotLike, "ArnNotLike", Cmp::kArnGlob, Type::kArn, true, true, true},
    {Op::kNull, "Null", Cmp::kIsMissing, Type::kExistence, false, false, false},
}};

constexpr bool InEnumOrder() {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (static_cast<std::size_t>(kRows[i].op) != i) return false;
  }
  return static_cast<std::size_t>(Op::kNull) + 1 == kRows.size();
}
static_assert(InEnumOrder(), "RowOf indexes the table by the enumerator");

constexpr std::string_view kForAll = "ForAllValues:";
constexpr std::string_view kForAny = "ForAnyValue:";
constexpr std::string_view kIfExists = "IfExists";

}  // namespace

std::span<const OperatorRow> OperatorRows() {
  return kRows;
}

const OperatorRow& RowOf(ConditionOperator op) {
  return kRows[static_cast<std::size_t>(op)];
}

const OperatorRow* FindOperator(std::string_view name) {
  for (const OperatorRow& row : kRows) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::optional<OperatorUse> ParseOperatorName(std::string_view text) {
  OperatorUse use;
  if (text.starts_with(kForAll)) {
    use.qualifier = SetQualifier::kForAllValues;
    text.remove_prefix(kForAll.size());
  } else if (text.starts_with(kForAny)) {
    use.qualifier = SetQualifier::kForAnyValue;
    text.remove_prefix(kForAny.size());
  }
  if (text.ends_with(kIfExists)) {
    use.if_exists = true;
    text.remove_suffix(kIfExists.size());
  }
  const OperatorRow* row = FindOperator(text);
  if (row == nullptr) return std::nullopt;
  use.op = row->op;
  return use;
}

std::string FormatOperatorName(const OperatorUse& use) {
  std::string out;
  if (use.qualifier == SetQualifier::kForAllValues) out += kForAll;
  if (use.qualifier == SetQualifier::kForAnyValue) out += kForAny;
  out += RowOf(use.op).name;
  if (use.if_exists) out += kIfExists;
  return out;
}

}  // namespace wardkeep::policy
