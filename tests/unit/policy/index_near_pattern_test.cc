// The copy of a resource pattern that the index keeps answers as the pattern itself, for every resource that
// begins as the pattern does.
#include <gtest/gtest.h>

#include <string>

#include "policy/index/literal_prefix.h"
#include "policy/index/near_pattern.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

PolicyPtr PolicyWith(const std::string& resource_member) {
  const std::string text =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*",)" + resource_member + "}}";
  const ParseOutcome parsed = ParseDocument(text, DocumentKind::kIdentity);
  EXPECT_NE(parsed.document, nullptr) << parsed.error->message;
  return Compile(*parsed.document);
}

const CompiledStatement& StatementOf(const PolicyPtr& policy) {
  return static_cast<const Program&>(*policy).statements().front();
}

std::string Member(const std::string& last) {
  return R"("Resource":"arn:aws:s3:::)" + last + "\"";
}

constexpr const char* kCopied[] = {
    "*x",
    "?",
    "a?",
    "bucket/*/shared/*",
    "bucket/*.csv",
    "bucket/?/?"
    "?/x*",
    "bucket/*a*b",
    "*:*",
    "a*:?:b",
    "b/*/é?",
    "b/${*}*x",
    "b/?*",
    "b/*aaaaaaaaaaaaab",
};

constexpr const char* kLasts[] = {
    "",
    "x",
    "a",
    "ab",
    "aé",
    "a\xC3",
    "a\x80",
    "\x80x",
    "bucket/1/shared/2",
    "bucket//shared/",
    "bucket/shared/",
    "bucket/1/Shared/2",
    "bucket/.csv",
    "bucket/x.csv.gz",
    "bucket/1/22/x",
    "bucket/1/22/xyz",
    "bucket/1/2/x",
    "bucket/ab",
    "bucket/ba",
    "bucket/xaxb",
    ":",
    "a:b",
    "a::b:b",
    "ax:y:b",
    "b/1/éé",
    "b/1/é\xA9",
    "b/*x",
    "b/*yx",
    "b/x",
    "b/aaaaaaaaaaaaaaab",
    "b/",
};

TEST(NearPattern, AnswersAsThePatternDoes) {
  int matched = 0;
  int failed = 0;
  for (const char* const last : kCopied) {
    const PolicyPtr policy = PolicyWith(Member(last));
    const CompiledStatement& statement = StatementOf(policy);
    const std::string near = NearPatternOf(statement);
    ASSERT_FALSE(near.empty()) << last;
    const std::string prefix = PrefixOf(statement.resources.front()).text;
    for (const std::string asked : kLasts) {
      const std::string resource = "arn:aws:s3:::" + asked;
      if (!resource.starts_with(prefix)) continue;
      const ArnText arn = SplitArn(resource);
      const bool matches = MatchesResource(statement.resources.front(), arn, RequestContext());
      EXPECT_EQ(MatchesNearPattern(reinterpret_cast<const std::byte*>(near.data()), arn), matches)
          << last << " against " << asked;
      ++(matches ? matched : failed);
    }
  }
  EXPECT_GT(matched, 20);
  EXPECT_GT(failed, 60);
}

TEST(NearPattern, IsMadeOfShortPlainPatternsAlone) {
  const std::string refused[] = {
      R"("Resource":["arn:aws:s3:::a/*x","arn:aws:s3:::b/*x"])",
      R"("NotResource":"arn:aws:s3:::a/*x")",
      R"("Resource":"arn:aws:s3:::a/${aws:username}/*x")",
      R"("Resource":"arn:*:s3:::a/*x")",
      R"("Resource":"arn:aws:s3*")",
      R"("Resource":"*")",
      Member("*1*2*3*4*5*6*7*8*9x"),
      Member("*" + std::string(200, 'x') + "y"),
      Member("*" + std::string(256, 'x')),
  };
  for (const std::string& member : refused) {
    const PolicyPtr policy = PolicyWith(member);
    EXPECT_EQ(NearPatternOf(StatementOf(policy)), "") << member;
  }
}

}  // namespace
}  // namespace wardkeep::policy
