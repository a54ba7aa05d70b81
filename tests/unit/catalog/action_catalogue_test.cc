#include "catalog/action_catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/ascii.h"

namespace wardkeep::catalog {
namespace {

TEST(ActionCatalogue, HasTheCountsOfItsSource) {
  ASSERT_EQ(ServiceCount(), 456U);
  std::size_t actions = 0;
  std::size_t types = 0;
  std::size_t without_type = 0;
  std::size_t permission_only = 0;
  std::size_t with_dependents = 0;
  std::size_t resource_control = 0;
  std::array<std::size_t, kAccessLevelCount> levels = {};
  for (std::size_t i = 0; i < ServiceCount(); ++i) {
    const ServiceFacts facts = LoadService(ServiceAt(i));
    resource_control += ServiceAt(i).has_resource_control ? 1U : 0U;
    types += facts.resource_types().size();
    actions += facts.actions().size();
    for (const ActionFacts& action : facts.actions()) {
      ++levels[static_cast<std::size_t>(action.level)];
      without_type += action.resources.empty() ? 1U : 0U;
      permission_only += action.permission_only ? 1U : 0U;
      with_dependents += action.dependents.empty() ? 0U : 1U;
    }
  }
  EXPECT_EQ(actions, 22091U);
  EXPECT_EQ(types, 2334U);
  EXPECT_EQ(without_type, 6724U);
  EXPECT_EQ(levels, (std::array<std::size_t, 5>{3719, 5871, 11357, 425, 719}));
  EXPECT_EQ(resource_control, 62U);
  EXPECT_EQ(permission_only, 1286U);  // those of the older package that the newer one still has
  EXPECT_GT(with_dependents, 1000U);
}

TEST(ActionCatalogue, EveryRowIsInOrderAndInBounds) {
  std::string previous_prefix;
  for (std::size_t i = 0; i < ServiceCount(); ++i) {
    const ServiceEntry service = ServiceAt(i);
    EXPECT_LT(previous_prefix, service.prefix);
    previous_prefix = service.prefix;
    EXPECT_FALSE(service.name.empty()) << service.prefix;
    const ServiceFacts facts = LoadService(service);
    ASSERT_EQ(facts.actions().size(), service.action_count) << service.prefix;
    std::array<std::size_t, kAccessLevelCount> levels = {};
    std::string previous;
    for (const ActionFacts& action : facts.actions()) {
      const std::string name = base::AsciiLower(action.name);
      EXPECT_LT(previous, name) << service.prefix;
      previous = name;
      ++levels.at(static_cast<std::size_t>(action.level));
      for (const ActionResource& row : action.resources) EXPECT_LT(row.type, facts.resource_types().size());
      for (const uint16_t key : action.condition_keys) EXPECT_LT(key, facts.condition_keys().size());
      EXPECT_EQ(facts.FindAction(name), &action);
    }
    EXPECT_EQ(levels, service.level_counts) << service.prefix;
    for (const ResourceTypeFacts& type : facts.resource_types()) {
      for (const uint16_t key : type.condition_keys) EXPECT_LT(key, facts.condition_keys().size());
    }
  }
}

TEST(ActionCatalogue, ServicesAreFoundByPrefixWhateverTheCase) {
  EXPECT_EQ(FindService("iam")->name, "AWS Identity and Access Management (IAM)");
  EXPECT_EQ(FindService("IAM")->prefix, "iam");
  for (const std::string_view prefix : {"", "ia", "iamx", "zzz", "a", "*"}) {
    EXPECT_FALSE(FindService(prefix).has_value()) << prefix;
  }
}

struct LevelRow {
  std::string_view service;
  std::string_view action;
  AccessLevel level;
};

TEST(ActionCatalogue, LevelsAreThoseOfTheSource) {
  for (const LevelRow& row :
       std::vector<LevelRow>{{"iam", "PassRole", AccessLevel::kWrite},
                             {"iam", "CreateAccessKey", AccessLevel::kWrite},
                             {"iam", "AttachUserPolicy", AccessLevel::kPermissionsManagement},
                             {"iam", "ListUsers", AccessLevel::kList},
                             {"iam", "GetUser", AccessLevel::kRead},
                             {"iam", "TagUser", AccessLevel::kTagging},
                             {"s3", "GetObject", AccessLevel::kRead},
                             {"sts", "AssumeRole", AccessLevel::kWrite}}) {
    const ServiceFacts facts = LoadService(*FindService(row.service));
    const ActionFacts* action = facts.FindAction(row.action);
    ASSERT_NE(action, nullptr) << row.action;
    EXPECT_EQ(action->level, row.level) << row.action;
    EXPECT_EQ(action->name, row.action);
  }
}

TEST(ActionCatalogue, AnActionNamesItsResourcesKeysAndDependents) {
  const ServiceFacts iam = LoadService(*FindService("iam"));
  const ActionFacts* pass = iam.FindAction("passrole");
  ASSERT_NE(pass, nullptr);
  ASSERT_EQ(pass->resources.size(), 1U);
  EXPECT_TRUE(pass->resources[0].required);
  const ResourceTypeFacts& role = iam.resource_types()[pass->resources[0].type];
  EXPECT_EQ(role.name, "role");
  EXPECT_EQ(role.arn, "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}");
  std::set<std::string_view> keys;
  for (const uint16_t key : pass->condition_keys) keys.insert(iam.condition_keys()[key].name);
  EXPECT_EQ(keys, (std::set<std::string_view>{"iam:AssociatedResourceArn", "iam:PassedToService"}));

  const ServiceFacts lambda = LoadService(*FindService("lambda"));
  const ActionFacts* create = lambda.FindAction("CreateFunction");
  ASSERT_NE(create, nullptr);
  EXPECT_TRUE(std::ranges::find(create->dependents, "iam:PassRole") != create->dependents.end());

  const ServiceFacts s3 = LoadService(*FindService("s3"));
  const auto tag = std::ranges::find(s3.condition_keys(), "s3:ExistingObjectTag/${key}", &KeyFacts::name);
  EXPECT_TRUE(tag != s3.condition_keys().end());
  EXPECT_EQ(s3.FindAction("GetObjectX"), nullptr);
}

TEST(ActionCatalogue, ThreadsMayUnpackAtTheSameTime) {
  std::array<std::size_t, 4> counts = {};
  std::vector<std::thread> threads;
  for (std::size_t& count : counts) {
    threads.emplace_back([&count] { count = LoadService(*FindService("ec2")).actions().size(); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::size_t count : counts) EXPECT_EQ(count, FindService("ec2")->action_count);
}

TEST(ActionCatalogue, NamesTheVersionsOfItsSource) {
  EXPECT_EQ(CatalogueVersion(), "0.21.202609261+0.15.202512061");
}

}  // namespace
}  // namespace wardkeep::catalog
