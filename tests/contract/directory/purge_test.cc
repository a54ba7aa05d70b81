// An account is removed wholly or not at all, with what was on its way when the removal began.
#include <gtest/gtest.h>

#include <memory>

#include "contract/faulty_store.h"
#include "waiting.h"

namespace wardkeep::snapshot {
namespace {

using base::Error;
using base::ErrorCode;
using sample::kAccount;

const base::AccountId kOther("999999999999");

class PurgeTest : public testing::Test {
 protected:
  PurgeTest() {
    directory_ = OpenOrDie(store_);
    EXPECT_TRUE(CreateAndWait(*directory_, kAccount));
    EXPECT_TRUE(CreateAndWait(*directory_, kOther));
    EXPECT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA1", "Alice")));
  }
  std::future<Outcome> PurgeLater(const Directory::Permit& permit = [](const AccountState&) {
    return Outcome();
  }) {
    auto promise = std::make_shared<std::promise<Outcome>>();
    auto future = promise->get_future();
    directory_->Purge(kAccount, permit, [promise](const Outcome& outcome) { promise->set_value(outcome); });
    return future;
  }
  void Use(const std::string& id) {
    directory_->WriteUsage(kAccount, {{storage::DocumentKind::kUsage, id, "", "{}"}});
  }

  storage::FaultyStore store_;
  std::unique_ptr<Directory> directory_;
};

TEST_F(PurgeTest, RemovesEveryDocumentWithWhatWasOnItsWay) {
  store_.Hold();
  auto write = WriteLater(*directory_, kAccount, PutUser("AIDA2", "Bob"));
  store_.AwaitCommit();
  Use("AKIA1");
  auto purge = PurgeLater();
  Use("AKIA2");
  EXPECT_EQ(WriteAndWait(*directory_, kAccount, PutUser("AIDA3", "Carol")).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(CreateAndWait(*directory_, kAccount).error().code, ErrorCode::kConflict);
  store_.Release();
  EXPECT_TRUE(write.get());
  ASSERT_TRUE(purge.get());
  EXPECT_EQ(directory_->Find(kAccount), nullptr);
  Use("AKIA3");
  EXPECT_TRUE(WriteAndWait(*directory_, kOther, PutUser("AIDA4", "Dave"))) << "and all before it";
  EXPECT_EQ(*store_.ListAccounts(), std::vector{kOther});
  EXPECT_EQ(directory_->ListAccounts(), std::vector{kOther});
  EXPECT_EQ(PurgeLater().get().error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(CreateAndWait(*directory_, kAccount)) << "the id is free again";
  EXPECT_EQ(directory_->Find(kAccount)->FindUser("alice"), nullptr);
}

TEST_F(PurgeTest, LeavesTheAccountAsItWasWhenItFails) {
  store_.SetFault([](std::span<const storage::Batch> batches) -> Outcome {
    for (const auto& batch : batches) {
      for (const auto& write : batch.writes) {
        if (!write.body) return Error(ErrorCode::kUnavailable, "injected");
      }
    }
    return {};
  });
  EXPECT_EQ(PurgeLater().get().error().code, ErrorCode::kUnavailable);
  store_.SetFault({});
  store_.SetLoadFault(Error(ErrorCode::kUnavailable, "injected"));
  EXPECT_EQ(PurgeLater().get().error().code, ErrorCode::kUnavailable);
  store_.SetLoadFault({});
  EXPECT_NE(directory_->Find(kAccount)->FindUser("alice"), nullptr);
  EXPECT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA2", "Bob")));
  EXPECT_TRUE(PurgeLater().get());
}

TEST_F(PurgeTest, AsksFirst) {
  const auto refuse = [](const AccountState& state) -> Outcome {
    EXPECT_NE(state.FindUser("alice"), nullptr);
    return Error(ErrorCode::kLimit, "too early");
  };
  EXPECT_EQ(PurgeLater(refuse).get().error().code, ErrorCode::kLimit);
  EXPECT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA2", "Bob")));
}

// A write that fails while the removal waits takes the removal with it: both were built on the same state.
TEST_F(PurgeTest, FailsWithAnEarlierWrite) {
  store_.SetFault([](std::span<const storage::Batch> batches) -> Outcome {
    for (const auto& batch : batches) {
      for (const auto& write : batch.writes) {
        if (write.id == "AIDA2") return Error(ErrorCode::kUnavailable, "injected");
      }
    }
    return {};
  });
  store_.Hold();
  auto write = WriteLater(*directory_, kAccount, PutUser("AIDA2", "Bob"));
  store_.AwaitCommit();
  auto purge = PurgeLater();
  store_.Release();
  EXPECT_FALSE(write.get());
  EXPECT_EQ(purge.get().error().code, ErrorCode::kUnavailable);
  store_.SetFault({});
  EXPECT_TRUE(WriteAndWait(*directory_, kAccount, PutUser("AIDA3", "Carol")));
}

}  // namespace
}  // namespace wardkeep::snapshot
