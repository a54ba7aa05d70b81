#include "storage/sqlite/statement.h"

#include <sqlite3.h>

#include <utility>

#include "base/assert.h"
#include "storage/sqlite/sqlite_error.h"

namespace wardkeep::storage::sqlite {

Statement::Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  return *this;
}

Statement::~Statement() {
  sqlite3_finalize(statement_);
}

Statement& Statement::Bind(int index, std::string_view text) {
  // A null pointer would bind NULL instead of the empty text.
  const char* data = text.data() == nullptr ? "" : text.data();
  WK_ASSERT(sqlite3_bind_text64(statement_, index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8) !=
            SQLITE_RANGE);
  return *this;
}

Statement& Statement::Bind(int index, int64_t number) {
  WK_ASSERT(sqlite3_bind_int64(statement_, index, number) == SQLITE_OK);
  return *this;
}

Statement& Statement::BindBlob(int index, std::string_view bytes) {
  const char* data = bytes.data() == nullptr ? "" : bytes.data();
  WK_ASSERT(sqlite3_bind_blob64(statement_, index, data, bytes.size(), SQLITE_STATIC) != SQLITE_RANGE);
  return *this;
}

base::Result<bool> Statement::Step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    Reset();
    return false;
  }
  base::Error error = LastError(sqlite3_db_handle(statement_));
  Reset();
  return error;
}

base::Result<void> Statement::Run() {
  while (true) {
    WK_ASSIGN(const bool row, Step());
    if (!row) return {};
  }
}

void Statement::Reset() {
  sqlite3_reset(statement_);
}

std::string_view Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

int64_t Statement::Int(int column) const {
  return sqlite3_column_int64(statement_, column);
}

}  // namespace wardkeep::storage::sqlite
