#include <gtest/gtest.h>

#include <string>

#include "policy/condition/operators.h"

namespace wardkeep::policy {
namespace {

TEST(ParseOperators, EveryNameReadsBackInEveryForm) {
  EXPECT_EQ(OperatorRows().size(), 27U);
  for (const OperatorRow& row : OperatorRows()) {
    EXPECT_EQ(RowOf(row.op).name, row.name);
    EXPECT_EQ(FindOperator(row.name)->op, row.op);
    for (const SetQualifier qualifier :
         {SetQualifier::kNone, SetQualifier::kForAllValues, SetQualifier::kForAnyValue}) {
      for (const bool if_exists : {false, true}) {
        const std::string name = FormatOperatorName({row.op, qualifier, if_exists});
        const std::optional<OperatorUse> use = ParseOperatorName(name);
        ASSERT_TRUE(use.has_value()) << name;
        EXPECT_EQ(use->op, row.op) << name;
        EXPECT_EQ(use->qualifier, qualifier) << name;
        EXPECT_EQ(use->if_exists, if_exists) << name;
      }
    }
  }
}

TEST(ParseOperators, NegationIsInTheNameAndNowhereElse) {
  for (const OperatorRow& row : OperatorRows()) {
    EXPECT_EQ(row.negated, row.name.find("Not") != std::string_view::npos) << row.name;
    EXPECT_EQ(row.wildcards, row.comparator == Comparator::kGlob || row.comparator == Comparator::kArnGlob);
    EXPECT_EQ(row.variables, row.value_type == ValueType::kString || row.value_type == ValueType::kArn)
        << row.name;
  }
}

TEST(ParseOperators, OtherNamesAreUnknown) {
  for (const std::string_view name :
       {"", "IfExists", "ForAllValues:", "ForAnyValue:IfExists", "stringEquals", "StringEquals ",
        "ForAllValues", "ForAnyValue:ForAnyValue:Bool", "BoolIfExistsIfExists", "StringEqualsifExists"}) {
    EXPECT_FALSE(ParseOperatorName(name).has_value()) << name;
  }
}

}  // namespace
}  // namespace wardkeep::policy
