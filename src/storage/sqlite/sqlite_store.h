// The embedded durable store: one SQLite database (WAL, synchronous=FULL), one process at a time.
// Thread-safe: one connection writes, another reads beside it.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "storage/store.h"

namespace wardkeep::storage::sqlite {

// Opens the database, making it (mode 0600) and its folder (0700) when there is none. A database that is
// damaged beyond single accounts, foreign, of a newer version, read-only, sealed with another master key, or
// in use by another process is refused with one line that names the path, and nothing is touched. Single
// damaged accounts are refused one by one (Store).
base::Result<std::unique_ptr<Store>> OpenStore(const std::string& path, const MasterKeySource& master_key);

// The same database for reading only, to verify it: beside the server that has it open, or alone. Nothing is
// made, moved or changed; Commit is refused. not_found without a database.
base::Result<std::unique_ptr<Store>> OpenStoreReadOnly(const std::string& path,
                                                       const MasterKeySource& master_key);

}  // namespace wardkeep::storage::sqlite
