#include "catalog/managed_policies.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <thread>
#include <vector>

#include "base/time_text.h"

namespace wardkeep::catalog {
namespace {

TEST(ManagedPolicies, HasEveryPolicyInNameOrder) {
  ASSERT_EQ(ManagedPolicyCount(), 1594U);
  std::set<std::string> ids;
  std::string previous;
  for (std::size_t i = 0; i < ManagedPolicyCount(); ++i) {
    const ManagedPolicyEntry entry = ManagedPolicyAt(i);
    EXPECT_LT(previous, std::string(entry.name));
    EXPECT_EQ(entry.index, i);
    EXPECT_TRUE(IsManagedPolicyArn(entry.Arn()));
    EXPECT_TRUE(entry.path.front() == '/' && entry.path.back() == '/') << entry.path;
    EXPECT_GE(entry.version, 1U);
    EXPECT_LE(entry.create_date, entry.update_date) << entry.name;
    EXPECT_EQ(entry.id.size(), 21U);
    EXPECT_EQ(entry.id.substr(0, 4), "ANPA");
    EXPECT_TRUE(ids.insert(std::string(entry.id)).second) << entry.id;
    previous = entry.name;
  }
}

TEST(ManagedPolicies, EveryOneIsFoundByItsArn) {
  for (std::size_t i = 0; i < ManagedPolicyCount(); ++i) {
    const auto found = FindManagedPolicy(ManagedPolicyAt(i).Arn());
    ASSERT_TRUE(found.has_value()) << i;
    EXPECT_EQ(found->index, i);
  }
}

TEST(ManagedPolicies, NearMissesAreNotFound) {
  for (const std::string_view arn :
       {"", "arn:aws:iam::aws:policy/", "arn:aws:iam::aws:policy/administratoraccess",
        "arn:aws:iam::aws:policy/AdministratorAccess/", "arn:aws:iam::aws:policy/AdministratorAccessX",
        "arn:aws:iam::aws:policy//AdministratorAccess",
        "arn:aws:iam::aws:policy/service-role/AdministratorAccess",
        "arn:aws:iam::123456789012:policy/AdministratorAccess",
        "arn:aws-cn:iam::aws:policy/AdministratorAccess", "arn:aws:iam::aws:policy/zzzz",
        "arn:aws:iam::aws:policy/ViewOnlyAccess"}) {
    EXPECT_FALSE(FindManagedPolicy(arn).has_value()) << arn;
  }
}

struct Spot {
  std::string_view arn;
  std::string_view path;
  uint32_t version;
  std::string_view created;
  std::size_t statements;
};

TEST(ManagedPolicies, SpotValuesMatchTheSource) {
  const std::vector<Spot> spots = {
      {"arn:aws:iam::aws:policy/AdministratorAccess", "/", 1, "2015-02-06T18:39:46Z", 1},
      {"arn:aws:iam::aws:policy/job-function/ViewOnlyAccess", "/job-function/", 45, "2016-11-10T17:20:15Z",
       2},
      {"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole", "/service-role/", 1,
       "2015-04-09T15:03:43Z", 1},
      {"arn:aws:iam::aws:policy/root-task/S3UnlockBucketPolicy", "/root-task/", 1, "2024-11-06T21:55:56Z", 2},
  };
  for (const Spot& spot : spots) {
    const auto entry = FindManagedPolicy(spot.arn);
    ASSERT_TRUE(entry.has_value()) << spot.arn;
    EXPECT_EQ(entry->path, spot.path);
    EXPECT_EQ(entry->version, spot.version) << spot.arn;
    EXPECT_EQ(base::FormatIso8601(entry->create_date), spot.created) << spot.arn;
    const auto document = nlohmann::json::parse(ManagedPolicyDocument(*entry));
    EXPECT_EQ(document["Statement"].size(), spot.statements) << spot.arn;
  }
  EXPECT_EQ(ManagedPolicyDocument(*FindManagedPolicy("arn:aws:iam::aws:policy/AdministratorAccess")),
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})");
}

TEST(ManagedPolicies, EveryDocumentIsAPolicyInJson) {
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < ManagedPolicyCount(); ++i) {
    const ManagedPolicyEntry entry = ManagedPolicyAt(i);
    const std::string text = ManagedPolicyDocument(entry);
    bytes += text.size();
    const auto document = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
    ASSERT_TRUE(document.is_object()) << entry.name;
    EXPECT_TRUE(document.contains("Version") && document.contains("Statement")) << entry.name;
  }
  EXPECT_EQ(bytes, 3161008U);
}

TEST(ManagedPolicies, ThreadsMayUnpackAtTheSameTime) {
  std::vector<std::string> texts(4);
  std::vector<std::thread> threads;
  for (std::string& text : texts) {
    threads.emplace_back([&text] { text = ManagedPolicyDocument(ManagedPolicyAt(1000)); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& text : texts) EXPECT_EQ(text, texts.front());
  EXPECT_FALSE(texts.front().empty());
}

}  // namespace
}  // namespace wardkeep::catalog
