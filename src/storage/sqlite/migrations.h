// The schema as numbered steps. A step that has been released is never changed: the database keeps a checksum
// of each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/sealing.h"
#include "storage/sqlite/connection.h"

namespace wardkeep::storage::sqlite {

struct Migration {
  int64_t number;  // 1, 2, ...; the database's user_version is that of the last one applied
  std::string_view name;
  std::string_view sql;
  // What SQL cannot do, after it; may be null. `wrapping` seals the integrity key (heads.h).
  base::Result<void> (*fill)(Connection& connection, const crypto::SealingKey& wrapping);
};

std::span<const Migration> Migrations();
// Number of the last one.
int64_t NewestFormat();

// corrupt when the steps a database says were applied are not those of this program. Writes nothing.
base::Result<void> CheckMigrations(Connection& connection);
// Applies the steps the database lacks, all in one transaction.
base::Result<void> ApplyMigrations(Connection& connection, const crypto::SealingKey& wrapping);

}  // namespace wardkeep::storage::sqlite
