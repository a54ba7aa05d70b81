// The embedded durable store: one SQLite database (WAL, synchronous=FULL), one process at a time.
// Thread-safe: one connection writes, another reads beside it.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "storage/store.h"

namespace wardkeep::storage::sqlite {

// Opens the database, making it (mode 0600) and its folder (0700) when there is none. A database that is
// damaged, foreign, of a newer version, read-only, or in use by another process is refused with one line that
// names the path, and nothing is touched.
base::Result<std::unique_ptr<Store>> OpenStore(const std::string& path);

}  // namespace wardkeep::storage::sqlite
