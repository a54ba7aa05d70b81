// One index over the levels of an organization: the same decisions and reasons as without it. (The
// differential run holds it to the specification on generated policies.)
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "policy/index/levels_program.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

constexpr const char* kOpen = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
constexpr const char* kGetOnly = R"({"Effect":"Allow","Action":"s3:Get*","Resource":"*"})";
constexpr const char* kInRegion = R"({"Effect":"Allow","Action":"s3:*","Resource":"*",
  "Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}})";
constexpr const char* kNoDelete = R"({"Effect":"Deny","Action":"s3:Delete*","Resource":"*"})";
constexpr const char* kGuarded = R"({"Effect":"Allow","Action":"*","Resource":"*"},
  {"Effect":"Deny","Action":"s3:Delete*","Resource":"*"})";

// Levels of one policy for each text; an empty text is a level without a policy.
struct Organization {
  explicit Organization(const std::vector<std::string>& texts) {
    lists.reserve(texts.size());
    for (const std::string& text : texts) {
      lists.emplace_back();
      if (!text.empty()) lists.back().push_back(Add(text));
      levels.push_back({lists.back()});
    }
    identity.push_back(Add(kOpen));
    index = MakeLevelsIndex(levels);
  }

  const CompiledPolicy* Add(const std::string& statements) {
    const ParseOutcome parsed = ParseDocument(R"({"Version":"2012-10-17","Statement":[)" + statements + "]}",
                                              DocumentKind::kServiceControl);
    EXPECT_NE(parsed.document, nullptr) << statements;
    owned.push_back(Compile(*parsed.document));
    return owned.back().get();
  }

  PolicySet Plain() const {
    PolicySet set;
    set.identity = identity;
    set.service_control = levels;
    return set;
  }
  PolicySet Indexed() const {
    PolicySet set = Plain();
    set.service_control = index->levels();
    set.indexes.service_control = index.get();
    return set;
  }

  std::vector<PolicyPtr> owned;
  std::vector<std::vector<const CompiledPolicy*>> lists;
  std::vector<PolicySet::Level> levels;
  std::vector<const CompiledPolicy*> identity;
  LevelsIndexPtr index;
};

Request UserRequest(const std::string& action) {
  Request request;
  request.principal.kind = PrincipalKind::kUser;
  request.principal.account_id = "111122223333";
  request.principal.arn = "arn:aws:iam::111122223333:user/ann";
  request.action = action;
  request.resource = "arn:aws:s3:::b/k";
  request.context.Set("aws:RequestedRegion", "eu-west-1");
  return request;
}

TEST(LevelsIndex, DecidesAsTheLevelsDoOneByOne) {
  const std::vector<std::vector<std::string>> organizations = {
      {},
      {""},
      {kOpen, "", kOpen},
      {kOpen, kOpen, kOpen},
      {kGuarded, kOpen, kGuarded},
      {kOpen, kGetOnly, kInRegion},
      {kGetOnly, kGetOnly, kGetOnly},
      {kInRegion, kInRegion},
      {kNoDelete, kOpen},
      {std::string(kGetOnly) + "," + kOpen, std::string(kNoDelete) + "," + kInRegion},
  };
  for (const auto& texts : organizations) {
    const Organization organization(texts);
    for (const char* action : {"s3:GetObject", "s3:PutObject", "s3:DeleteObject", "sqs:SendMessage"}) {
      const Request request = UserRequest(action);
      Explanation plain;
      Explanation indexed;
      const Decision decision = Evaluate(request, organization.Plain(), &plain);
      EXPECT_EQ(Evaluate(request, organization.Indexed()), decision) << texts.size() << action;
      EXPECT_EQ(Evaluate(request, organization.Indexed(), &indexed), decision) << texts.size() << action;
      ASSERT_EQ(indexed.matched.size(), plain.matched.size());
      for (std::size_t i = 0; i < plain.matched.size(); ++i)
        EXPECT_EQ(indexed.matched[i].ref, plain.matched[i].ref);
    }
  }
}

TEST(LevelsIndex, NamesTheDenyOfItsLevel) {
  const Organization organization({kOpen, kGetOnly, kGuarded});
  const StatementRef expected{PolicyType::kServiceControl, 2, 1};
  EXPECT_EQ(*Evaluate(UserRequest("s3:DeleteObject"), organization.Indexed()).statement, expected);
}

TEST(LevelsIndex, ServesOnlyTheLevelsItWasMadeFor) {
  const Organization open({kOpen, kOpen});
  const Organization closed({kOpen, kGetOnly});
  PolicySet set = closed.Plain();
  set.indexes.service_control = open.index.get();
  EXPECT_FALSE(Evaluate(UserRequest("s3:PutObject"), set).allowed());
}

TEST(LevelsIndex, MoreLevelsThanItHoldsAreDecidedWithoutIt) {
  for (const std::size_t count : {LevelsProgram::kMaxLevels, LevelsProgram::kMaxLevels + 1}) {
    std::vector<std::string> texts(count, kInRegion);
    const Organization all(texts);
    texts.back() = kGetOnly;
    const Organization but_one(texts);
    const Request request = UserRequest("s3:PutObject");
    EXPECT_TRUE(Evaluate(request, all.Indexed()).allowed()) << count;
    EXPECT_FALSE(Evaluate(request, but_one.Indexed()).allowed()) << count;
  }
}

}  // namespace
}  // namespace wardkeep::policy
