// SqliteReader: what both kinds of SQLite store do to read: documents with their tags checked, accounts
// against their heads. Not thread-safe: its owner locks.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/heads.h"
#include "storage/store.h"

namespace wardkeep::storage::sqlite {

class SqliteReader {
 public:
  // `key` outlives it.
  static base::Result<SqliteReader> Open(Connection connection, const IntegrityKey& key);

  // As Store. An account whose head has a revision below `least_revision` has lost what was committed.
  base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account, uint64_t least_revision);
  base::Result<std::vector<Document>> LoadKind(DocumentKind kind);
  base::Result<AccountHead> LoadHead(const base::AccountId& account);
  base::Result<Heads> LoadHeads() { return ReadHeads(connection_, *key_); }
  base::Result<std::vector<std::string>> CheckStructure();

 private:
  SqliteReader(Connection connection, const IntegrityKey& key)
      : connection_(std::move(connection)), key_(&key) {}
  base::Result<std::vector<Document>> LoadInOneState(const base::AccountId& account, uint64_t least_revision);

  Connection connection_;
  const IntegrityKey* key_;
  Statement begin_;
  Statement end_;
  Statement load_head_;
  Statement load_account_;
  Statement load_kind_;
};

}  // namespace wardkeep::storage::sqlite
