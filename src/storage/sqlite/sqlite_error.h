// From SQLite's result codes to the error vocabulary of the program: one table.
#pragma once

#include "base/error.h"

struct sqlite3;

namespace wardkeep::storage::sqlite {

// The error of the last call on a connection. The text of SQLite becomes the cause.
base::Error LastError(sqlite3* connection);

}  // namespace wardkeep::storage::sqlite
