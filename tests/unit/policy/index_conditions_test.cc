// Which condition blocks the index takes for the same: those that must give the same result, and no others.
#include <gtest/gtest.h>

#include "policy/compile/program.h"
#include "policy/index/condition_blocks.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

// No two of these may be confused.
constexpr const char* kDifferent[] = {
    R"({})",
    R"({"StringEquals":{"aws:username":"ann"}})",
    R"({"StringEquals":{"aws:username":"bob"}})",
    R"({"StringEquals":{"aws:username":[]}})",
    R"({"StringEquals":{"aws:username":["ann","bob"]}})",
    R"({"StringEquals":{"aws:username":"annbob"}})",
    R"({"StringEquals":{"aws:userid":"ann"}})",
    R"({"StringNotEquals":{"aws:username":"ann"}})",
    R"({"StringEqualsIfExists":{"aws:username":"ann"}})",
    R"({"ForAllValues:StringEquals":{"aws:username":"ann"}})",
    R"({"ForAnyValue:StringEquals":{"aws:username":"ann"}})",
    R"({"StringEqualsIgnoreCase":{"aws:username":"ann"}})",
    R"({"StringEquals":{"aws:username":"ann"},"Bool":{"aws:SecureTransport":"true"}})",
    R"({"StringLike":{"aws:username":"a*"}})",
    R"({"StringLike":{"aws:username":"a?"}})",
    R"({"StringLike":{"aws:username":"a??"}})",
    R"({"StringLike":{"aws:username":"a${*}"}})",
    R"({"StringLike":{"aws:username":"${aws:userid}"}})",
    R"({"StringLike":{"aws:username":"${aws:accountid}"}})",
    R"({"StringLike":{"aws:username":"${aws:userid, 'a'}"}})",
    R"({"StringLike":{"aws:username":"${aws:userid, 'b'}"}})",
    R"({"StringLike":{"aws:username":"${aws:userid, ''}"}})",
    R"({"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/a"}})",
    R"({"ArnLike":{"aws:PrincipalArn":"arn:aws:iam:*::user/a"}})",
    R"({"ArnLike":{"aws:PrincipalArn":"*"}})",
    R"({"ArnLike":{"aws:PrincipalArn":"arn:a*"}})",
    R"({"NumericEquals":{"s3:max-keys":"10"}})",
    R"({"NumericEquals":{"s3:max-keys":"-10"}})",
    R"({"NumericEquals":{"s3:max-keys":"1.0"}})",
    R"({"NumericEquals":{"s3:max-keys":"1e7"}})",
    R"({"NumericLessThan":{"s3:max-keys":"10"}})",
    R"({"NumericLessThanEquals":{"s3:max-keys":"10"}})",
    R"({"NumericGreaterThan":{"s3:max-keys":"1.01"}})",
    R"({"NumericGreaterThan":{"s3:max-keys":"10.1"}})",
    R"({"DateEquals":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}})",
    R"({"DateEquals":{"aws:CurrentTime":"2026-01-01T00:00:00.5Z"}})",
    R"({"Bool":{"aws:SecureTransport":"true"}})",
    R"({"Bool":{"aws:SecureTransport":"false"}})",
    R"({"Null":{"aws:SecureTransport":"true"}})",
    R"({"BinaryEquals":{"x:digest":"AAEC"}})",
    R"({"BinaryEquals":{"x:digest":"AAED"}})",
    R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}})",
    R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/9"}})",
    R"({"IpAddress":{"aws:SourceIp":"11.0.0.0/8"}})",
    R"({"IpAddress":{"aws:SourceIp":"a00::/8"}})",
    R"({"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}})",
};

PolicyPtr Make(const std::string& condition) {
  const ParseOutcome parsed = ParseDocument(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":)" +
          condition + "}}",
      DocumentKind::kIdentity);
  EXPECT_NE(parsed.document, nullptr) << condition;
  return parsed.document == nullptr ? nullptr : Compile(*parsed.document);
}

uint32_t Add(ConditionBlocks& blocks, const PolicyPtr& policy) {
  return blocks.Add(static_cast<const Program&>(*policy).statements().front().tests);
}

TEST(ConditionBlocks, AreTheSameOnlyIfTheyMustGiveTheSameResult) {
  ConditionBlocks blocks;
  uint32_t next = 0;
  for (const char* condition : kDifferent) {
    const PolicyPtr policy = Make(condition);
    ASSERT_NE(policy, nullptr);
    EXPECT_EQ(Add(blocks, policy), next++) << condition;
  }
  next = 0;
  for (const char* condition : kDifferent) EXPECT_EQ(Add(blocks, Make(condition)), next++) << condition;
}

// A value that is no ARN decides by the effect (policy-semantics 3.5).
TEST(ConditionBlocks, OfArnsAreNotSharedByAllowAndDeny) {
  for (const auto& [condition, same] :
       {std::pair(R"({"ArnLike":{"aws:SourceArn":"${aws:username}"}})", false),
        std::pair(R"({"StringLike":{"aws:SourceArn":"${aws:username}"}})", true)}) {
    const ParseOutcome parsed = ParseDocument(
        std::string(
            R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":)") +
            condition + "}}",
        DocumentKind::kIdentity);
    ASSERT_NE(parsed.document, nullptr);
    ConditionBlocks blocks;
    EXPECT_EQ(Add(blocks, Make(condition)) == Add(blocks, Compile(*parsed.document)), same) << condition;
  }
}

TEST(ConditionBlocks, AreSharedWhenSeenTwice) {
  ConditionBlocks blocks;
  const uint32_t once = Add(blocks, Make(kDifferent[1]));
  const uint32_t twice = Add(blocks, Make(kDifferent[2]));
  EXPECT_EQ(Add(blocks, Make(kDifferent[2])), twice);
  EXPECT_EQ(blocks.SharedId(once), ConditionBlocks::kUnshared);
  EXPECT_NE(blocks.SharedId(twice), ConditionBlocks::kUnshared);
}

}  // namespace
}  // namespace wardkeep::policy
