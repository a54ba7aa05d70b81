// Several writers and readers at once: everyone reads their own writes, nobody sees time run backwards, and
// what is acknowledged is exactly what is stored. Run under ThreadSanitizer too.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

#include "contract/faulty_store.h"
#include "waiting.h"

namespace wardkeep::snapshot {
namespace {

using sample::kAccount;

const std::vector<base::AccountId> kAccounts = {kAccount, base::AccountId("222222222222"),
                                                base::AccountId("333333333333")};

// Each write adds one user and sets the account's name to the number of users, so that any state can be
// checked for being whole, and states of one account are ordered by that number.
Directory::Mutation AddUser(const std::string& name) {
  return [name](AccountEdit& edit) {
    edit.PutUser(sample::User("AIDA" + name, name));
    auto account = edit.state().account();
    account.name = std::to_string(edit.state().users().size());
    edit.PutAccount(std::move(account));
    return true;
  };
}

std::size_t CheckWhole(const AccountState& state) {
  EXPECT_EQ(state.account().name, std::to_string(state.users().size()));
  return state.users().size();
}

struct Acknowledged {
  std::mutex mutex;
  std::set<std::pair<base::AccountId, std::string>> names;
};

void RunWriter(Directory& directory, int number, int writes, Acknowledged& acknowledged) {
  for (int i = 0; i < writes; ++i) {
    const auto& account = kAccounts[static_cast<std::size_t>(number + i) % kAccounts.size()];
    const std::string name = "w" + std::to_string(number) + "-" + std::to_string(i);
    if (!WriteAndWait(directory, account, AddUser(name))) continue;
    const auto state = directory.Find(account);
    EXPECT_NE(state->FindUser(name), nullptr) << "a writer reads its own write";
    CheckWhole(*state);
    const std::lock_guard lock(acknowledged.mutex);
    acknowledged.names.emplace(account, name);
  }
}

void RunReader(Directory& directory, const std::atomic<bool>& stop) {
  std::vector<std::size_t> newest(kAccounts.size(), 0);
  for (std::size_t turn = 0; !stop; ++turn) {
    const std::size_t which = turn % kAccounts.size();
    const std::size_t size = CheckWhole(*directory.Find(kAccounts[which]));
    EXPECT_GE(size, newest[which]) << "a reader never sees an older state";
    newest[which] = size;
  }
}

void RunAll(storage::Store& store, int writers, int writes, Acknowledged& acknowledged) {
  const auto directory = OpenOrDie(store);
  for (const auto& account : kAccounts) {
    ASSERT_TRUE(CreateAndWait(*directory, account, [](AccountEdit& edit) {
      auto first = edit.state().account();
      first.name = "0";
      edit.PutAccount(std::move(first));
    }));
  }
  std::atomic<bool> stop{false};
  std::vector<std::thread> threads, readers;
  for (int i = 0; i < 3; ++i) readers.emplace_back([&] { RunReader(*directory, stop); });
  for (int i = 0; i < writers; ++i)
    threads.emplace_back([&, i] { RunWriter(*directory, i, writes, acknowledged); });
  for (auto& thread : threads) thread.join();
  stop = true;
  for (auto& reader : readers) reader.join();
}

std::set<std::pair<base::AccountId, std::string>> Stored(storage::Store& store) {
  std::set<std::pair<base::AccountId, std::string>> names;
  const auto directory = OpenOrDie(store);
  for (const auto& account : kAccounts) {
    const auto state = directory->Find(account);
    CheckWhole(*state);
    state->users().ForEach([&](const std::string& name, const UserPtr&) { names.emplace(account, name); });
  }
  return names;
}

TEST(DirectoryConcurrency, EveryoneReadsTheirWritesAndNobodyGoesBack) {
  storage::FaultyStore store;
  Acknowledged acknowledged;
  RunAll(store, 6, 60, acknowledged);
  EXPECT_EQ(acknowledged.names.size(), 360U);
  EXPECT_EQ(Stored(store), acknowledged.names);
}

// Every seventh commit fails, groups and single ones alike.
TEST(DirectoryConcurrency, NothingIsLostAndNothingAppearsWhenCommitsFail) {
  storage::FaultyStore store;
  std::atomic<int> count{0};
  store.SetFault([&](std::span<const storage::Batch>) -> Outcome {
    // The three accounts are made first.
    if (++count > 3 && count % 7 == 0) return base::Error(base::ErrorCode::kUnavailable, "injected");
    return {};
  });
  Acknowledged acknowledged;
  RunAll(store, 6, 60, acknowledged);
  EXPECT_GT(acknowledged.names.size(), 0U);
  EXPECT_LT(acknowledged.names.size(), 360U) << "some writes must have failed for this test to mean anything";
  EXPECT_EQ(Stored(store), acknowledged.names);
}

}  // namespace
}  // namespace wardkeep::snapshot
