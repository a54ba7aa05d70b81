// The checks and steps between a path and connections that may be used.
#pragma once

#include <string>

#include "base/result.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/lock_file.h"

namespace wardkeep::storage::sqlite {

struct Database {
  LockFile lock;  // first, so that it is released last
  Connection writer;
  Connection reader;
};

base::Result<Database> OpenDatabase(const std::string& path);

}  // namespace wardkeep::storage::sqlite
