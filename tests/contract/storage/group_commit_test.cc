#include "storage/group_commit.h"

#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>

#include "contract/faulty_store.h"

namespace wardkeep::storage {
namespace {

using base::Error;
using base::ErrorCode;

const base::AccountId kAccount("111111111111");

Batch UserBatch(const std::string& id, const std::string& name) {
  return {kAccount, {{DocumentKind::kUser, id, name, "{}"}}};
}

// Collects outcomes in the order they are told.
class Outcomes {
 public:
  GroupCommit::Done For(const std::string& name) {
    return [this, name](const base::Result<uint64_t>& outcome) {
      const std::lock_guard lock(mutex_);
      text_ += name + (outcome ? ":ok " : ":" + std::string(base::ErrorCodeName(outcome.error().code)) + " ");
    };
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

// Submits behind a commit that waits, so that everything lands in one group.
class GroupCommitTest : public testing::Test {
 protected:
  void SetUp() override {
    store_.Hold();
    commit_.Submit(UserBatch("AIDA0", "zero"), outcomes_.For("zero"));
    store_.AwaitCommit();
  }
  std::string Finish() {
    store_.Release();
    commit_.Stop();
    return outcomes_.text();
  }
  std::size_t StoredUsers() { return store_.LoadKind(DocumentKind::kUser)->size(); }

  FaultyStore store_;
  Outcomes outcomes_;
  std::vector<std::size_t> groups_;
  GroupCommit commit_{store_, {[this](std::size_t batches, double) { groups_.push_back(batches); }}};
};

TEST_F(GroupCommitTest, CommitsWhatWaitsTogetherAndAnswersInOrder) {
  for (const std::string n : {"1", "2", "3"}) commit_.Submit(UserBatch("AIDA" + n, n), outcomes_.For(n));
  EXPECT_EQ(Finish(), "zero:ok 1:ok 2:ok 3:ok ");
  EXPECT_EQ(groups_, (std::vector<std::size_t>{1, 3}));
  EXPECT_EQ(StoredUsers(), 4U);
}

TEST_F(GroupCommitTest, OneRefusedBatchDoesNotTakeItsNeighboursWithIt) {
  commit_.Submit(UserBatch("AIDA1", "one"), outcomes_.For("1"));
  commit_.Submit(UserBatch("AIDA2", "zero"), outcomes_.For("2"));
  commit_.Submit({kAccount, {}}, outcomes_.For("empty"));
  commit_.Submit(UserBatch("AIDA3", "three"), outcomes_.For("3"));
  EXPECT_EQ(Finish(), "zero:ok 1:ok 2:already_exists empty:ok 3:ok ");
  EXPECT_EQ(StoredUsers(), 3U);
}

TEST_F(GroupCommitTest, AdmitSeesTheFailureOfWhatCameBefore) {
  bool failed = false;
  const auto admit = [&]() -> base::Result<void> {
    if (failed) return Error(ErrorCode::kConflict, "void");
    return {};
  };
  commit_.Submit(UserBatch("AIDA1", "zero"), [&, done = outcomes_.For("bad")](const auto& outcome) {
    failed = !outcome.has_value();
    done(outcome);
  });
  commit_.Submit(UserBatch("AIDA2", "two"), outcomes_.For("dependent"), admit);
  commit_.Submit({kAccount, {}}, outcomes_.For("empty dependent"), admit);
  commit_.Submit(UserBatch("AIDA3", "three"), outcomes_.For("free"));
  EXPECT_EQ(Finish(), "zero:ok bad:already_exists dependent:conflict empty dependent:conflict free:ok ");
  EXPECT_EQ(StoredUsers(), 2U);
}

TEST_F(GroupCommitTest, WhatIsNotAdmittedIsNotWritten) {
  const auto refuse = []() -> base::Result<void> { return Error(ErrorCode::kConflict, "void"); };
  commit_.Submit(UserBatch("AIDA1", "one"), outcomes_.For("1"), refuse);
  commit_.Submit(UserBatch("AIDA2", "two"), outcomes_.For("2"));
  EXPECT_EQ(Finish(), "zero:ok 1:conflict 2:ok ");
  EXPECT_EQ(StoredUsers(), 2U);
}

TEST_F(GroupCommitTest, AnEmptyBatchWaitsForWhatCameBeforeAndCostsNoCommit) {
  commit_.Submit({kAccount, {}}, outcomes_.For("empty"));
  EXPECT_EQ(outcomes_.text(), "");
  EXPECT_EQ(Finish(), "zero:ok empty:ok ");
  EXPECT_EQ(store_.commits(), 1);
}

TEST_F(GroupCommitTest, LongQueuesAreCutIntoGroups) {
  for (int i = 1; i <= 600; ++i) {
    commit_.Submit(UserBatch("AIDA" + std::to_string(i), std::to_string(i)),
                   [](const auto& outcome) { EXPECT_TRUE(outcome); });
  }
  Finish();
  EXPECT_EQ(groups_, (std::vector<std::size_t>{1, 256, 256, 88}));
  EXPECT_EQ(StoredUsers(), 601U);
}

TEST_F(GroupCommitTest, AfterStopEverySubmissionIsRefusedAtOnce) {
  EXPECT_EQ(Finish(), "zero:ok ");
  commit_.Submit(UserBatch("AIDA1", "one"), outcomes_.For("late"));
  EXPECT_EQ(outcomes_.text(), "zero:ok late:unavailable ");
  commit_.Stop();
}

}  // namespace
}  // namespace wardkeep::storage
