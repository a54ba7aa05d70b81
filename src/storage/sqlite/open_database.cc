#include "storage/sqlite/open_database.h"

#include <algorithm>
#include <utility>

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

base::Result<void> CreateDatabase(const std::string& path) {
  const std::string unfinished = path + ".creating";
  WK_TRY(CreateFile(unfinished));
  {
    WK_ASSIGN(Connection connection, Connection::Open(unfinished));
    WK_TRY(connection.Execute(kCreationSettings + std::to_string(kApplicationId)));
    WK_TRY(ApplyMigrations(connection));
    WK_ASSIGN(const std::string mode, connection.QueryText("PRAGMA journal_mode = WAL"));
    if (mode != "wal") {
      return base::Error(base::ErrorCode::kUnavailable, "the file system does not support SQLite's WAL mode");
    }
  }
  return MoveIntoPlace(unfinished, path);
}

base::Result<Connection> OpenChecked(const std::string& path) {
  const bool keep_log = HasLog(path);
  WK_ASSIGN(Connection connection, Connection::Open(path));
  connection.KeepLogOnClose(keep_log);
  WK_TRY(connection.Execute(kSettings));
  WK_TRY(CheckIntegrity(connection));
  connection.KeepLogOnClose(false);
  WK_TRY(ApplyMigrations(connection));
  return connection;
}

struct Connections {
  Connection writer;
  Connection reader;
};

base::Result<Connections> OpenConnections(const std::string& path) {
  WK_ASSIGN(Connection writer, OpenChecked(path));
  WK_ASSIGN(Connection reader, Connection::Open(path));
  WK_TRY(reader.Execute("PRAGMA query_only = ON"));
  return Connections{std::move(writer), std::move(reader)};
}

// Errors of SQLite do not say which file they are about.
base::Error Named(const std::string& path, base::Error error) {
  error.message = "database `" + path + "`: " + error.message;
  return error;
}

base::Result<Connections> OpenLocked(const std::string& path) {
  WK_ASSIGN(const FileState state, InspectFile(path, NewestFormat()));
  if (state == FileState::kAbsent) {
    auto created = CreateDatabase(path);
    if (!created) return Named(path, std::move(created).error());
  }
  auto connections = OpenConnections(path);
  if (!connections) return Named(path, std::move(connections).error());
  return connections;
}

}  // namespace

base::Result<Database> OpenDatabase(const std::string& path) {
  WK_TRY(PrepareFolder(path));
  auto lock = LockFile::Acquire(path + ".lock");
  if (!lock) return Named(path, std::move(lock).error());
  auto connections = OpenLocked(path);
  if (!connections) {
    lock->RemoveIfNew();
    return std::move(connections).error();
  }
  return Database{std::move(lock).value(), std::move(connections->writer), std::move(connections->reader)};
}

}  // namespace wardkeep::storage::sqlite
