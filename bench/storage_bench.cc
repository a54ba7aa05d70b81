// Durable changes of an account: one writer against 64 that share commits, and the bare SQLite transaction
// under them; and what reading a published state costs. The database is made in the folder WARDKEEP_BENCH_DIR
// (default /var/tmp): it must be on a disk, as a RAM disk makes full sync free.
#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <memory>
#include <string>

#include "base/assert.h"
#include "snapshot/directory.h"
#include "storage/sqlite/sqlite_store.h"

namespace wardkeep {
namespace {

const base::AccountId kAccount("123456789012");
// Users are made anew until the account is near AWS's limit, then replaced.
constexpr int kUsers = 4000;

class BenchFolder {
 public:
  BenchFolder() {
    const char* folder = std::getenv("WARDKEEP_BENCH_DIR");
    std::string pattern = std::string(folder == nullptr ? "/var/tmp" : folder) + "/wardkeep-bench-XXXXXX";
    WK_ASSERT(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  BenchFolder(const BenchFolder&) = delete;
  BenchFolder& operator=(const BenchFolder&) = delete;
  ~BenchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string File() const { return path_ + "/wardkeep.db"; }

 private:
  std::string path_;
};

entity::User MakeUser(int number) {
  entity::User user;
  const std::string n = std::to_string(100'000 + number % kUsers);
  user.id = "AIDAAAAAAAAAAAA" + n;
  user.name = "user-" + n;
  user.tags = {{"Team", "storage"}, {"Zone", n}};
  return user;
}

bool WriteUser(snapshot::Directory& directory, int number) {
  std::promise<bool> durable;
  const bool written = directory.Write(
      kAccount,
      [&](snapshot::AccountEdit& edit) {
        edit.PutUser(MakeUser(number));
        return true;
      },
      [&](const base::Result<void>& outcome) { durable.set_value(outcome.has_value()); });
  return written && durable.get_future().get();
}

// One database and directory for all threads of a run.
struct Fixture {
  Fixture() {
    auto opened = storage::sqlite::OpenStore(folder.File(), [](bool) -> base::Result<crypto::KeyBytes> {
      return crypto::KeyBytes(std::array<uint8_t, crypto::KeyBytes::kSize>{});
    });
    WK_ASSERT(opened.has_value());
    store = std::move(opened).value();
    auto made = snapshot::Directory::Open(*store);
    WK_ASSERT(made.has_value());
    directory = std::move(made).value();
    entity::Account account;
    account.id = kAccount;
    std::promise<void> durable;
    WK_ASSERT(directory->CreateAccount(account, {}, [&](const base::Result<void>&) { durable.set_value(); })
                  .has_value());
    durable.get_future().get();
  }

  BenchFolder folder;
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<snapshot::Directory> directory;
  std::atomic<int> next{0};
};
std::unique_ptr<Fixture> fixture;

void SetUp(const benchmark::State&) {
  fixture = std::make_unique<Fixture>();
}
void TearDown(const benchmark::State&) {
  fixture.reset();
}

// Durable changes per second through Directory, GroupCommit and SQLite.
void BM_DurableUser(benchmark::State& state) {
  for (auto _ : state) {
    if (!WriteUser(*fixture->directory, fixture->next++)) state.SkipWithError("a write failed");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_DurableUser)->Setup(SetUp)->Teardown(TearDown)->Threads(1)->Threads(64)->UseRealTime();

// The yardstick: one document, one full-sync transaction, one writer.
void BM_BareCommit(benchmark::State& state) {
  for (auto _ : state) {
    const std::string n = std::to_string(fixture->next++ % kUsers);
    const storage::Batch batch{kAccount,
                               {{storage::DocumentKind::kUser, "AIDA" + n, n,
                                 "{\"v\":1,\"filler\":\"" + std::string(200, 'x') + "\"}"}}};
    if (!fixture->store->Commit({&batch, 1})) state.SkipWithError("a commit failed");
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_BareCommit)->Setup(SetUp)->Teardown(TearDown)->UseRealTime();

void BM_FindState(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(fixture->directory->Find(kAccount));
}
BENCHMARK(BM_FindState)->Setup(SetUp)->Teardown(TearDown)->Threads(1)->Threads(2)->Threads(4)->UseRealTime();

}  // namespace
}  // namespace wardkeep
