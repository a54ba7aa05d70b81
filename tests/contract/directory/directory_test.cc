#include "snapshot/directory.h"

#include <gtest/gtest.h>

#include <future>

#include "storage/memory/memory_store.h"
#include "unit/snapshot/sample_entities.h"

namespace wardkeep::snapshot {
namespace {

using sample::kAccount;

base::Result<void> WriteAndWait(Directory& directory, const base::AccountId& account,
                                const Directory::Mutation& mutate) {
  std::promise<base::Result<void>> done;
  const bool written =
      directory.Write(account, mutate, [&](const base::Result<void>& outcome) { done.set_value(outcome); });
  if (!written) return base::Error(base::ErrorCode::kConflict, "abandoned");
  return done.get_future().get();
}

base::Result<void> CreateAndWait(Directory& directory, entity::Account account) {
  std::promise<base::Result<void>> done;
  auto created = directory.CreateAccount(std::move(account), {},
                                         [&](const base::Result<void>& outcome) { done.set_value(outcome); });
  if (!created) return created;
  return done.get_future().get();
}

TEST(Directory, PublishesAWriteBeforeItIsAcknowledgedAndKeepsItOverAReopen) {
  const auto store = storage::memory::OpenStore();
  {
    auto directory = Directory::Open(*store);
    ASSERT_TRUE(directory);
    EXPECT_EQ((*directory)->Find(kAccount), nullptr);
    ASSERT_TRUE(CreateAndWait(**directory, sample::Account()));
    const auto before = (*directory)->Find(kAccount);
    ASSERT_NE(before, nullptr);
    ASSERT_TRUE(WriteAndWait(**directory, kAccount, [](AccountEdit& edit) {
      edit.PutUser(sample::User("AIDA1", "Alice"));
      return true;
    }));
    EXPECT_EQ(before->FindUser("alice"), nullptr);
    ASSERT_NE((*directory)->Find(kAccount)->FindUser("alice"), nullptr);
  }
  auto again = Directory::Open(*store);
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->ListAccounts(), std::vector{kAccount});
  const auto state = (*again)->Find(kAccount);
  ASSERT_NE(state, nullptr);
  EXPECT_EQ(state->FindUserById("AIDA1")->name, "Alice");
}

}  // namespace
}  // namespace wardkeep::snapshot
