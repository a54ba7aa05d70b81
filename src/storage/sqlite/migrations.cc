#include "storage/sqlite/migrations.h"

#include <array>

#include "storage/sqlite/checksum.h"
#include "storage/sqlite/migrate_heads.h"

namespace wardkeep::storage::sqlite {
namespace {

// In step 1 `checksum` of a document covers all its other columns; in step 2 `digest` is its tag, which only
// the holder of the integrity key can make (storage/integrity.h). The body is the last column, so that the
// others are read without it. Name keys are folded before they come here, so the collation is by bytes.
constexpr std::array<Migration, 2> kMigrations = {{
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
)sql",
     nullptr},
    {2, "heads", R"sql(
DROP INDEX document_id;
DROP INDEX document_name;
ALTER TABLE document RENAME TO former_document;
ALTER TABLE head RENAME TO former_head;
CREATE TABLE head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  revision INTEGER NOT NULL,
  accounts INTEGER NOT NULL,
  digest BLOB NOT NULL,
  seal BLOB NOT NULL,
  integrity_key BLOB NOT NULL,
  checksum INTEGER NOT NULL
) STRICT;
CREATE TABLE account (
  account TEXT NOT NULL PRIMARY KEY COLLATE BINARY,
  revision INTEGER NOT NULL,
  documents INTEGER NOT NULL,
  digest BLOB NOT NULL,
  seal BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
  account TEXT NOT NULL COLLATE BINARY,
  kind TEXT NOT NULL COLLATE BINARY,
  id TEXT NOT NULL COLLATE BINARY CHECK (id <> ''),
  name_key TEXT NOT NULL COLLATE BINARY,
  revision INTEGER NOT NULL,
  digest BLOB NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX document_id ON document (account, kind, id);
CREATE UNIQUE INDEX document_name ON document (account, kind, name_key) WHERE name_key <> '';
)sql",
     &MigrateHeads},
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

base::Result<void> ApplyMigrations(Connection& connection, const crypto::SealingKey& wrapping) {
  WK_ASSIGN(const int64_t version, connection.QueryInt("PRAGMA user_version"));
  if (version == NewestFormat()) return {};
  WK_TRY(connection.Execute("BEGIN IMMEDIATE"));
  for (const auto& migration : kMigrations) {
    if (migration.number <= version) continue;
    WK_TRY(connection.Execute(std::string(migration.sql)));
    if (migration.fill != nullptr) WK_TRY(migration.fill(connection, wrapping));
    WK_ASSIGN(Statement record,
              connection.Prepare("INSERT INTO migration (number, name, checksum) VALUES (?1, ?2, ?3)"));
    WK_TRY(record.Bind(1, migration.number).Bind(2, migration.name).Bind(3, ChecksumOf(migration)).Run());
    WK_TRY(connection.Execute("PRAGMA user_version = " + std::to_string(migration.number)));
  }
  return connection.Execute("COMMIT");
}

}  // namespace wardkeep::storage::sqlite
