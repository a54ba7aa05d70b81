// The policies of the format as the evaluator wants them: every layer that has policies gets an index that
// the evaluator will use, and decisions are the same with and without.
#include "evaluate_format/policies.h"

#include <gtest/gtest.h>

#include <string>

#include "evaluate_format/decide.h"
#include "evaluate_format/parse.h"
#include "evaluate_format/request.h"

namespace wardkeep::evaluate_format {
namespace {

constexpr const char* kDocument =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::b/*"}]})";
constexpr const char* kRequest =
    R"({"principal":{"arn":"arn:aws:iam::111122223333:user/ann"},"action":"s3:GetObject",)"
    R"("resource":{"arn":"arn:aws:s3:::b/k","accountId":"111122223333"}})";

std::string EveryLayer() {
  const std::string document = kDocument;
  std::string shared = document;
  shared.insert(shared.find(R"("Action")"), R"("Principal":"*",)");
  const std::string list = "[" + document + "," + document + "]";
  const std::string levels = R"([{"id":"r","policies":)" + list + R"(},{"id":"a","policies":)" + list + "}]";
  return R"({"identity":)" + list + R"(,"permissionsBoundary":)" + list + R"(,"session":)" + list +
         R"(,"endpoint":[)" + shared + R"(],"resource":)" + shared + R"(,"serviceControl":)" + levels + "}";
}

void Read(const std::string& text, EvaluatePolicies& policies) {
  const auto parsed = ParseText(text);
  ASSERT_TRUE(parsed.has_value());
  const auto read = policies.Read(parsed->root, text, false);
  ASSERT_TRUE(read.has_value()) << read.error().message;
}

bool Serves(const policy::PolicyIndex* index, policy::PolicySet::Policies policies) {
  return index != nullptr && index->policies().data() == policies.data() &&
         index->policies().size() == policies.size();
}

TEST(EvaluatePolicies, EveryLayerIsAViewOfItsIndex) {
  EvaluatePolicies policies;
  Read(EveryLayer(), policies);
  policies.MakeIndexes();
  const policy::PolicySet& set = policies.set();
  EXPECT_TRUE(Serves(set.indexes.identity, set.identity));
  EXPECT_TRUE(Serves(set.indexes.permissions_boundary, *set.permissions_boundary));
  EXPECT_TRUE(Serves(set.indexes.session, *set.session));
  EXPECT_TRUE(Serves(set.indexes.endpoint, *set.endpoint));
  ASSERT_NE(set.indexes.resource, nullptr);
  EXPECT_EQ(set.indexes.resource->policies().front(), set.resource);
  ASSERT_EQ(set.service_control->size(), 2U);
  ASSERT_NE(set.indexes.service_control, nullptr);
  EXPECT_EQ(set.indexes.service_control->levels().data(), set.service_control->data());
  for (const policy::PolicySet::Level& level : *set.service_control) EXPECT_EQ(level.policies.size(), 2U);
}

TEST(EvaluatePolicies, IndexesChangeNoDecision) {
  const auto text = ParseText(kRequest);
  const auto request = ReadRequest(text->root);
  ASSERT_TRUE(request.has_value()) << request.error().message;
  EvaluatePolicies plain;
  EvaluatePolicies indexed;
  Read(EveryLayer(), plain);
  Read(EveryLayer(), indexed);
  indexed.MakeIndexes();
  const auto without = Decide(*request, BytesOf(*request), plain, nullptr);
  const auto with = Decide(*request, BytesOf(*request), indexed, nullptr);
  ASSERT_TRUE(with.has_value() && without.has_value());
  EXPECT_TRUE(with->allowed());
  EXPECT_EQ(*with, *without);
}

TEST(EvaluatePolicies, EmptyLayersStayEmpty) {
  EvaluatePolicies policies;
  Read(R"({"identity":[],"permissionsBoundary":[],"serviceControl":[{"policies":[]}]})", policies);
  policies.MakeIndexes();
  EXPECT_TRUE(policies.set().identity.empty());
  ASSERT_TRUE(policies.set().permissions_boundary.has_value());
  EXPECT_TRUE(policies.set().permissions_boundary->empty());
  EXPECT_TRUE(policies.set().service_control->front().policies.empty());
}

}  // namespace
}  // namespace wardkeep::evaluate_format
