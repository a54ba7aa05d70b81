#include "snapshot/action_usage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "contract/faulty_store.h"
#include "waiting.h"

namespace wardkeep::snapshot {
namespace {

using sample::kAccount;
using namespace std::chrono_literals;

class ActionUsageTest : public testing::Test {
 protected:
  ActionUsageTest() {
    EXPECT_TRUE(CreateAndWait(*directory_, kAccount, [](AccountEdit& edit) {
      edit.PutUser(sample::User("AIDA1", "u"));
      edit.PutRole(sample::Role("AROA1", "r"));
    }));
  }
  // Flushes and waits until it is stored.
  void Flush() {
    usage_.Flush(*directory_);
    EXPECT_TRUE(WriteAndWait(*directory_, kAccount, [](AccountEdit&) { return true; }));
  }
  std::size_t StoredPrincipals() { return store_.LoadKind(storage::DocumentKind::kActionUsage)->size(); }
  static ActionUse Of(const ActionUsage& usage, std::string_view id, std::string_view action) {
    const auto uses = usage.Of(id);
    const auto found = std::ranges::find(uses, action, &ActionUse::action);
    return found == uses.end() ? ActionUse{} : *found;
  }

  const base::Instant noon_ = base::FromUnixSeconds(1'700'006'400);  // a quarter of an hour begins
  storage::FaultyStore store_;
  std::unique_ptr<Directory> directory_ = OpenOrDie(store_);
  ActionUsage usage_;
};

TEST_F(ActionUsageTest, KeepsTheLastAttemptOfEachAction) {
  EXPECT_TRUE(usage_.Of("AIDA1").empty());
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "us-east-1", noon_ + 10s);
  usage_.Record(kAccount, "AIDA1", "sts", "GetCallerIdentity", "eu-west-1", noon_ + 20s);
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "eu-west-1", noon_ + 14min);
  EXPECT_EQ(usage_.Of("AIDA1").size(), 2U);
  EXPECT_EQ(Of(usage_, "AIDA1", "GetUser").date, noon_ + 10s) << "within one quarter of an hour";
  EXPECT_EQ(Of(usage_, "AIDA1", "GetUser").service, "iam");
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "eu-west-1", noon_ + 15min);
  EXPECT_EQ(Of(usage_, "AIDA1", "GetUser").date, noon_ + 15min);
  EXPECT_EQ(Of(usage_, "AIDA1", "GetUser").region, "eu-west-1");
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "us-east-1", noon_ - 1h);
  EXPECT_EQ(Of(usage_, "AIDA1", "GetUser").date, noon_ + 15min) << "a clock set back does not move it back";
}

TEST_F(ActionUsageTest, StoresWhatChangedAndLoadsItAgain) {
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "us-east-1", noon_);
  usage_.Record(kAccount, "AROA1", "sts", "AssumeRole", "", noon_ + 1s);
  Flush();
  EXPECT_EQ(StoredPrincipals(), 2U);
  const int commits = store_.commits();
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "us-east-1", noon_ + 5min);
  Flush();
  EXPECT_EQ(store_.commits(), commits) << "nothing changed, nothing is written";

  directory_.reset();
  directory_ = OpenOrDie(store_);
  ActionUsage loaded;
  ASSERT_TRUE(loaded.Load(store_));
  EXPECT_EQ(Of(loaded, "AIDA1", "GetUser").date, noon_);
  EXPECT_EQ(Of(loaded, "AIDA1", "GetUser").region, "us-east-1");
  EXPECT_EQ(Of(loaded, "AROA1", "AssumeRole").date, noon_ + 1s);
  EXPECT_EQ(Of(loaded, "AROA1", "AssumeRole").region, "");
  ASSERT_NE(directory_->Find(kAccount), nullptr) << "facts do not disturb the state";
}

TEST_F(ActionUsageTest, DropsWhatBelongsToPrincipalsThatAreGone) {
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "us-east-1", noon_);
  usage_.Record(kAccount, "AROA1", "iam", "GetUser", "us-east-1", noon_);
  Flush();
  ASSERT_EQ(StoredPrincipals(), 2U);
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, [](AccountEdit& edit) {
    edit.DeleteUser("u");
    edit.DeleteRole("r");
    return true;
  }));
  Flush();
  EXPECT_EQ(StoredPrincipals(), 0U);
  EXPECT_TRUE(usage_.Of("AIDA1").empty());
}

TEST_F(ActionUsageTest, RefusesFactsItCannotRead) {
  const std::string body = R"({"v":1,"actions":[{"action":"GetUser","date":1}]})";
  const storage::Batch batch{kAccount, {{storage::DocumentKind::kActionUsage, "AIDA1", "", body}}};
  ASSERT_TRUE(store_.Commit({&batch, 1}));
  ActionUsage loaded;
  EXPECT_EQ(loaded.Load(store_).error().code, base::ErrorCode::kCorrupt);
}

// Clients choose the region of a signature; inventing ever more of them must not fill the memory.
TEST_F(ActionUsageTest, NamesOfRegionsAreBounded) {
  for (std::size_t i = 0; i < 2 * ActionUsage::kMaxNames; ++i) {
    usage_.Record(kAccount, "AIDA1", "iam", "GetUser", "region-" + std::to_string(i),
                  noon_ + std::chrono::minutes(15 * i));
  }
  EXPECT_EQ(usage_.Of("AIDA1").size(), 1U);
  EXPECT_EQ(Of(usage_, "AIDA1", "GetUser").region, "");
  usage_.Record(kAccount, "AIDA1", "iam", "GetUser", std::string(10'000, 'r'), noon_ + 1'000'000h);
  EXPECT_EQ(Of(usage_, "AIDA1", "GetUser").region, "");
}

TEST_F(ActionUsageTest, MayBeUsedByManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int n = 0; n < 500; ++n) {
        usage_.Record(kAccount, "AIDA1", "iam", "Action" + std::to_string(n % 20), "us-east-1",
                      noon_ + std::chrono::minutes(n * 4 + i));
        EXPECT_FALSE(usage_.Of("AIDA1").empty());
      }
    });
  }
  for (int i = 0; i < 5; ++i) usage_.Flush(*directory_);
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(usage_.Of("AIDA1").size(), 20U);
}

}  // namespace
}  // namespace wardkeep::snapshot
