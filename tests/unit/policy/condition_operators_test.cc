// Condition tests: operators on values, and the rules around them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "policy/condition/decimal.h"
#include "policy/condition/ip_block.h"
#include "policy/condition/test.h"

namespace wardkeep::policy {
namespace {

using Op = ConditionOperator;
using Values = std::vector<std::string>;

bool HoldsFor(ConditionTest written, const std::optional<Values>& given) {
  Arena arena(256);
  RequestContext context;
  if (given && given->size() == 1) context.Set("k", given->front());
  if (given && given->size() != 1) context.SetMulti("k", *given);
  written.key = "K";
  return Holds(MakeTest(written, LanguageVersion::k2012, arena), context);
}

struct OperatorCase {
  Op op;
  const char* wanted;
  const char* given;
  bool holds;
};
constexpr OperatorCase kOperatorCases[] = {
    {Op::kStringEquals, "a", "a", true},
    {Op::kStringEquals, "a*", "ab", false},
    {Op::kStringNotEquals, "a", "b", true},
    {Op::kStringEqualsIgnoreCase, "Ab", "aB", true},
    {Op::kStringNotEqualsIgnoreCase, "Ab", "aB", false},
    {Op::kStringLike, "a*", "ab", true},
    {Op::kStringNotLike, "a*", "ab", false},
    {Op::kNumericEquals, "10", "10.0", true},
    {Op::kNumericEquals, "9007199254740993", "9007199254740992", false},
    {Op::kNumericEquals, "ten", "ten", false},
    {Op::kNumericNotEquals, "ten", "10", true},
    {Op::kNumericLessThan, "10", "9.99", true},
    {Op::kNumericLessThan, "10", "10", false},
    {Op::kNumericLessThan, "-1", "-1.5", true},
    {Op::kNumericLessThanEquals, "10", "10", true},
    {Op::kNumericGreaterThan, "0.1", "0.11", true},
    {Op::kNumericGreaterThanEquals, "10", "9", false},
    {Op::kDateEquals, "2026-01-01", "1767225600", true},
    {Op::kDateLessThan, "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", false},
    {Op::kDateLessThan, "2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00Z", true},
    {Op::kDateGreaterThan, "2026-01-01T00:00:00+01:00", "2025-12-31T23:30:00Z", true},
    {Op::kDateNotEquals, "2026-01-01", "never", true},
    {Op::kBool, "TRUE", "true", true},
    {Op::kBool, "yes", "yes", false},
    {Op::kBinaryEquals, "AAECAw==", "AAECAw==", true},
    {Op::kBinaryEquals, "AAECAw", "AAECAw", false},
    {Op::kIpAddress, "10.0.0.0/8", "10.255.1.2", true},
    {Op::kIpAddress, "10.0.0.0/8", "::ffff:10.1.2.3", true},
    {Op::kIpAddress, "10.0.0.0/8", "2001:db8::1", false},
    {Op::kNotIpAddress, "10.0.0.0/8", "2001:db8::1", true},
    {Op::kNotIpAddress, "10.0.0.0/33", "10.0.0.1", true},
    {Op::kArnLike, "arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a/b", true},
    {Op::kArnEquals, "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a", true},
    {Op::kArnNotLike, "arn:aws:iam::*:role/*", "role/a", true},
    {Op::kArnNotEquals, "arn:aws:iam::1:role/a", "arn:aws:iam::1:role/a", false},
};

TEST(ConditionTest, ComparesByOperator) {
  for (const OperatorCase& row : kOperatorCases) {
    ConditionTest test;
    test.op = row.op;
    test.values = {row.wanted};
    EXPECT_EQ(HoldsFor(test, Values{row.given}), row.holds)
        << RowOf(row.op).name << " " << row.wanted << " on " << row.given;
  }
}

struct RuleCase {
  const char* title;
  Op op;
  SetQualifier qualifier;
  bool if_exists;
  Values wanted;
  std::optional<Values> given;
  bool holds;
};

TEST(ConditionTest, AppliesTheRulesAroundOperatorsOnce) {
  constexpr auto kPlain = SetQualifier::kNone;
  constexpr auto kAll = SetQualifier::kForAllValues;
  constexpr auto kAny = SetQualifier::kForAnyValue;
  const RuleCase rows[] = {
      {"absent", Op::kStringEquals, kPlain, false, {"a"}, std::nullopt, false},
      {"absent, negated", Op::kStringNotEquals, kPlain, false, {"a"}, std::nullopt, true},
      {"absent, IfExists", Op::kStringEquals, kPlain, true, {"a"}, std::nullopt, true},
      {"absent, all", Op::kStringEquals, kAll, false, {"a"}, std::nullopt, true},
      {"absent, any", Op::kStringNotEquals, kAny, false, {"a"}, std::nullopt, false},
      {"absent, any, IfExists", Op::kStringEquals, kAny, true, {"a"}, std::nullopt, false},
      {"empty set", Op::kStringEquals, kPlain, false, {"a"}, Values{}, false},
      {"empty set, negated", Op::kStringNotEquals, kPlain, false, {"a"}, Values{}, true},
      {"empty set, all", Op::kStringEquals, kAll, false, {"a"}, Values{}, true},
      {"or", Op::kStringEquals, kPlain, false, {"a", "b"}, Values{"b"}, true},
      {"nor", Op::kStringNotEquals, kPlain, false, {"a", "b"}, Values{"b"}, false},
      {"two values", Op::kStringEquals, kPlain, false, {"a"}, Values{"a", "a"}, false},
      {"two values, negated", Op::kStringNotEquals, kPlain, false, {"c"}, Values{"a", "b"}, false},
      {"all in", Op::kStringEquals, kAll, false, {"a", "b"}, Values{"b", "a", "b"}, true},
      {"all, one out", Op::kStringEquals, kAll, false, {"a", "b"}, Values{"a", "c"}, false},
      {"any", Op::kStringEquals, kAny, false, {"a"}, Values{"a", "c"}, true},
      {"all not", Op::kStringNotEquals, kAll, false, {"a"}, Values{"b", "c"}, true},
      {"all not, one in", Op::kStringNotEquals, kAll, false, {"a"}, Values{"a", "c"}, false},
      {"any not", Op::kStringNotEquals, kAny, false, {"a"}, Values{"a", "c"}, true},
      {"any not, all in", Op::kStringNotEquals, kAny, false, {"a"}, Values{"a"}, false},
      {"empty text is a value", Op::kStringNotEquals, kPlain, true, {""}, Values{""}, false},
      {"empty text is none for sets", Op::kStringEquals, kAll, false, {"a"}, Values{""}, true},
      {"empty list", Op::kStringEquals, kPlain, false, {}, Values{"a"}, false},
      {"empty list, negated", Op::kStringNotEquals, kPlain, false, {}, Values{"a"}, true},
      {"empty list, negated, IfExists", Op::kStringNotEquals, kPlain, true, {}, Values{"a"}, false},
      {"empty list, any not", Op::kStringNotEquals, kAny, false, {}, Values{"a"}, false},
      {"empty list, all not", Op::kStringNotEquals, kAll, false, {}, Values{"a"}, false},
      {"null true, absent", Op::kNull, kPlain, false, {"true"}, std::nullopt, true},
      {"null true, present", Op::kNull, kPlain, false, {"true"}, Values{""}, false},
      {"null false, empty set", Op::kNull, kPlain, false, {"false"}, Values{}, false},
      {"null False, present", Op::kNull, kPlain, false, {"False"}, Values{"a", "b"}, true},
      {"null of another word", Op::kNull, kPlain, false, {"maybe"}, std::nullopt, false},
      {"null all", Op::kNull, kAll, false, {"false"}, std::nullopt, true},
      {"null any", Op::kNull, kAny, false, {"true"}, std::nullopt, false},
  };
  for (const RuleCase& row : rows) {
    ConditionTest test;
    test.op = row.op;
    test.qualifier = row.qualifier;
    test.if_exists = row.if_exists;
    test.values = row.wanted;
    EXPECT_EQ(HoldsFor(test, row.given), row.holds) << row.title;
  }
}

TEST(Decimal, ReadsDigitsWithSignAndFractionOnly) {
  for (const char* text : {"0", "-0", "+1", "007", "1.50", "-0.5", "123456789012345678901234567890.1"}) {
    EXPECT_TRUE(ParseDecimal(text)) << text;
  }
  for (const char* text :
       {"", "+", "-", ".", "1.", ".5", "1e3", " 1", "1 ", "0x1", "1,5", "--1", "1.2.3", "NaN"}) {
    EXPECT_FALSE(ParseDecimal(text)) << text;
  }
}

TEST(Decimal, ComparesExactly) {
  const char* ascending[] = {"-100",
                             "-10.01",
                             "-10",
                             "-1.5",
                             "-1",
                             "0",
                             "0.001",
                             "0.01",
                             "1",
                             "1.000000000000000001",
                             "9007199254740992",
                             "9007199254740993",
                             "100000000000000000000000000000000000001"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(CompareDecimals(*ParseDecimal(ascending[i]), *ParseDecimal(ascending[j])), i <=> j)
          << ascending[i] << " " << ascending[j];
    }
  }
  for (const auto& [a, b] : {std::pair("-0", "0"), {"+01.10", "1.1"}, {"-00.50", "-0.5"}}) {
    EXPECT_EQ(CompareDecimals(*ParseDecimal(a), *ParseDecimal(b)), std::strong_ordering::equal)
        << a << " " << b;
  }
}

struct BlockCase {
  const char* block;
  const char* address;
  bool contains;
};
constexpr BlockCase kBlockCases[] = {
    {"192.0.2.1", "192.0.2.1", true},
    {"192.0.2.1", "192.0.2.2", false},
    {"192.0.2.77/24", "192.0.2.1", true},
    {"192.0.2.0/25", "192.0.2.128", false},
    {"192.0.2.128/25", "192.0.2.255", true},
    {"0.0.0.0/0", "255.255.255.255", true},
    {"0.0.0.0/0", "::1", false},
    {"::/0", "2001:db8::1", true},
    {"::/0", "192.0.2.1", false},
    {"::/0", "::ffff:192.0.2.1", false},
    {"2001:db8::/33", "2001:db8:8000::", false},
    {"2001:0DB8::1", "2001:db8:0:0:0:0:0:1", true},
    {"192.0.2.1/32", "::ffff:192.0.2.1", true},
};

TEST(IpBlock, FollowsTheTable) {
  for (const BlockCase& row : kBlockCases) {
    ASSERT_TRUE(ParseIpBlock(row.block)) << row.block;
    ASSERT_TRUE(ParseIpAddress(row.address)) << row.address;
    EXPECT_EQ(Contains(*ParseIpBlock(row.block), *ParseIpAddress(row.address)), row.contains)
        << row.block << " " << row.address;
  }
}

TEST(IpBlock, RefusesWhatIsNone) {
  for (const char* text : {"", "/", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.4/", "1.2.3.4/33",
                           "1.2.3.4/-1", "1.2.3.4/255.0.0.0", "1.2.3.4/8 ", " 1.2.3.4", "::1/129",
                           ":::", "1::2::3", "fe80::1%eth0", "12345::", "1.2.3.4/0008"}) {
    EXPECT_FALSE(ParseIpBlock(text)) << text;
  }
  EXPECT_FALSE(ParseIpAddress("1.2.3.4/32"));
  EXPECT_FALSE(ParseIpAddress(std::string(5000, '1')));
}

}  // namespace
}  // namespace wardkeep::policy
