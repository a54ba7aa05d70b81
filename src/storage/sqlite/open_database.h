// The checks and steps between a path and connections that may be used.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/heads.h"
#include "storage/sqlite/lock_file.h"
#include "storage/store.h"

namespace wardkeep::storage::sqlite {

struct Database {
  LockFile lock;  // first, so that it is released last
  Connection writer;
  Connection reader;
  IntegrityKey key;
  Heads heads;
};

base::Result<Database> OpenDatabase(const std::string& path, const MasterKeySource& master_key);

// For reading only.
struct ReadOnlyDatabase {
  std::optional<LockFile> lock;  // held when no server has the database
  Connection reader;
  IntegrityKey key;
  Heads heads;
};

// not_found without a database. One of an older format is refused: a start migrates it.
base::Result<ReadOnlyDatabase> OpenDatabaseReadOnly(const std::string& path,
                                                    const MasterKeySource& master_key);

}  // namespace wardkeep::storage::sqlite
