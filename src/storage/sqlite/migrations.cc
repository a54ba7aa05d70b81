#include "storage/sqlite/migrations.h"

#include <array>

#include "storage/sqlite/checksum.h"

namespace wardkeep::storage::sqlite {
namespace {

// `checksum` of a document covers all its other columns: a flipped bit in a stored policy must not go unseen.
// Name keys are folded before they come here, so the collation is by bytes.
constexpr std::array<Migration, 1> kMigrations = {{
    {1, "documents", R"sql(
CREATE TABLE migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  revision INTEGER NOT NULL
) STRICT;
INSERT INTO head (only_row, revision) VALUES (1, 0);
CREATE TABLE document (
  account TEXT NOT NULL COLLATE BINARY,
  kind TEXT NOT NULL COLLATE BINARY,
  id TEXT NOT NULL COLLATE BINARY CHECK (id <> ''),
  name_key TEXT NOT NULL COLLATE BINARY,
  revision INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX document_id ON document (account, kind, id);
CREATE UNIQUE INDEX document_name ON document (account, kind, name_key) WHERE name_key <> '';
)sql"},
}};

int64_t ChecksumOf(const Migration& migration) {
  return Checksum().Add(migration.name).Add(migration.sql).Get();
}

base::Error Unknown(int64_t number) {
  return base::Error(base::ErrorCode::kCorrupt, "the database was given schema step " +
                                                    std::to_string(number) +
                                                    " in a form this program does not know");
}

}  // namespace

std::span<const Migration> Migrations() {
  return kMigrations;
}

int64_t NewestFormat() {
  return kMigrations.back().number;
}

base::Result<void> CheckMigrations(Connection& connection) {
  WK_ASSIGN(const int64_t version, connection.QueryInt("PRAGMA user_version"));
  WK_ASSIGN(Statement applied,
            connection.Prepare("SELECT number, name, checksum FROM migration ORDER BY number"));
  int64_t expected = 0;
  while (true) {
    WK_ASSIGN(const bool row, applied.Step());
    if (!row) break;
    ++expected;
    if (applied.Int(0) != expected || expected > NewestFormat()) return Unknown(applied.Int(0));
    const Migration& migration = kMigrations[static_cast<std::size_t>(expected - 1)];
    if (applied.Text(1) != migration.name || applied.Int(2) != ChecksumOf(migration))
      return Unknown(expected);
  }
  if (expected != version || expected == 0) return Unknown(version);
  return {};
}

base::Result<void> ApplyMigrations(Connection& connection) {
  WK_ASSIGN(const int64_t version, connection.QueryInt("PRAGMA user_version"));
  if (version == NewestFormat()) return {};
  WK_TRY(connection.Execute("BEGIN IMMEDIATE"));
  for (const auto& migration : kMigrations) {
    if (migration.number <= version) continue;
    WK_TRY(connection.Execute(std::string(migration.sql)));
    WK_ASSIGN(Statement record,
              connection.Prepare("INSERT INTO migration (number, name, checksum) VALUES (?1, ?2, ?3)"));
    WK_TRY(record.Bind(1, migration.number).Bind(2, migration.name).Bind(3, ChecksumOf(migration)).Run());
    WK_TRY(connection.Execute("PRAGMA user_version = " + std::to_string(migration.number)));
  }
  return connection.Execute("COMMIT");
}

}  // namespace wardkeep::storage::sqlite
