// Evaluate without an Explanation allocates nothing, whatever kinds of pattern, operator and layer it meets.
#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

#include "allocation/count_allocations.h"
#include "wardkeep/batch.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

using allocation::CountAllocations;

constexpr const char* kStatements = R"({"Version":"2012-10-17","Statement":[
  {"Effect":"Allow","Action":["ec2:*","s3:*?bject"],"Resource":["arn:aws:sqs:*:*:other","arn:aws:s3:::b/${aws:username}/?*${aws:username}*"],
   "Condition":{"StringEquals":{"aws:username":"${aws:username}"},"StringLike":{"aws:username":"*${aws:username}*"},
     "StringEqualsIgnoreCase":{"aws:username":"ANN"},"NumericLessThan":{"s3:max-keys":"10.5"},
     "DateLessThan":{"aws:CurrentTime":"2030-01-01T00:00:00Z"},"Bool":{"aws:SecureTransport":"true"},
     "IpAddress":{"aws:SourceIp":["2001:db8::/32","10.0.0.0/8"]},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/${aws:username}"},
     "BinaryEquals":{"x:digest":"AAECAw=="},"Null":{"aws:TokenIssueTime":"true"},
     "ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]},"ForAnyValue:StringNotLike":{"aws:TagKeys":"x*"}}},
  {"Effect":"Deny","NotAction":"s3:*","Resource":"*"},
  {"Effect":"Deny","Action":"s3:*","NotResource":"arn:aws:s3:::b/*"}]})";
constexpr const char* kResource = R"({"Version":"2012-10-17","Statement":[
  {"Effect":"Deny","NotPrincipal":{"AWS":["111122223333","arn:aws:iam::111122223333:user/ann"]},"Action":"s3:*","Resource":"*"},
  {"Effect":"Deny","Principal":{"AWS":"arn:aws:iam::111122223333:user/eve"},"Action":"s3:*","Resource":"*"}]})";

PolicyPtr Make(const char* text, DocumentKind kind) {
  const ParseOutcome parsed = ParseDocument(text, kind);
  EXPECT_NE(parsed.document, nullptr) << parsed.error->message;
  return Compile(*parsed.document);
}

Request MakeRequest() {
  Request request;
  request.principal.kind = PrincipalKind::kUser;
  request.principal.account_id = "111122223333";
  request.principal.arn = "arn:aws:iam::111122223333:user/ann";
  request.action = "S3:GetObject";
  request.resource = "arn:aws:s3:::b/ann/some-long-enough-key/ann/x";
  request.context.Set("s3:max-keys", "9");
  request.context.Set("aws:CurrentTime", "2026-01-01T00:00:00Z");
  request.context.Set("aws:SecureTransport", "true");
  request.context.Set("aws:SourceIp", "10.1.2.3");
  request.context.Set("x:digest", "AAECAw==");
  request.context.SetMulti("aws:TagKeys", {"a", "b"});
  FillPrincipalKeys(request.principal, {}, request.context);
  return request;
}

TEST(EvaluateAllocation, AllocatesNothingWithoutAnExplanation) {
  const PolicyPtr identity = Make(kStatements, DocumentKind::kIdentity);
  const PolicyPtr control = Make(kStatements, DocumentKind::kServiceControl);
  const PolicyPtr resource = Make(kResource, DocumentKind::kResource);
  const CompiledPolicy* identities[] = {identity.get(), identity.get()};
  const CompiledPolicy* controls[] = {control.get()};
  const CompiledPolicy* resources[] = {resource.get()};
  const PolicySet::Level levels[] = {{controls}, {controls}};
  PolicySet set;
  set.identity = identities;
  set.resource = resource.get();
  set.service_control = levels;
  set.session = PolicySet::Policies(identities);

  const PolicyIndexPtr identity_index = MakeIndex(identities);
  const PolicyIndexPtr control_index = MakeIndex(controls);
  const PolicyIndexPtr resource_index = MakeIndex(resources);
  const PolicySet::Level indexed_levels[] = {{control_index->policies(), control_index.get()},
                                             {control_index->policies(), control_index.get()}};
  const LevelsIndexPtr levels_index = MakeLevelsIndex(levels);
  PolicySet indexed = set;
  indexed.identity = identity_index->policies();
  indexed.session = identity_index->policies();
  indexed.service_control = indexed_levels;
  indexed.indexes = {identity_index.get(), nullptr, identity_index.get(), resource_index.get()};
  PolicySet merged = indexed;
  merged.service_control = levels_index->levels();
  merged.indexes.service_control = levels_index.get();
  const Request allowed = MakeRequest();
  Request denied = MakeRequest();
  denied.resource = "arn:aws:s3:::b/bob/some-long-enough-key/ann/x";
  const std::array questions = {MakeQuestion(allowed, set), MakeQuestion(denied, indexed),
                                MakeQuestion(allowed, indexed)};
  std::array<Decision, questions.size()> batched;
  const std::string before_counting =
      "a text too long to be stored inline, so that the counter is seen to count";

  const long start = CountAllocations();
  const Decision yes = Evaluate(allowed, set);
  const Decision no = Evaluate(denied, set);
  const Decision indexed_yes = Evaluate(allowed, indexed);
  const Decision indexed_no = Evaluate(denied, indexed);
  const Decision merged_yes = Evaluate(allowed, merged);
  EvaluateBatch(questions, batched);
  const long during = CountAllocations() - start;

  EXPECT_EQ(yes.verdict, Verdict::kAllowed);
  EXPECT_EQ(no.verdict, Verdict::kImplicitDeny);
  EXPECT_EQ(indexed_yes, yes);
  EXPECT_EQ(indexed_no, no);
  EXPECT_EQ(merged_yes, yes);
  EXPECT_EQ(batched[0], yes);
  EXPECT_EQ(batched[1], no);
  EXPECT_EQ(batched[2], yes);
  EXPECT_EQ(during, 0);

  const long before_copy = CountAllocations();
  const std::string copy = before_counting;
  EXPECT_GT(CountAllocations(), before_copy) << copy;
  Explanation explanation;
  EXPECT_EQ(Evaluate(allowed, set, &explanation), yes);
  EXPECT_FALSE(explanation.matched.empty());
}

}  // namespace
}  // namespace wardkeep::policy
