// Opening databases that are not as they should be: one clear line, and nothing is touched.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <map>

#include "backend.h"

namespace wardkeep::storage::sqlite {
namespace {

using base::ErrorCode;

const base::AccountId kAccount("111111111111");

std::string Read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

void Write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Every file of a folder with its bytes, its mode and the time it was last changed.
std::map<std::string, std::string> Snapshot(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    struct stat facts {};
    EXPECT_EQ(stat(entry.path().c_str(), &facts), 0);
    files[entry.path().filename()] = std::to_string(facts.st_mode) + " " +
                                     std::to_string(facts.st_mtim.tv_sec) + "." +
                                     std::to_string(facts.st_mtim.tv_nsec) + " " + Read(entry.path());
  }
  return files;
}

DocumentWrite PutUser(int number) {
  const std::string n = std::to_string(number);
  return {DocumentKind::kUser, "AIDA" + n, "user" + n, std::string(3000, 'p') + n};
}
Batch UserBatch(int number) {
  return {kAccount, {PutUser(number)}};
}

// A database with some content, closed properly.
void MakeDatabase(const std::string& path) {
  auto store = OpenStore(path);
  ASSERT_TRUE(store) << store.error().ToString();
  Batch batch{kAccount, {}};
  for (int i = 0; i < 40; ++i) batch.writes.push_back(PutUser(i));
  ASSERT_TRUE((*store)->Commit({&batch, 1}));
}

mode_t ModeOf(const std::string& path) {
  struct stat facts {};
  EXPECT_EQ(stat(path.c_str(), &facts), 0) << path;
  return facts.st_mode & 0777;
}

TEST(DatabaseFile, IsPrivateToItsOwner) {
  const ScratchFolder scratch;
  const std::string folder = scratch.File("new/data");
  const std::string path = folder + "/wardkeep.db";
  const auto store = OpenStore(path);
  ASSERT_TRUE(store) << store.error().ToString();
  const Batch batch = UserBatch(1);
  ASSERT_TRUE((*store)->Commit({&batch, 1}));
  EXPECT_EQ(ModeOf(folder), 0700U);
  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) EXPECT_EQ(ModeOf(path + suffix), 0600U) << suffix;
}

TEST(DatabaseFile, LeavesOnlyTheDatabaseAndTheLockWhenClosed) {
  const ScratchFolder scratch;
  MakeDatabase(scratch.File("w.db"));
  const auto files = Snapshot(scratch.path());
  ASSERT_EQ(files.size(), 2U);
  EXPECT_TRUE(files.contains("w.db"));
  EXPECT_TRUE(files.contains("w.db.lock"));
}

TEST(DatabaseFile, ForgetsAnInterruptedCreation) {
  const ScratchFolder scratch;
  Write(scratch.File("w.db.creating"), "half a database");
  Write(scratch.File("w.db.creating-journal"), "rubbish");
  MakeDatabase(scratch.File("w.db"));
  EXPECT_FALSE(std::filesystem::exists(scratch.File("w.db.creating")));
  EXPECT_FALSE(std::filesystem::exists(scratch.File("w.db.creating-journal")));
}

struct RefusedCase {
  const char* name;
  std::function<void(std::string&)> change;  // of the bytes of a good database
  ErrorCode code;
  const char* says;
};

class RefusedDatabase : public testing::TestWithParam<RefusedCase> {};

TEST_P(RefusedDatabase, GivesOneLineAndTouchesNothing) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  MakeDatabase(path);
  std::filesystem::remove(path + ".lock");
  std::string bytes = Read(path);
  GetParam().change(bytes);
  Write(path, bytes);
  const auto before = Snapshot(scratch.path());

  const auto store = OpenStore(path);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, GetParam().code) << store.error().ToString();
  EXPECT_NE(store.error().message.find(GetParam().says), std::string::npos) << store.error().ToString();
  EXPECT_NE(store.error().message.find("`" + path + "`"), std::string::npos) << store.error().ToString();
  EXPECT_EQ(store.error().ToString().find('\n'), std::string::npos);
  EXPECT_EQ(Snapshot(scratch.path()), before);
}

const RefusedCase kRefused[] = {
    {"Empty", [](std::string& b) { b.clear(); }, ErrorCode::kCorrupt, "too short"},
    {"ShorterThanAHeader", [](std::string& b) { b.resize(60); }, ErrorCode::kCorrupt, "too short"},
    {"AnotherKindOfFile", [](std::string& b) { b = "#!/bin/sh\n" + std::string(4096, 'x'); },
     ErrorCode::kInvalid, "not a SQLite database"},
    {"DamagedMagic", [](std::string& b) { b[3] ^= 1; }, ErrorCode::kInvalid, "not a SQLite database"},
    {"AnotherApplication", [](std::string& b) { b[68] ^= 1; }, ErrorCode::kInvalid, "another program"},
    {"NoApplication", [](std::string& b) { b.replace(68, 4, 4, '\0'); }, ErrorCode::kInvalid,
     "another program"},
    {"NewerVersion", [](std::string& b) { b[63] = 99; }, ErrorCode::kInvalid, "newer version (format 99"},
    {"VersionNotAsMigrated", [](std::string& b) { b[63] = 0; }, ErrorCode::kCorrupt, "schema step"},
    {"CutInTheMiddle", [](std::string& b) { b.resize(b.size() / 2 / 4096 * 4096); }, ErrorCode::kCorrupt,
     "damaged"},
    {"CutInsideAPage", [](std::string& b) { b.resize(b.size() - 1000); }, ErrorCode::kCorrupt, "damaged"},
    {"OnlyTheFirstPage", [](std::string& b) { b.resize(4096); }, ErrorCode::kCorrupt, "damaged"},
    {"ZeroedPages", [](std::string& b) { b.replace(4096, 3 * 4096, 3 * 4096, '\0'); }, ErrorCode::kCorrupt,
     "damaged"},
    {"NoiseInTheSchema", [](std::string& b) { b.replace(100, 200, 200, '\x5a'); }, ErrorCode::kCorrupt,
     "damaged"},
    {"ImpossiblePageSize", [](std::string& b) { b.replace(16, 2, "\x07\x07", 2); }, ErrorCode::kCorrupt,
     "database"},
    {"NotInWalMode", [](std::string& b) { b[18] = b[19] = 1; }, ErrorCode::kCorrupt, "WAL"},
    {"ChangedMigrationRecord",
     [](std::string& b) {
       const auto at = b.find("documents", 4096);
       if (at != std::string::npos) b[at] = 'D';
     },
     ErrorCode::kCorrupt, "schema step"},
};

INSTANTIATE_TEST_SUITE_P(Cases, RefusedDatabase, testing::ValuesIn(kRefused),
                         [](const auto& instance) { return std::string(instance.param.name); });

TEST(DatabaseFile, IsRefusedWhenReadOnly) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  MakeDatabase(path);
  ASSERT_EQ(chmod(path.c_str(), 0400), 0);
  const auto before = Snapshot(scratch.path());
  const auto store = OpenStore(path);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(store.error().message.find("read-only"), std::string::npos) << store.error().ToString();
  EXPECT_EQ(Snapshot(scratch.path()).at("w.db"), before.at("w.db"));
}

TEST(DatabaseFile, IsRefusedInAReadOnlyFolder) {
  const ScratchFolder scratch;
  MakeDatabase(scratch.File("w.db"));
  const auto before = Snapshot(scratch.path());
  ASSERT_EQ(chmod(scratch.path().c_str(), 0500), 0);
  const auto store = OpenStore(scratch.File("w.db"));
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(store.error().message.find("read-only"), std::string::npos) << store.error().ToString();
  EXPECT_EQ(Snapshot(scratch.path()), before);
}

TEST(DatabaseFile, IsRefusedWhenThePathIsAFolder) {
  const ScratchFolder scratch;
  std::filesystem::create_directory(scratch.File("w.db"));
  const auto store = OpenStore(scratch.File("w.db"));
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kInvalid);
}

TEST(DatabaseFile, IsNotSharedWithinAProcess) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  const auto first = OpenStore(path);
  ASSERT_TRUE(first);
  const auto second = OpenStore(path);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::kUnavailable);
  EXPECT_NE(second.error().message.find("in use by process " + std::to_string(getpid())), std::string::npos)
      << second.error().ToString();
  const Batch batch = UserBatch(1);
  EXPECT_TRUE((*first)->Commit({&batch, 1})) << "the refused attempt does not disturb the holder";
}

TEST(DatabaseFile, IsNotSharedBetweenProcessesAndFreeAfterAKill) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = OpenStore(path);
    const Batch batch = UserBatch(7);
    const char ok = store && (*store)->Commit({&batch, 1}) ? 'y' : 'n';
    if (write(ready[1], &ok, 1) != 1) _exit(1);
    pause();
    _exit(0);
  }
  char answer = 'n';
  ASSERT_EQ(read(ready[0], &answer, 1), 1);
  EXPECT_EQ(answer, 'y');
  const auto refused = OpenStore(path);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("in use by process " + std::to_string(child)), std::string::npos)
      << refused.error().ToString();
  ASSERT_EQ(kill(child, SIGKILL), 0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  const auto store = OpenStore(path);
  ASSERT_TRUE(store) << store.error().ToString();
  EXPECT_EQ((*store)->LoadAccount(kAccount)->size(), 1U) << "what was acknowledged survives the kill";
  close(ready[0]);
  close(ready[1]);
}

// Commits while the disk lets no file grow: exits with 0 when each failed with unavailable, and none after.
int CommitOnAFullDisk(const std::string& path) {
  const auto store = OpenStore(path);
  if (!store) return 1;
  const Batch first = UserBatch(1);
  if (!(*store)->Commit({&first, 1})) return 2;
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit {};
  getrlimit(RLIMIT_FSIZE, &limit);
  const struct rlimit full {
    1, limit.rlim_max
  };
  setrlimit(RLIMIT_FSIZE, &full);
  for (int i = 2; i < 5; ++i) {
    const Batch batch = UserBatch(i);
    const auto outcome = (*store)->Commit({&batch, 1});
    if (outcome || outcome.error().code != ErrorCode::kUnavailable) return 3;
  }
  setrlimit(RLIMIT_FSIZE, &limit);
  const Batch last = UserBatch(9);
  if (!(*store)->Commit({&last, 1})) return 4;
  return (*store)->LoadAccount(kAccount)->size() == 2 ? 0 : 5;
}

TEST(DatabaseFile, WorksOnAfterTheDiskWasFull) {
  const ScratchFolder scratch;
  const pid_t child = fork();
  if (child == 0) _exit(CommitOnAFullDisk(scratch.File("w.db")));
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0) << "exit " << WEXITSTATUS(status);
  const auto store = OpenStore(scratch.File("w.db"));
  ASSERT_TRUE(store) << store.error().ToString();
  const auto documents = (*store)->LoadAccount(kAccount);
  ASSERT_EQ(documents->size(), 2U);
  EXPECT_EQ((*documents)[0].id, "AIDA1");
  EXPECT_EQ((*documents)[1].id, "AIDA9");
  EXPECT_EQ(*(*store)->HeadRevision(), 2U);
}

// Structure is checked on opening; a flipped bit inside a body is found when it is read, never passed on.
TEST(DatabaseFile, ReportsABodyThatIsNotAsWritten) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  MakeDatabase(path);
  std::string bytes = Read(path);
  bytes[bytes.find("ppppp") + 100] ^= 4;
  Write(path, bytes);
  const auto store = OpenStore(path);
  ASSERT_TRUE(store) << store.error().ToString();
  const auto loaded = (*store)->LoadAccount(kAccount);
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(loaded.error().message.find(kAccount.value()), std::string::npos) << loaded.error().message;
  EXPECT_EQ((*store)->LoadKind(DocumentKind::kUser)->size(), 39U) << "the damaged one is left out";
}

// A header that is damaged while the log still holds changes: the log is what brings them back, so it must
// stay.
TEST(DatabaseFile, KeepsTheLogOfADatabaseItRefuses) {
  const ScratchFolder scratch;
  const std::string path = scratch.File("w.db");
  MakeDatabase(path);
  const pid_t child = fork();
  if (child == 0) {
    const auto store = OpenStore(path);
    const Batch batch = UserBatch(100);
    _exit(store && (*store)->Commit({&batch, 1}) ? 0 : 1);  // without closing: the log stays
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_EQ(status, 0);
  const std::string log = Read(path + "-wal");
  ASSERT_FALSE(log.empty());
  const std::string good = Read(path);
  std::string bytes = good;
  bytes.replace(8 * 4096, 8 * 4096, 8 * 4096, '\0');
  Write(path, bytes);
  EXPECT_FALSE(OpenStore(path));
  EXPECT_EQ(Read(path), bytes);
  EXPECT_EQ(Read(path + "-wal"), log);
  Write(path, good);
  const auto store = OpenStore(path);
  ASSERT_TRUE(store) << store.error().ToString();
  EXPECT_EQ((*store)->LoadAccount(kAccount)->size(), 41U);
}

}  // namespace
}  // namespace wardkeep::storage::sqlite
