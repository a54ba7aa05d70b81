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
  return Holds(MakeTest(written, Effect::kAllow, LanguageVersion::k2012, arena), context);
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
    {Op::kNumericEquals, "10", "1e1", true},
    {Op::kNumericEquals, "1.E+1", "+010", true},
    {Op::kNumericLessThan, "1e-3", ".0009", true},
    {Op::kNumericGreaterThan, "-1e400", "-1e399", true},
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
    {Op::kDateEquals, "2026-01-01T00:00:00.0009Z", "+1767225600", true},
    {Op::kDateEquals, "2026-01-01T00:00:00.001Z", "2026-01-01", false},
    {Op::kBool, "TRUE", "true", true},
    {Op::kBool, "yes", "yes", true},
    {Op::kBool, "false", "1", true},
    {Op::kBool, "false", "", true},
    {Op::kBool, "true", " true", false},
    {Op::kBinaryEquals, "AAECAw==", "AAECAw==", true},
    {Op::kBinaryEquals, "AAECAw", "AAECAw", false},
    {Op::kBinaryEquals, "YQ==", "YR==", false},
    {Op::kIpAddress, "10.0.0.0/8", "10.255.1.2", true},
    {Op::kIpAddress, "10.0.0.0/8", "::ffff:10.1.2.3", true},
    {Op::kIpAddress, "10.0.0.0/8", "2001:db8::1", false},
    {Op::kNotIpAddress, "10.0.0.0/8", "2001:db8::1", true},
    {Op::kNotIpAddress, "10.0.0.0/33", "10.0.0.1", true},
    {Op::kNotIpAddress, "10.0.0.0/8", "proxy", false},
    {Op::kNotIpAddress, "10.0.0.0/8", "10.0.0.1/32", false},
    {Op::kIpAddress, "010.000.000.0/+8", "10.1.2.003", true},
    {Op::kNotIpAddress, "2001:db8::5/64", "2001:db8::5", true},
    {Op::kArnLike, "arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a/b", true},
    {Op::kArnEquals, "arn:aws:iam::1:role/*", "arn:aws:iam::1:role/a", true},
    {Op::kArnNotLike, "arn:aws:iam::*:role/*", "role/a", false},
    {Op::kArnNotLike, "role/*", "arn:aws:iam::1:role/a", false},
    {Op::kArnNotLike, "arn:aws:iam", "arn:aws:iam::1:role/a", true},
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

// Which effect a statement has matters for a policy value that is no ARN, and for nothing else.
TEST(ConditionTest, AValueThatIsNoArnEndsTheTestInFavourOfADeny) {
  Arena arena(256);
  RequestContext context;
  context.Set("k", "arn:aws:iam::1:role/a");
  ConditionTest written;
  written.key = "k";
  const auto holds = [&](Op op, Effect effect, Values values) {
    written.op = op;
    written.values = std::move(values);
    return Holds(MakeTest(written, effect, LanguageVersion::k2012, arena), context);
  };
  for (const Op op : {Op::kArnLike, Op::kArnNotLike}) {
    EXPECT_TRUE(holds(op, Effect::kDeny, {"role/a", "arn:aws:iam::1:role/*"}));
    EXPECT_FALSE(holds(op, Effect::kAllow, {"role/a", "arn:aws:iam::1:role/*"}));
    EXPECT_EQ(holds(op, Effect::kDeny, {"arn:aws:iam::1:role/*", "role/a"}), op == Op::kArnLike);
  }
}

TEST(ConditionTest, APlainOperatorNeverHoldsForAKeyOfSeveralValues) {
  Arena arena(256);
  for (const char* key :
       {"aws:TagKeys", "AWS:tagkeys", "dynamodb:Attributes", "oidc.example:amr", "events:metadata/x"}) {
    RequestContext context;
    context.Set(key, "a");  // one value or not, the key is multi-valued
    for (const Op op : {Op::kStringEquals, Op::kStringNotEquals, Op::kStringLike, Op::kNumericNotEquals}) {
      for (const bool if_exists : {false, true}) {
        ConditionTest written{op, SetQualifier::kNone, if_exists, key, {"a"}};
        EXPECT_FALSE(Holds(MakeTest(written, Effect::kAllow, LanguageVersion::k2012, arena), context)) << key;
        EXPECT_FALSE(Holds(MakeTest(written, Effect::kDeny, LanguageVersion::k2012, arena), context)) << key;
      }
    }
    ConditionTest any{Op::kStringEquals, SetQualifier::kForAnyValue, false, key, {"a"}};
    EXPECT_TRUE(Holds(MakeTest(any, Effect::kAllow, LanguageVersion::k2012, arena), context)) << key;
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
      {"empty text is a value for all", Op::kStringEquals, kAll, false, {"a"}, Values{""}, false},
      {"empty text is a value for any", Op::kStringEquals, kAny, false, {""}, Values{""}, true},
      {"empty list", Op::kStringEquals, kPlain, false, {}, Values{"a"}, false},
      {"empty list, negated", Op::kStringNotEquals, kPlain, false, {}, Values{"a"}, true},
      {"empty list, negated, IfExists", Op::kStringNotEquals, kPlain, true, {}, Values{"a"}, false},
      {"empty list, any not", Op::kStringNotEquals, kAny, false, {}, Values{"a"}, false},
      {"empty list, all not", Op::kStringNotEquals, kAll, false, {}, Values{"a"}, false},
      {"null true, absent", Op::kNull, kPlain, false, {"true"}, std::nullopt, true},
      {"null true, present", Op::kNull, kPlain, false, {"true"}, Values{""}, false},
      {"null false, empty set", Op::kNull, kPlain, false, {"false"}, Values{}, false},
      {"null False, present", Op::kNull, kPlain, false, {"False"}, Values{"a", "b"}, true},
      {"null of another word, absent", Op::kNull, kPlain, false, {"maybe"}, std::nullopt, false},
      {"null of another word, present", Op::kNull, kPlain, false, {"maybe"}, Values{"a"}, true},
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

TEST(Decimal, ReadsDigitsWithSignPointAndExponentOnly) {
  for (const char* text : {"0", "-0", "+1", "007", "1.50", "-0.5", "123456789012345678901234567890.1", "1.",
                           ".5", "1e3", "1E+3", "1.e-0", "0e2147483647", "1e-2147483648"}) {
    EXPECT_TRUE(ParseDecimal(text)) << text;
  }
  for (const char* text : {"",
                           "+",
                           "-",
                           ".",
                           "e",
                           "1e",
                           "e1",
                           ".e1",
                           "1e+",
                           "1e+-1",
                           "1e1.0",
                           "1e2147483648",
                           "1e99999999999999999999",
                           " 1",
                           "1 ",
                           "0x1",
                           "1,5",
                           "--1",
                           "1.2.3",
                           "NaN",
                           "Infinity"}) {
    EXPECT_FALSE(ParseDecimal(text)) << text;
  }
}

TEST(Decimal, ComparesExactly) {
  const char* ascending[] = {"-1e2147483647",
                             "-100",
                             "-10.01",
                             "-10",
                             "-1.5",
                             "-1",
                             "0e5",
                             "1e-2147483648",
                             "0.001",
                             "0.01",
                             "1.1e-2",
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
  for (const auto& [a, b] : {std::pair("-0", "0"),
                             {"+01.10", "1.1"},
                             {"-00.50", "-0.5"},
                             {"1e0", "1"},
                             {"0.0012e3", "1.2"},
                             {"1200e-3", "1.2"},
                             {"0e9", "-0.0"},
                             {".10", "1e-1"},
                             {"100.01", "10001e-2"}}) {
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
    {"192.000.002.0/024", "192.0.02.1", true},
    {"192.0.2.0/+24", "192.0.2.1", true},
    {"01.2.3.4", "1.2.3.4", true},
    {"1.2.3.4/0008", "1.0.0.0", true},
    {"::ffff:c000:200/120", "192.0.2.1", false},
    {"::ffff:c000:200/120", "::ffff:192.0.2.1", false},
    {"2001:db8:::1/128", "2001:db8::1", true},
    {"2001:db8::1:/128", "2001:db8::1", true},
    {":::/0", "2001:db8::1", true},
    {"2001:DB8::/064", "2001:db8::1", true},
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
  for (const char* text : {"",
                           "/",
                           "1.2.3",
                           "1.2.3.4.5",
                           "256.1.1.1",
                           "0001.2.3.0256",
                           "1.2.3.4/",
                           "1.2.3.4/33",
                           "1.2.3.4/-1",
                           "1.2.3.4/++8",
                           "1.2.3.4/+",
                           "1.2.3.4/255.0.0.0",
                           "1.2.3.4/8 ",
                           " 1.2.3.4",
                           "1.2.3.4.",
                           "1..3.4",
                           "::1/129",
                           "::::",
                           "1::2::3",
                           "fe80::1%eth0",
                           "12345::",
                           "2001:db8::5/64",
                           "2001:db8::1/0",
                           "::ffff:192.0.2.1",
                           "::192.0.2.0/120",
                           "1:2:3:"}) {
    EXPECT_FALSE(ParseIpBlock(text)) << text;
  }
  EXPECT_FALSE(ParseIpAddress("1.2.3.4/32"));
  EXPECT_FALSE(ParseIpAddress("2001:db8:::1"));
  EXPECT_FALSE(ParseIpAddress("2001:db8::1:"));
  EXPECT_FALSE(ParseIpAddress(std::string(5000, '1')));
  EXPECT_FALSE(ParseIpBlock(std::string(5000, ':')));
}

}  // namespace
}  // namespace wardkeep::policy
