#include "storage/sqlite/open_database.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "crypto/system_rng.h"
#include "storage/sqlite/database_file.h"
#include "storage/sqlite/migrations.h"

namespace wardkeep::storage::sqlite {
namespace {

// synchronous=FULL: a commit returns after the log is on disk. The log is kept small between bursts.
constexpr const char* kSettings =
    "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864; PRAGMA cell_size_check = ON;"
    "PRAGMA trusted_schema = OFF";

base::Result<void> CheckIntegrity(Connection& connection) {
  WK_ASSIGN(const std::string mode, connection.QueryText("PRAGMA journal_mode"));
  if (mode != "wal")
    return base::Error(base::ErrorCode::kCorrupt, "the database is damaged: its header lacks WAL mode");
  WK_ASSIGN(std::string verdict, connection.QueryText("PRAGMA quick_check(1)"));
  std::replace(verdict.begin(), verdict.end(), '\n', ' ');
  if (verdict != "ok") return base::Error(base::ErrorCode::kCorrupt, "the database is damaged", verdict);
  // The header in the file may be older than the log beside it, so the format is looked at once more.
  WK_ASSIGN(const int64_t version, connection.QueryInt("PRAGMA user_version"));
  if (version > NewestFormat()) {
    return base::Error(base::ErrorCode::kInvalid, "the database was written by a newer version");
  }
  return CheckMigrations(connection);
}

// A new database gets its name only when it is complete and on disk, so that a crash leaves none or a whole
// one. That makes SQLite's own care superfluous here, and the start faster by several waits for the disk.
constexpr const char* kCreationSettings =
    "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY; PRAGMA page_size = 4096; PRAGMA application_id "
    "= ";

base::Result<void> CreateDatabase(const std::string& path, const MasterKeySource& master_key) {
  WK_ASSIGN(crypto::KeyBytes master, master_key(true));
  crypto::SystemRng rng;
  const crypto::SealingKey wrapping = WrappingKey(std::move(master), rng);
  const std::string unfinished = path + ".creating";
  WK_TRY(CreateFile(unfinished));
  {
    WK_ASSIGN(Connection connection, Connection::Open(unfinished));
    WK_TRY(connection.Execute(kCreationSettings + std::to_string(kApplicationId)));
    WK_TRY(ApplyMigrations(connection, wrapping));
    WK_ASSIGN(const std::string mode, connection.QueryText("PRAGMA journal_mode = WAL"));
    if (mode != "wal") {
      return base::Error(base::ErrorCode::kUnavailable, "the file system does not support SQLite's WAL mode");
    }
  }
  return MoveIntoPlace(unfinished, path);
}

struct Connections {
  Connection writer;
  Connection reader;
  IntegrityKey key;
  Heads heads;
};

// A store without a document has nothing to protect, so it takes the key it is given.
base::Result<IntegrityKey> OpenKey(Connection& connection, const crypto::SealingKey& wrapping, bool empty) {
  auto key = OpenIntegrityKey(connection, wrapping);
  if (key || !empty || key.error().code != base::ErrorCode::kInvalid) return key;
  IntegrityKey fresh = IntegrityKey::Random();
  WK_ASSIGN(const int64_t revision, connection.QueryInt("SELECT revision FROM head"));
  StoreHead head;
  head.revision = static_cast<uint64_t>(revision);
  WK_TRY(InsertHead(connection, wrapping, fresh, head));
  return fresh;
}

base::Result<bool> IsEmpty(Connection& connection) {
  WK_ASSIGN(const int64_t used, connection.QueryInt("SELECT EXISTS (SELECT 1 FROM document)"));
  WK_ASSIGN(const int64_t format, connection.QueryInt("PRAGMA user_version"));
  if (used != 0 || format < 2) return used == 0;
  WK_ASSIGN(const int64_t accounts, connection.QueryInt("SELECT accounts FROM head"));
  return accounts == 0;
}

base::Result<Connections> OpenConnections(const std::string& path, const MasterKeySource& master_key) {
  const bool keep_log = HasLog(path);
  WK_ASSIGN(Connection writer, Connection::Open(path));
  writer.KeepLogOnClose(keep_log);
  WK_TRY(writer.Execute(kSettings));
  WK_TRY(CheckIntegrity(writer));
  WK_ASSIGN(const bool empty, IsEmpty(writer));
  WK_ASSIGN(crypto::KeyBytes master, master_key(empty));
  crypto::SystemRng rng;
  const crypto::SealingKey wrapping = WrappingKey(std::move(master), rng);
  WK_TRY(ApplyMigrations(writer, wrapping));
  WK_ASSIGN(IntegrityKey key, OpenKey(writer, wrapping, empty));
  WK_ASSIGN(Heads heads, ReadHeads(writer, key));
  WK_ASSIGN(Connection reader, Connection::Open(path));
  writer.KeepLogOnClose(false);
  return Connections{std::move(writer), std::move(reader), std::move(key), std::move(heads)};
}

// Errors of SQLite do not say which file they are about.
base::Error Named(const std::string& path, base::Error error) {
  error.message = "database `" + path + "`: " + error.message;
  return error;
}

base::Result<Connections> OpenLocked(const std::string& path, const MasterKeySource& master_key) {
  WK_ASSIGN(const FileState state, InspectFile(path, NewestFormat()));
  if (state == FileState::kAbsent) {
    auto created = CreateDatabase(path, master_key);
    if (!created) return Named(path, std::move(created).error());
  }
  auto connections = OpenConnections(path, master_key);
  if (!connections) return Named(path, std::move(connections).error());
  return connections;
}

base::Result<ReadOnlyDatabase> OpenReadOnly(const std::string& path, const MasterKeySource& master_key,
                                            std::optional<LockFile>& lock) {
  // Without a log nobody else changes the file while the lock is held.
  const bool unchanging = lock.has_value() && !HasLog(path);
  WK_ASSIGN(Connection reader, Connection::OpenReadOnly(path, unchanging));
  WK_TRY(reader.Execute("PRAGMA cell_size_check = ON; PRAGMA trusted_schema = OFF"));
  WK_TRY(CheckMigrations(reader));
  WK_ASSIGN(const int64_t format, reader.QueryInt("PRAGMA user_version"));
  if (format != NewestFormat()) {
    return base::Error(base::ErrorCode::kInvalid,
                       "the database is of an older format; a start of the server brings it up to date");
  }
  WK_ASSIGN(crypto::KeyBytes master, master_key(false));
  crypto::SystemRng rng;
  WK_ASSIGN(IntegrityKey key, OpenIntegrityKey(reader, WrappingKey(std::move(master), rng)));
  WK_ASSIGN(Heads heads, ReadHeads(reader, key));
  return ReadOnlyDatabase{std::move(lock), std::move(reader), std::move(key), std::move(heads)};
}

}  // namespace

base::Result<Database> OpenDatabase(const std::string& path, const MasterKeySource& master_key) {
  WK_TRY(PrepareFolder(path));
  auto lock = LockFile::Acquire(path + ".lock");
  if (!lock) return Named(path, std::move(lock).error());
  auto connections = OpenLocked(path, master_key);
  if (!connections) {
    lock->RemoveIfNew();
    return std::move(connections).error();
  }
  return Database{std::move(lock).value(), std::move(connections->writer), std::move(connections->reader),
                  std::move(connections->key), std::move(connections->heads)};
}

base::Result<ReadOnlyDatabase> OpenDatabaseReadOnly(const std::string& path,
                                                    const MasterKeySource& master_key) {
  if (std::error_code ignored; !std::filesystem::exists(path, ignored)) {
    return base::Error(base::ErrorCode::kNotFound, "there is no database `" + path + "`");
  }
  std::optional<LockFile> lock;
  if (auto acquired = LockFile::Acquire(path + ".lock")) {
    lock = std::move(acquired).value();
    // Not while this process has it open: closing a file gives up all locks that the process has on it.
    auto inspected = InspectFile(path, NewestFormat(), Access::kRead);
    if (!inspected) {
      lock->RemoveIfNew();
      return std::move(inspected).error();
    }
  }
  auto database = OpenReadOnly(path, master_key, lock);
  if (!database) {
    if (lock) lock->RemoveIfNew();
    return Named(path, std::move(database).error());
  }
  return database;
}

}  // namespace wardkeep::storage::sqlite
