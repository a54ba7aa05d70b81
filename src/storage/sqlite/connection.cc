#include "storage/sqlite/connection.h"

#include <sqlite3.h>

#include <utility>

#include "storage/sqlite/sqlite_error.h"

namespace wardkeep::storage::sqlite {
namespace {

// How long to wait for somebody who looks into the database with another program.
constexpr int kBusyMilliseconds = 2000;

}  // namespace

base::Result<Connection> Connection::OpenWith(const std::string& name, int flags) {
  sqlite3* handle = nullptr;
  const int code =
      sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  Connection connection(handle);
  if (handle == nullptr) return base::Error(base::ErrorCode::kUnavailable, "memory is exhausted");
  if (code != SQLITE_OK) return LastError(handle);
  sqlite3_busy_timeout(handle, kBusyMilliseconds);
  return connection;
}

base::Result<Connection> Connection::Open(const std::string& path) {
  return OpenWith(path, SQLITE_OPEN_READWRITE);
}

base::Result<Connection> Connection::OpenReadOnly(const std::string& path, bool unchanging) {
  if (!unchanging) return OpenWith(path, SQLITE_OPEN_READONLY);
  std::string uri = "file:";
  for (const char c : path) {
    // What has a meaning in a URI.
    if (c == '%' || c == '?' || c == '#') {
      static constexpr std::string_view kDigits = "0123456789abcdef";
      uri += {'%', kDigits[static_cast<unsigned char>(c) >> 4], kDigits[c & 15]};
    } else {
      uri += c;
    }
  }
  return OpenWith(uri + "?immutable=1", SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
}

Connection::Connection(Connection&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

Connection::~Connection() {
  sqlite3_close_v2(handle_);
}

base::Result<void> Connection::Execute(const std::string& sql) {
  if (sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return LastError(handle_);
  return {};
}

base::Result<Statement> Connection::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return LastError(handle_);
  return Statement(statement);
}

base::Result<std::string> Connection::QueryText(std::string_view sql) {
  WK_ASSIGN(Statement statement, Prepare(sql));
  WK_ASSIGN(const bool row, statement.Step());
  return row ? std::string(statement.Text(0)) : std::string();
}

base::Result<int64_t> Connection::QueryInt(std::string_view sql) {
  WK_ASSIGN(Statement statement, Prepare(sql));
  WK_ASSIGN(const bool row, statement.Step());
  if (!row) return base::Error(base::ErrorCode::kCorrupt, "the database lacks a row it must have");
  return statement.Int(0);
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_) == 0;
}

int64_t Connection::changes() const {
  return sqlite3_changes64(handle_);
}

void Connection::KeepLogOnClose(bool keep) {
  sqlite3_db_config(handle_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, keep ? 1 : 0, nullptr);
}

}  // namespace wardkeep::storage::sqlite
