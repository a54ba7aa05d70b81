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
  // For reading beside the process that writes, or with `unchanging` a file that nobody writes, which then
  // gets no log beside it.
  static base::Result<Connection> OpenReadOnly(const std::string& path, bool unchanging);
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
  // Rows that the last INSERT, UPDATE or DELETE changed.
  int64_t changes() const;
  // Closing normally moves the log into the database; a database that is refused is left as it is.
  void KeepLogOnClose(bool keep);

 private:
  explicit Connection(sqlite3* handle) : handle_(handle) {}
  static base::Result<Connection> OpenWith(const std::string& name, int flags);
  sqlite3* handle_ = nullptr;
};

}  // namespace wardkeep::storage::sqlite
