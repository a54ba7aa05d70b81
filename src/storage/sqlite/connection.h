// Connection: an open SQLite database, closed on destruction. Not thread-safe: its owner locks.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "storage/sqlite/statement.h"

struct sqlite3;

namespace wardkeep::storage::sqlite {

class Connection {
 public:
  // The file must exist.
  static base::Result<Connection> Open(const std::string& path);
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  ~Connection();

  // One or more statements whose rows do not matter.
  base::Result<void> Execute(const std::string& sql);
  base::Result<Statement> Prepare(std::string_view sql);
  // The first column of the first row, as text or number.
  base::Result<std::string> QueryText(std::string_view sql);
  base::Result<int64_t> QueryInt(std::string_view sql);

  bool in_transaction() const;
  // Closing normally moves the log into the database; a database that is refused is left as it is.
  void KeepLogOnClose(bool keep);

 private:
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  sqlite3* handle_ = nullptr;
};

}  // namespace wardkeep::storage::sqlite
