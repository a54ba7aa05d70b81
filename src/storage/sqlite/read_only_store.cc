#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "storage/sqlite/open_database.h"
#include "storage/sqlite/sqlite_reader.h"
#include "storage/sqlite/sqlite_store.h"

namespace wardkeep::storage::sqlite {
namespace {

class ReadOnlyStore final : public Store {
 public:
  explicit ReadOnlyStore(ReadOnlyDatabase database)
      : lock_(std::move(database.lock)), key_(std::move(database.key)), heads_(std::move(database.heads)) {}
  ~ReadOnlyStore() override {
    if (lock_) lock_->RemoveIfNew();
  }

  base::Result<void> Prepare(Connection reader) {
    WK_ASSIGN(reader_, SqliteReader::Open(std::move(reader), key_));
    return {};
  }

  base::Result<std::vector<base::AccountId>> ListAccounts() override {
    std::vector<base::AccountId> accounts;
    for (const auto& [account, head] : heads_.accounts) accounts.push_back(account);
    for (const auto& [account, what] : heads_.damaged) {
      if (!heads_.accounts.contains(account)) accounts.push_back(account);
    }
    std::sort(accounts.begin(), accounts.end());
    return accounts;
  }
  base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account) override {
    const std::lock_guard lock(mutex_);
    return reader_->LoadAccount(account, 0);
  }
  base::Result<std::vector<Document>> LoadKind(DocumentKind kind) override {
    const std::lock_guard lock(mutex_);
    return reader_->LoadKind(kind);
  }
  base::Result<AccountHead> LoadHead(const base::AccountId& account) override {
    const std::lock_guard lock(mutex_);
    return reader_->LoadHead(account);
  }
  base::Result<uint64_t> HeadRevision() override { return heads_.store.revision; }
  base::Result<uint64_t> Commit(std::span<const Batch>) override {
    return base::Error(base::ErrorCode::kUnavailable, "the database is open for reading only");
  }
  base::Result<std::vector<std::string>> CheckStructure() override {
    const std::lock_guard lock(mutex_);
    return reader_->CheckStructure();
  }

 private:
  std::optional<LockFile> lock_;
  const IntegrityKey key_;
  const Heads heads_;  // as they were on opening
  std::mutex mutex_;
  std::optional<SqliteReader> reader_;  // protected by mutex_
};

}  // namespace

base::Result<std::unique_ptr<Store>> OpenStoreReadOnly(const std::string& path,
                                                       const MasterKeySource& master_key) {
  WK_ASSIGN(ReadOnlyDatabase database, OpenDatabaseReadOnly(path, master_key));
  Connection reader = std::move(database.reader);
  auto store = std::make_unique<ReadOnlyStore>(std::move(database));
  WK_TRY(store->Prepare(std::move(reader)));
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace wardkeep::storage::sqlite
