// Changes a database behind the store's back.
#pragma once

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>

namespace wardkeep::storage::sqlite {

// Runs SQL on the file with a connection of its own. The store must be closed.
inline void RunSql(const std::string& path, const std::string& sql) {
  sqlite3* connection = nullptr;
  ASSERT_EQ(sqlite3_open(path.c_str(), &connection), SQLITE_OK);
  char* message = nullptr;
  EXPECT_EQ(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK)
      << (message == nullptr ? "" : message) << " in " << sql;
  sqlite3_free(message);
  sqlite3_close(connection);
}

}  // namespace wardkeep::storage::sqlite
