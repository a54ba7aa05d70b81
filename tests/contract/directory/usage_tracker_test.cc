#include "snapshot/usage_tracker.h"

#include <gtest/gtest.h>

#include <thread>

#include "contract/faulty_store.h"
#include "waiting.h"

namespace wardkeep::snapshot {
namespace {

using sample::kAccount;
using namespace std::chrono_literals;

class UsageTrackerTest : public testing::Test {
 protected:
  UsageTrackerTest() {
    EXPECT_TRUE(CreateAndWait(*directory_, kAccount, [](AccountEdit& edit) {
      auto account = edit.state().account();
      account.root_access_keys = {sample::Key("AKIAROOT")};
      edit.PutAccount(account);
      auto user = sample::User("AIDA1", "u");
      user.access_keys = {sample::Key("AKIA1")};
      edit.PutUser(user);
      edit.PutRole(sample::Role("AROA1", "r"));
    }));
  }
  // Flushes and waits until it is stored.
  void Flush() {
    tracker_.Flush(*directory_);
    EXPECT_TRUE(WriteAndWait(*directory_, kAccount, [](AccountEdit&) { return true; }));
  }
  std::size_t StoredFacts() { return store_.LoadKind(storage::DocumentKind::kUsage)->size(); }

  const base::Instant noon_ = base::FromUnixSeconds(1'700'006'400);  // a quarter of an hour begins
  storage::FaultyStore store_;
  std::unique_ptr<Directory> directory_ = OpenOrDie(store_);
  UsageTracker tracker_;
};

TEST_F(UsageTrackerTest, KnowsNothingOfWhatWasNeverUsed) {
  EXPECT_FALSE(tracker_.KeyUsage("AKIA1"));
  EXPECT_FALSE(tracker_.RoleUsage("AROA1"));
}

TEST_F(UsageTrackerTest, DateMovesOncePerQuarterServiceAndRegionAtOnce) {
  tracker_.RecordKey(kAccount, "AKIA1", "iam", "us-east-1", noon_ + 10s);
  tracker_.RecordKey(kAccount, "AKIA1", "sts", "eu-west-1", noon_ + 14min);
  EXPECT_EQ(tracker_.KeyUsage("AKIA1")->date, noon_ + 10s);
  EXPECT_EQ(tracker_.KeyUsage("AKIA1")->service, "sts");
  EXPECT_EQ(tracker_.KeyUsage("AKIA1")->region, "eu-west-1");
  tracker_.RecordKey(kAccount, "AKIA1", "iam", "us-east-1", noon_ + 15min);
  EXPECT_EQ(tracker_.KeyUsage("AKIA1")->date, noon_ + 15min);
  tracker_.RecordKey(kAccount, "AKIA1", "iam", "us-east-1", noon_ - 1h);
  EXPECT_EQ(tracker_.KeyUsage("AKIA1")->date, noon_ + 15min) << "a clock set back does not move it back";
}

TEST_F(UsageTrackerTest, StoresWhatChangedAndLoadsItAgain) {
  tracker_.RecordKey(kAccount, "AKIA1", "iam", "us-east-1", noon_);
  tracker_.RecordKey(kAccount, "AKIAROOT", "sts", "us-east-1", noon_);
  tracker_.RecordRole(kAccount, "AROA1", "eu-west-1", noon_ + 1s);
  Flush();
  EXPECT_EQ(StoredFacts(), 3U);
  const int commits = store_.commits();
  tracker_.RecordKey(kAccount, "AKIA1", "iam", "us-east-1", noon_ + 5min);
  Flush();
  EXPECT_EQ(store_.commits(), commits) << "nothing changed, nothing is written";

  directory_.reset();
  directory_ = OpenOrDie(store_);
  UsageTracker loaded;
  ASSERT_TRUE(loaded.Load(store_));
  EXPECT_EQ(loaded.KeyUsage("AKIA1")->date, noon_);
  EXPECT_EQ(loaded.KeyUsage("AKIA1")->service, "iam");
  EXPECT_EQ(loaded.KeyUsage("AKIAROOT")->service, "sts");
  EXPECT_EQ(loaded.RoleUsage("AROA1")->date, noon_ + 1s);
  EXPECT_EQ(loaded.RoleUsage("AROA1")->region, "eu-west-1");
  EXPECT_FALSE(loaded.KeyUsage("AROA1")) << "a role is no key";
  ASSERT_NE(directory_->Find(kAccount), nullptr) << "facts do not disturb the state";
}

TEST_F(UsageTrackerTest, DropsFactsOfKeysAndRolesThatAreGone) {
  tracker_.RecordKey(kAccount, "AKIA1", "iam", "us-east-1", noon_);
  tracker_.RecordRole(kAccount, "AROA1", "us-east-1", noon_);
  Flush();
  ASSERT_EQ(StoredFacts(), 2U);
  ASSERT_TRUE(WriteAndWait(*directory_, kAccount, [](AccountEdit& edit) {
    edit.DeleteUser("u");
    edit.DeleteRole("r");
    return true;
  }));
  Flush();
  EXPECT_EQ(StoredFacts(), 0U);
  EXPECT_FALSE(tracker_.KeyUsage("AKIA1"));
  EXPECT_FALSE(tracker_.RoleUsage("AROA1"));
}

TEST_F(UsageTrackerTest, RefusesFactsItCannotRead) {
  const storage::Batch batch{kAccount,
                             {{storage::DocumentKind::kUsage, "AKIA9", "", R"({"v":1,"owner":"dog"})"}}};
  ASSERT_TRUE(store_.Commit({&batch, 1}));
  UsageTracker loaded;
  EXPECT_EQ(loaded.Load(store_).error().code, base::ErrorCode::kCorrupt);
}

TEST_F(UsageTrackerTest, MayBeUsedByManyThreads) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this, i] {
      for (int n = 0; n < 500; ++n) {
        tracker_.RecordKey(kAccount, "AKIA1", "iam", "us-east-1", noon_ + std::chrono::minutes(n * 4 + i));
        tracker_.RecordKey(kAccount, "AKIAX" + std::to_string(n), "iam", "us-east-1", noon_);
        EXPECT_TRUE(tracker_.KeyUsage("AKIA1"));
      }
    });
  }
  for (int i = 0; i < 5; ++i) tracker_.Flush(*directory_);
  for (auto& thread : threads) thread.join();
  // The last bucket begins at minute 1995; whichever thread was first in it has set the date.
  EXPECT_GE(tracker_.KeyUsage("AKIA1")->date, noon_ + 1995min);
}

}  // namespace
}  // namespace wardkeep::snapshot
