#include "storage/sqlite/sqlite_store.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "storage/sqlite/heads.h"
#include "storage/sqlite/open_database.h"
#include "storage/sqlite/sqlite_reader.h"

namespace wardkeep::storage::sqlite {
namespace {

// What is there already is found and replaced in two further steps, because its tag has to be known. New
// documents, the common case under load, cost one.
constexpr std::string_view kInsert =
    "INSERT INTO document (account, kind, id, name_key, revision, digest, body)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (account, kind, id) DO NOTHING";
constexpr std::string_view kFind =
    "SELECT rowid, digest FROM document WHERE account = ?1 AND kind = ?2 AND id = ?3";
constexpr std::string_view kReplace =
    "UPDATE document SET name_key = ?2, revision = ?3, digest = ?4, body = ?5 WHERE rowid = ?1";
constexpr std::string_view kFreeName =
    "UPDATE document SET name_key = '' WHERE account = ?1 AND kind = ?2 AND id = ?3 AND name_key <> ?4";
constexpr std::string_view kDelete =
    "DELETE FROM document WHERE account = ?1 AND kind = ?2 AND id = ?3 RETURNING digest";

base::Error NoTag(const base::AccountId& account) {
  return DamagedAccount(account, "the tag of a document is not as it was written");
}

class SqliteStore final : public Store {
 public:
  static base::Result<std::unique_ptr<Store>> Open(const std::string& path,
                                                   const MasterKeySource& master_key);
  explicit SqliteStore(Database database)
      : lock_(std::move(database.lock)),
        key_(std::move(database.key)),
        writer_(std::move(database.writer)),
        heads_(std::move(database.heads)) {}

  base::Result<std::vector<base::AccountId>> ListAccounts() override;
  base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account) override;
  base::Result<std::vector<Document>> LoadKind(DocumentKind kind) override;
  base::Result<AccountHead> LoadHead(const base::AccountId& account) override;
  base::Result<uint64_t> Commit(std::span<const Batch> batches) override;
  base::Result<uint64_t> HeadRevision() override;
  base::Result<std::vector<std::string>> CheckStructure() override;

 private:
  // The heads that one commit changes, as they will be.
  using Changes = std::map<base::AccountId, AccountHead>;

  base::Result<void> Prepare(Connection reader);
  base::Result<void> ApplyAll(std::span<const Batch> batches, Changes& changes, StoreHead& store);
  base::Result<void> Apply(const Batch& batch, uint64_t revision, AccountHead& head);
  base::Result<void> Put(const Batch& batch, const DocumentWrite& write, uint64_t revision,
                         AccountHead& head);
  base::Result<void> Replace(const Batch& batch, const DocumentWrite& write, uint64_t revision,
                             const Tag& tag, AccountHead& head);
  base::Result<void> Delete(const Batch& batch, const DocumentWrite& write, AccountHead& head);
  const AccountHead* FindHead(const base::AccountId& account) const;

  const LockFile lock_;  // first, so that it is released last
  const IntegrityKey key_;
  Connection writer_;

  std::mutex read_mutex_;
  std::optional<SqliteReader> reader_;  // protected by read_mutex_

  std::mutex write_mutex_;
  // Protected by write_mutex_: writer_ and
  Heads heads_;
  std::optional<HeadWriter> head_writer_;
  Statement begin_;
  Statement commit_;
  Statement rollback_;
  Statement insert_;
  Statement find_;
  Statement replace_;
  Statement free_name_;
  Statement delete_;
};

base::Result<std::unique_ptr<Store>> SqliteStore::Open(const std::string& path,
                                                       const MasterKeySource& master_key) {
  WK_ASSIGN(Database database, OpenDatabase(path, master_key));
  Connection reader = std::move(database.reader);
  auto store = std::make_unique<SqliteStore>(std::move(database));
  WK_TRY(store->Prepare(std::move(reader)));
  return std::unique_ptr<Store>(std::move(store));
}

base::Result<void> SqliteStore::Prepare(Connection reader) {
  WK_ASSIGN(reader_, SqliteReader::Open(std::move(reader), key_));
  WK_ASSIGN(head_writer_, HeadWriter::Prepare(writer_));
  WK_ASSIGN(begin_, writer_.Prepare("BEGIN IMMEDIATE"));
  WK_ASSIGN(commit_, writer_.Prepare("COMMIT"));
  WK_ASSIGN(rollback_, writer_.Prepare("ROLLBACK"));
  WK_ASSIGN(insert_, writer_.Prepare(kInsert));
  WK_ASSIGN(find_, writer_.Prepare(kFind));
  WK_ASSIGN(replace_, writer_.Prepare(kReplace));
  WK_ASSIGN(free_name_, writer_.Prepare(kFreeName));
  WK_ASSIGN(delete_, writer_.Prepare(kDelete));
  return {};
}

base::Result<std::vector<base::AccountId>> SqliteStore::ListAccounts() {
  const std::lock_guard lock(write_mutex_);
  std::vector<base::AccountId> accounts;
  for (const auto& [account, head] : heads_.accounts) accounts.push_back(account);
  for (const auto& [account, what] : heads_.damaged) {
    if (!heads_.accounts.contains(account)) accounts.push_back(account);
  }
  std::sort(accounts.begin(), accounts.end());
  return accounts;
}

base::Result<std::vector<Document>> SqliteStore::LoadAccount(const base::AccountId& account) {
  uint64_t least_revision = 0;
  {
    const std::lock_guard lock(write_mutex_);
    const auto damaged = heads_.damaged.find(account);
    if (damaged != heads_.damaged.end()) return DamagedAccount(account, damaged->second);
    if (const AccountHead* head = FindHead(account)) least_revision = head->revision;
  }
  const std::lock_guard reading(read_mutex_);
  auto documents = reader_->LoadAccount(account, least_revision);
  if (!documents && documents.error().code == base::ErrorCode::kCorrupt) {
    const std::string& message = documents.error().message;
    const std::lock_guard lock(write_mutex_);
    heads_.damaged.emplace(account, message.substr(message.find(": ") + 2));
  }
  return documents;
}

base::Result<std::vector<Document>> SqliteStore::LoadKind(DocumentKind kind) {
  const std::lock_guard lock(read_mutex_);
  return reader_->LoadKind(kind);
}

base::Result<AccountHead> SqliteStore::LoadHead(const base::AccountId& account) {
  const std::lock_guard lock(read_mutex_);
  return reader_->LoadHead(account);
}

base::Result<std::vector<std::string>> SqliteStore::CheckStructure() {
  const std::lock_guard lock(read_mutex_);
  return reader_->CheckStructure();
}

const AccountHead* SqliteStore::FindHead(const base::AccountId& account) const {
  const auto found = heads_.accounts.find(account);
  return found == heads_.accounts.end() ? nullptr : &found->second;
}

base::Result<void> SqliteStore::Replace(const Batch& batch, const DocumentWrite& write, uint64_t revision,
                                        const Tag& tag, AccountHead& head) {
  find_.Bind(1, batch.account.value()).Bind(2, DocumentKindName(write.kind)).Bind(3, write.id);
  WK_ASSIGN(const bool found, find_.Step());
  const auto former = found ? TagOf(find_.Text(1)) : std::nullopt;
  const int64_t row = found ? find_.Int(0) : 0;
  find_.Reset();
  if (!former) return NoTag(batch.account);
  replace_.Bind(1, row).Bind(2, write.name_key).Bind(3, static_cast<int64_t>(revision));
  WK_TRY(replace_.BindBlob(4, BytesOf(tag)).Bind(5, *write.body).Run());
  head.digest.Remove(*former);
  head.digest.Add(tag);
  return {};
}

base::Result<void> SqliteStore::Put(const Batch& batch, const DocumentWrite& write, uint64_t revision,
                                    AccountHead& head) {
  const std::string& account = batch.account.value();
  const std::string_view kind = DocumentKindName(write.kind);
  const Tag tag = key_.OfDocument(account, kind, write.id, write.name_key, revision, *write.body);
  insert_.Bind(1, account).Bind(2, kind).Bind(3, write.id).Bind(4, write.name_key);
  insert_.Bind(5, static_cast<int64_t>(revision)).BindBlob(6, BytesOf(tag));
  auto outcome = insert_.Bind(7, *write.body).Run();
  if (outcome && writer_.changes() == 0) {
    outcome = Replace(batch, write, revision, tag, head);
  } else if (outcome) {
    ++head.documents;
    head.digest.Add(tag);
  }
  if (!outcome && outcome.error().code == base::ErrorCode::kAlreadyExists) {
    outcome.error().message = "the name `" + write.name_key + "` is taken";
  }
  return outcome;
}

base::Result<void> SqliteStore::Delete(const Batch& batch, const DocumentWrite& write, AccountHead& head) {
  delete_.Bind(1, batch.account.value()).Bind(2, DocumentKindName(write.kind)).Bind(3, write.id);
  WK_ASSIGN(const bool found, delete_.Step());
  if (!found) return {};
  const auto former = TagOf(delete_.Text(0));
  WK_TRY(delete_.Run());
  if (!former || head.documents == 0) return NoTag(batch.account);
  --head.documents;
  head.digest.Remove(*former);
  return {};
}

base::Result<void> SqliteStore::Apply(const Batch& batch, uint64_t revision, AccountHead& head) {
  WK_TRY(CheckBatch(batch));
  // First every name that is given up becomes free, so that the order of the writes does not matter.
  for (const auto& write : batch.writes) {
    if (!write.body) {
      WK_TRY(Delete(batch, write, head));
    } else if (batch.writes.size() > 1) {
      free_name_.Bind(1, batch.account.value()).Bind(2, DocumentKindName(write.kind)).Bind(3, write.id);
      WK_TRY(free_name_.Bind(4, write.name_key).Run());
    }
  }
  for (const auto& write : batch.writes) {
    if (write.body) WK_TRY(Put(batch, write, revision, head));
  }
  ++head.revision;
  return {};
}

base::Result<void> SqliteStore::ApplyAll(std::span<const Batch> batches, Changes& changes, StoreHead& store) {
  WK_TRY(begin_.Run());
  ++store.revision;
  for (const auto& batch : batches) {
    const auto damaged = heads_.damaged.find(batch.account);
    if (damaged != heads_.damaged.end()) return DamagedAccount(batch.account, damaged->second);
    auto [changed, is_new] = changes.try_emplace(batch.account);
    if (is_new) {
      const AccountHead* head = FindHead(batch.account);
      if (head != nullptr) changed->second = *head;
      changed->second.account = batch.account;
    }
    WK_TRY(Apply(batch, store.revision, changed->second));
  }
  for (const auto& [account, after] : changes) {
    const AccountHead* before = FindHead(account);
    WK_TRY(head_writer_->Replace(key_, before == nullptr ? AccountHead() : *before, after, store));
  }
  WK_TRY(head_writer_->Write(key_, store));
  return commit_.Run();
}

base::Result<uint64_t> SqliteStore::Commit(std::span<const Batch> batches) {
  const std::lock_guard lock(write_mutex_);
  Changes changes;
  StoreHead store = heads_.store;
  auto applied = ApplyAll(batches, changes, store);
  if (applied) {
    heads_.store = store;
    for (auto& [account, head] : changes) {
      if (head.documents > 0) {
        heads_.accounts.insert_or_assign(account, std::move(head));
      } else {
        heads_.accounts.erase(account);
      }
    }
    return store.revision;
  }
  // After some errors SQLite has rolled back by itself.
  if (writer_.in_transaction()) static_cast<void>(rollback_.Run().has_value());
  return std::move(applied).error();
}

base::Result<uint64_t> SqliteStore::HeadRevision() {
  const std::lock_guard lock(write_mutex_);
  return heads_.store.revision;
}

}  // namespace

base::Result<std::unique_ptr<Store>> OpenStore(const std::string& path, const MasterKeySource& master_key) {
  return SqliteStore::Open(path, master_key);
}

}  // namespace wardkeep::storage::sqlite
