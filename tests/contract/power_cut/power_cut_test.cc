// The power fails at seeded points of writes under load: what was acknowledged is there, every batch is whole
// or not there, and the store works on. WARDKEEP_POWER_CUTS says how many cuts (100), WARDKEEP_POWER_SEED the
// first seed.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <thread>
#include <vector>

#include "../storage/backend.h"
#include "expected_account.h"
#include "recorded_disk.h"
#include "recording_vfs.h"
#include "storage/group_commit.h"

namespace wardkeep::power_cut {
namespace {

using storage::ScratchFolder;
using storage::Store;

constexpr int kAccounts = 4;
constexpr uint64_t kInFlight = 6;

uint64_t Setting(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// How far each account was: a cut may keep what was submitted, and must keep what was acknowledged.
struct Progress {
  std::array<uint64_t, kAccounts> acknowledged{};
  std::array<uint64_t, kAccounts> submitted{};
};

struct PowerCut {
  Image image;
  Progress progress;
};

// Clients that write through GroupCommit, each to its account, several batches in flight.
class Load {
 public:
  explicit Load(uint64_t seed) {
    for (int i = 0; i < kAccounts; ++i) {
      expected_.emplace_back(base::AccountId(std::to_string(100000000001 + i)),
                             seed * 10 + static_cast<uint64_t>(i));
    }
  }
  const ExpectedAccount& expected(int i) const { return expected_[static_cast<std::size_t>(i)]; }

  Progress progress() const {
    Progress now;
    for (std::size_t i = 0; i < kAccounts; ++i) {
      now.acknowledged[i] = acknowledged_[i];
      now.submitted[i] = submitted_[i];
    }
    return now;
  }
  std::string failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
  }

  // Writes until each account has `batches` more, or `stop`.
  void Run(Store& store, uint64_t batches, const std::atomic<bool>& stop) {
    storage::GroupCommit commit(store);
    std::vector<std::thread> clients;
    for (std::size_t i = 0; i < kAccounts; ++i) {
      clients.emplace_back([&, i] {
        const uint64_t end = submitted_[i] + batches;
        while (submitted_[i] < end && !stop) {
          const uint64_t n = submitted_[i] + 1;
          submitted_[i] = n;
          commit.Submit(expected_[i].BatchOf(n), [this, i, n](const base::Result<uint64_t>& outcome) {
            const std::lock_guard lock(mutex_);
            if (!outcome && failure_.empty()) failure_ = outcome.error().ToString();
            if (outcome) acknowledged_[i] = n;
            wake_.notify_all();
          });
          std::unique_lock lock(mutex_);
          wake_.wait(lock, [&] { return submitted_[i] - acknowledged_[i] < kInFlight || !failure_.empty(); });
          if (!failure_.empty()) return;
        }
      });
    }
    for (auto& client : clients) client.join();
    commit.Stop();
  }

 private:
  std::vector<ExpectedAccount> expected_;
  std::array<std::atomic<uint64_t>, kAccounts> acknowledged_{};
  std::array<std::atomic<uint64_t>, kAccounts> submitted_{};
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::string failure_;  // protected by mutex_
};

void WriteImage(const std::string& folder, const Image& image) {
  std::filesystem::create_directories(folder);
  for (const auto& [name, content] : image) std::ofstream(folder + "/" + name, std::ios::binary) << content;
}

// Empty when the account holds what its first n batches leave, for an n that may be; else what is wrong.
std::string Compare(Store& store, const ExpectedAccount& expected, uint64_t least, uint64_t most) {
  const auto documents = store.LoadAccount(expected.account());
  if (!documents && documents.error().code != base::ErrorCode::kNotFound) return documents.error().ToString();
  Content content;
  uint64_t n = 0;
  if (documents) {
    for (const auto& document : *documents) {
      content[{document.kind, document.id}] = {document.name_key, document.body};
      if (document.kind == storage::DocumentKind::kAccount)
        n = std::strtoull(document.body.c_str(), nullptr, 10);
    }
  }
  const std::string which =
      "account " + expected.account().value() + " has " + std::to_string(n) + " batches";
  if (n < least) return which + ", " + std::to_string(least) + " were acknowledged";
  if (n > most) return which + ", " + std::to_string(most) + " were submitted";
  if (content != expected.After(n)) return which + ", one of them in part";
  return {};
}

// Opens what a cut has left. Empty when all is well.
std::string Inspect(const std::string& folder, const Load& load, const Progress& progress) {
  std::array<uint64_t, kAccounts> found{};
  for (int pass = 0; pass < 2; ++pass) {
    auto opened = storage::sqlite::OpenStore(folder + "/w.db");
    if (!opened) return "does not open: " + opened.error().ToString();
    Store& store = **opened;
    const auto structure = store.CheckStructure();
    if (!structure) return structure.error().ToString();
    if (!structure->empty()) return structure->front();
    for (int i = 0; i < kAccounts; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const uint64_t least = pass == 0 ? progress.acknowledged[at] : found[at];
      const uint64_t most = pass == 0 ? progress.submitted[at] : found[at];
      if (std::string wrong = Compare(store, load.expected(i), least, most); !wrong.empty()) return wrong;
      if (pass == 1) continue;
      // It works on: one batch more, which the second pass finds.
      const auto documents = store.LoadAccount(load.expected(i).account());
      uint64_t n = 0;
      if (documents) {
        for (const auto& document : *documents) {
          if (document.kind == storage::DocumentKind::kAccount)
            n = std::strtoull(document.body.c_str(), nullptr, 10);
        }
      }
      const storage::Batch batch = load.expected(i).BatchOf(n + 1);
      if (const auto written = store.Commit({&batch, 1}); !written) return written.error().ToString();
      found[at] = n + 1;
    }
  }
  return {};
}

struct Totals {
  int cuts = 0;
  int second_cuts = 0;
  int without_database = 0;
  std::vector<std::string> wrong;
};

// The power fails again while the store is being opened, now and then.
void InspectSecondCuts(const std::string& folder, const Load& load, const PowerCut& cut, uint64_t seed,
                       Totals& totals) {
  WriteImage(folder, cut.image);
  std::vector<Image> images;
  {
    RecordedDisk disk(folder, seed, 12, [&](Image image) {
      if (images.size() < 2) images.push_back(std::move(image));
    });
    disk.Adopt(cut.image);
    const auto opened = storage::sqlite::OpenStore(folder + "/w.db");
    if (!opened) return totals.wrong.push_back("does not open: " + opened.error().ToString());
  }
  for (std::size_t i = 0; i < images.size(); ++i) {
    const std::string again = folder + "-" + std::to_string(i);
    WriteImage(again, images[i]);
    ++totals.second_cuts;
    const std::string wrong = Inspect(again, load, cut.progress);
    if (!wrong.empty()) totals.wrong.push_back("second cut: " + wrong);
    std::filesystem::remove_all(again);
  }
}

// One life of a store, from its making through several openings, with some cuts.
void RunOnce(uint64_t seed, std::size_t most_cuts, bool lying_disk, Totals& totals) {
  std::mt19937_64 random(seed);
  const ScratchFolder scratch;
  const std::string folder = scratch.File("data");
  std::filesystem::create_directories(folder);
  Load load(seed);
  std::vector<PowerCut> cuts;
  std::atomic<bool> stop{false};
  {
    // Some runs are cut while the database is made, some rarely, so that they reach checkpoints.
    static constexpr std::array<unsigned, 4> kRarely = {4, 60, 250, 900};
    const unsigned one_in = kRarely[seed % 4] + static_cast<unsigned>(random() % 20);
    RecordedDisk disk(folder, seed, one_in, [&](Image image) {
      if (cuts.size() < most_cuts) cuts.push_back({std::move(image), load.progress()});
      if (cuts.size() == most_cuts) stop = true;
    });
    if (lying_disk) disk.IgnoreSyncs();
    for (int session = 0; session < 12 && !stop; ++session) {
      auto opened = storage::sqlite::OpenStore(folder + "/w.db");
      ASSERT_TRUE(opened) << opened.error().ToString();
      load.Run(**opened, 20 + random() % 250, stop);
      ASSERT_EQ(load.failure(), "");
    }
    ASSERT_GT(disk.writes(), 0U);
    ASSERT_GT(disk.file_syncs(), 0U) << "the syncs of SQLite are not seen";
    ASSERT_GT(disk.folder_syncs(), 0U) << "the syncs of folders are not seen";
  }
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    const PowerCut& cut = cuts[i];
    ++totals.cuts;
    totals.without_database += cut.image.contains("w.db") ? 0 : 1;
    const std::string place = scratch.File("cut" + std::to_string(i));
    WriteImage(place, cut.image);
    // The shared memory of the log is in no state that could be relied on.
    if (random() % 2 == 0) std::ofstream(place + "/w.db-shm", std::ios::binary) << std::string(32768, '\x5a');
    const std::string wrong = Inspect(place, load, cut.progress);
    if (!wrong.empty()) {
      totals.wrong.push_back("seed " + std::to_string(seed) + " cut " + std::to_string(i) + ": " + wrong);
    }
    if (i % 5 == 0) InspectSecondCuts(scratch.File("again" + std::to_string(i)), load, cut, seed + i, totals);
    std::filesystem::remove_all(place);
  }
}

TEST(PowerCut, LosesNothingAcknowledgedAndLeavesNothingHalfWritten) {
  InstallRecordingVfs();
  const uint64_t wanted = Setting("WARDKEEP_POWER_CUTS", 100);
  uint64_t seed = Setting("WARDKEEP_POWER_SEED", 1);
  Totals totals;
  while (totals.cuts < static_cast<int>(wanted)) {
    const auto left = static_cast<std::size_t>(wanted) - static_cast<std::size_t>(totals.cuts);
    RunOnce(seed++, std::min<std::size_t>(20, left), false, totals);
    if (HasFatalFailure()) return;
  }
  for (const std::string& wrong : totals.wrong) ADD_FAILURE() << wrong;
  std::printf("%d cuts, %d second cuts while opening, %d before there was a database, %zu wrong\n",
              totals.cuts, totals.second_cuts, totals.without_database, totals.wrong.size());
}

// The check of the check: a disk that does not keep what was synced is found out.
TEST(PowerCut, ADiskThatIgnoresSyncsIsFoundOut) {
  InstallRecordingVfs();
  Totals totals;
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    RunOnce(seed, 8, true, totals);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(totals.wrong.size(), 8U);
}

}  // namespace
}  // namespace wardkeep::power_cut
