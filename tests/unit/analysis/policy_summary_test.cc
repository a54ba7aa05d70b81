#include "analysis/policy_summary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "wardkeep/parse.h"

namespace wardkeep::analysis {
namespace {

using catalog::AccessLevel;

PolicySummary SummaryOf(const std::string& statements) {
  const std::string text = R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
  const auto outcome = policy::ParseDocument(text, policy::DocumentKind::kIdentity);
  EXPECT_NE(outcome.document, nullptr) << text;
  return outcome.document == nullptr ? PolicySummary{} : Summarize(*outcome.document);
}

const LevelSummary& LevelOf(const ServiceSummary& service, AccessLevel level) {
  return service.levels[static_cast<std::size_t>(level)];
}

struct TextRow {
  std::string statement;
  std::string access;
  std::string resources;
  std::string conditions;
};

TEST(PolicySummary, OneAllowedServiceReadsAsInTheConsole) {
  for (
      const TextRow& row : std::vector<TextRow>{
          {R"({"Effect":"Allow","Action":"iam:*","Resource":"*"})", "Full access", "All resources", "None"},
          {R"({"Effect":"Allow","Action":"IAM:list*","Resource":"*"})", "Limited: List", "All resources",
           "None"},
          {R"({"Effect":"Allow","Action":"iam:PassRole","Resource":"arn:aws:iam::111122223333:role/dev"})",
           "Limited: Write", "arn:aws:iam::111122223333:role/dev", "None"},
          {R"({"Effect":"Allow","Action":["iam:GetUser","iam:GetRole"],"Resource":["arn:aws:iam::*:user/a","arn:aws:iam::*:role/b"],
                "Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}})",
           "Limited: Read", "Multiple", "aws:MultiFactorAuthPresent | Bool | true"},
          {R"({"Effect":"Allow","Action":"iam:GetUser","Resource":"arn:aws:iam::*:role/b"})",
           "None - No resources are defined.", "None", "None"},
          {R"({"Effect":"Allow","Action":"iam:GetUzer","Resource":"*"})", "None - No actions are defined.",
           "None", "None"},
          {R"({"Effect":"Allow","Action":"iam:GetUser","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":["10.0.0.0/8","192.0.2.0/24"]}}},
               {"Effect":"Allow","Action":"iam:GetRole","Resource":"*"})",
           "Limited: Read", "All resources", "Multiple"},
          {R"({"Effect":"Allow","Action":"iam:GetUser","NotResource":"arn:aws:iam::*:user/root-*"})",
           "Limited: Read", "not arn:aws:iam::*:user/root-*", "None"},
          // ListAccountAliases has no resource type: only "*" covers it.
          {R"({"Effect":"Allow","Action":"iam:ListAccountAliases","Resource":"arn:aws:iam::*:user/a"})",
           "None - No resources are defined.", "None", "None"},
      }) {
    const PolicySummary summary = SummaryOf(row.statement);
    ASSERT_EQ(summary.allowed.size(), 1U) << row.statement;
    EXPECT_TRUE(summary.denied.empty());
    EXPECT_EQ(summary.allowed[0].name, "AWS Identity and Access Management (IAM)");
    EXPECT_EQ(AccessText(summary.allowed[0]), row.access) << row.statement;
    EXPECT_EQ(summary.allowed[0].resources, row.resources) << row.statement;
    EXPECT_EQ(summary.allowed[0].conditions, row.conditions) << row.statement;
  }
}

TEST(PolicySummary, EveryActionIsEveryService) {
  const PolicySummary summary = SummaryOf(R"({"Effect":"Allow","Action":"*","Resource":"*"})");
  EXPECT_EQ(summary.allowed.size(), summary.service_count);
  for (const ServiceSummary& service : summary.allowed)
    EXPECT_EQ(service.access, Access::kFull) << service.prefix;
}

TEST(PolicySummary, NotActionIsEveryOtherAction) {
  const PolicySummary summary =
      SummaryOf(R"({"Effect":"Allow","NotAction":["iam:*","sts:AssumeRole"],"Resource":"*"})");
  EXPECT_EQ(summary.allowed.size(), summary.service_count - 1);
  for (const ServiceSummary& service : summary.allowed) {
    EXPECT_NE(service.prefix, "iam");
    EXPECT_EQ(service.access, service.prefix == "sts" ? Access::kLimited : Access::kFull) << service.prefix;
  }
}

TEST(PolicySummary, AllowDenyAndUnknownServicesStandApart) {
  const PolicySummary summary = SummaryOf(R"(
      {"Effect":"Allow","Action":["s3:*","shop:Order","shop:Cancel"],"Resource":"*"},
      {"Effect":"Deny","Action":["s3:DeleteBucket","till:Open"],"Resource":"*"})");
  ASSERT_EQ(summary.allowed.size(), 1U);
  ASSERT_EQ(summary.denied.size(), 1U);
  EXPECT_EQ(summary.allowed[0].access, Access::kFull);
  EXPECT_EQ(AccessText(summary.denied[0]), "Limited: Write");
  ASSERT_EQ(summary.uncategorized.size(), 2U);
  EXPECT_EQ(summary.uncategorized[0].prefix, "till");
  EXPECT_EQ(summary.uncategorized[0].effect, policy::Effect::kDeny);
  EXPECT_EQ(summary.uncategorized[1].prefix, "shop");
  EXPECT_EQ(summary.uncategorized[1].actions, (std::vector<std::string>{"shop:Order", "shop:Cancel"}));
}

// What NotAction lists is what a statement is not about: a summary must not say that it is allowed or denied.
TEST(PolicySummary, UnknownServicesOfNotActionAreLeftOut) {
  for (const auto& [word, effect] :
       {std::pair("Allow", policy::Effect::kAllow), {"Deny", policy::Effect::kDeny}}) {
    const PolicySummary summary = SummaryOf(
        R"({"Effect":")" + std::string(word) + R"(","NotAction":["shop:Order","shop:Buy"],"Resource":"*"},)" +
        R"({"Effect":")" + word + R"(","Action":"shop:Order","Resource":"*"})");
    ASSERT_EQ(summary.uncategorized.size(), 2U);
    EXPECT_TRUE(summary.uncategorized[0].is_left_out);
    EXPECT_EQ(summary.uncategorized[0].effect, effect);
    EXPECT_EQ(summary.uncategorized[0].actions, (std::vector<std::string>{"shop:Order", "shop:Buy"}));
    EXPECT_FALSE(summary.uncategorized[1].is_left_out);
    EXPECT_EQ(summary.uncategorized[1].actions, std::vector<std::string>{"shop:Order"});
  }
}

// One statement with NotResource applies to what is none of them; two statements to what is not both.
TEST(PolicySummary, NotResourceIsOneThing) {
  const PolicySummary one = SummaryOf(
      R"({"Effect":"Allow","Action":"iam:GetUser","NotResource":["arn:aws:iam::*:user/a","arn:aws:iam::*:user/b"]})");
  ASSERT_EQ(one.allowed.size(), 1U);
  EXPECT_EQ(one.allowed[0].resources, "not arn:aws:iam::*:user/a and not arn:aws:iam::*:user/b");
  const PolicySummary nothing = SummaryOf(R"({"Effect":"Allow","NotAction":"*","Resource":"*"})");
  EXPECT_TRUE(nothing.allowed.empty());
}

TEST(PolicySummary, LevelsCountNamedAndExistingActions) {
  const PolicySummary summary =
      SummaryOf(R"({"Effect":"Allow","Action":["iam:Tag*","iam:Untag*","iam:CreateUser"],"Resource":"*"})");
  ASSERT_EQ(summary.allowed.size(), 1U);
  const ServiceSummary& iam = summary.allowed[0];
  EXPECT_EQ(LevelOf(iam, AccessLevel::kTagging).access, Access::kFull);
  EXPECT_EQ(LevelOf(iam, AccessLevel::kTagging).named, 16U);
  EXPECT_EQ(LevelOf(iam, AccessLevel::kWrite).named, 1U);
  EXPECT_EQ(LevelOf(iam, AccessLevel::kWrite).total, 74U);
  EXPECT_EQ(LevelOf(iam, AccessLevel::kList).access, Access::kNone);
  EXPECT_EQ(iam.actions.size(), 17U);
}

TEST(PolicySummary, AnActionAllowedWithoutConditionHasNone) {
  const PolicySummary summary = SummaryOf(R"(
      {"Effect":"Allow","Action":"iam:GetUser","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"true"}}},
      {"Effect":"Allow","Action":"iam:GetUser","Resource":"*"})");
  ASSERT_EQ(summary.allowed.size(), 1U);
  EXPECT_EQ(summary.allowed[0].conditions, "None");
}

}  // namespace
}  // namespace wardkeep::analysis
