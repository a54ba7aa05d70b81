#include "storage/sqlite/sqlite_error.h"

#include <sqlite3.h>

#include <array>

namespace wardkeep::storage::sqlite {
namespace {

struct CodeRow {
  int code;  // primary or extended
  base::ErrorCode meaning;
  const char* message;
};

constexpr std::array<CodeRow, 14> kCodes = {{
    {SQLITE_CONSTRAINT_UNIQUE, base::ErrorCode::kAlreadyExists, "the name is taken"},
    {SQLITE_CORRUPT, base::ErrorCode::kCorrupt, "the database is damaged"},
    {SQLITE_NOTADB, base::ErrorCode::kCorrupt, "the file is not a database"},
    {SQLITE_IOERR_SHORT_READ, base::ErrorCode::kCorrupt, "the database file is cut short"},
    {SQLITE_READONLY, base::ErrorCode::kUnavailable, "the database is read-only"},
    {SQLITE_PERM, base::ErrorCode::kUnavailable, "access to the database is denied"},
    {SQLITE_CANTOPEN, base::ErrorCode::kUnavailable, "the database cannot be opened"},
    {SQLITE_BUSY, base::ErrorCode::kUnavailable, "the database is locked by another process"},
    {SQLITE_LOCKED, base::ErrorCode::kUnavailable, "the database is locked"},
    {SQLITE_FULL, base::ErrorCode::kUnavailable, "the disk is full"},
    {SQLITE_IOERR, base::ErrorCode::kUnavailable, "the disk reports an error"},
    {SQLITE_NOMEM, base::ErrorCode::kUnavailable, "memory is exhausted"},
    {SQLITE_TOOBIG, base::ErrorCode::kInvalid, "a document is too large"},
    {SQLITE_CONSTRAINT, base::ErrorCode::kInvalid, "a document breaks a rule of the schema"},
}};

}  // namespace

base::Error LastError(sqlite3* connection) {
  const int extended = sqlite3_extended_errcode(connection);
  const char* text = sqlite3_errmsg(connection);
  for (const int code : {extended, extended & 0xff}) {
    for (const auto& row : kCodes) {
      if (row.code == code) return base::Error(row.meaning, row.message, text);
    }
  }
  return base::Error(base::ErrorCode::kInternal, "the database fails", text);
}

}  // namespace wardkeep::storage::sqlite
