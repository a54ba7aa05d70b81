// Statement: a prepared SQLite statement, finalised on destruction. Made by Connection::Prepare and must not
// outlive its connection. Not thread-safe.
//
//   WK_ASSIGN(Statement find, connection.Prepare("SELECT body FROM document WHERE id = ?1"));
//   find.Bind(1, id);
//   WK_ASSIGN(const bool found, find.Step());
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

struct sqlite3_stmt;

namespace wardkeep::storage::sqlite {

class Statement {
 public:
  Statement() = default;
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  // Parameters count from 1. The text must live until the statement has run.
  Statement& Bind(int index, std::string_view text);
  Statement& Bind(int index, int64_t number);
  Statement& BindBlob(int index, std::string_view bytes);

  // True with a row to read, false at the end, which also makes the statement ready to run again.
  base::Result<bool> Step();
  // Runs a statement whose rows do not matter, to its end.
  base::Result<void> Run();
  // Gives up the rest of the rows.
  void Reset();

  // Columns count from 0. The text, or the bytes of a blob, live until the next Step or Reset.
  std::string_view Text(int column) const;
  int64_t Int(int column) const;

 private:
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace wardkeep::storage::sqlite
