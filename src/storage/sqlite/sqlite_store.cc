#include "storage/sqlite/sqlite_store.h"

#include <algorithm>
#include <mutex>
#include <tuple>
#include <utility>

#include "storage/sqlite/checksum.h"
#include "storage/sqlite/open_database.h"

namespace wardkeep::storage::sqlite {
namespace {

int64_t ChecksumOf(std::string_view account, std::string_view kind, std::string_view id,
                   std::string_view name_key, std::string_view body) {
  return Checksum().Add(account).Add(kind).Add(id).Add(name_key).Add(body).Get();
}

constexpr std::string_view kListAccounts = "SELECT DISTINCT account FROM document ORDER BY account";
constexpr std::string_view kLoadAccount =
    "SELECT account, kind, id, name_key, revision, checksum, body FROM document WHERE account = ?1";
// The inner query lets the index (account, kind, id) find the few rows of one kind.
constexpr std::string_view kLoadKind =
    "SELECT account, kind, id, name_key, revision, checksum, body FROM document"
    " WHERE account IN (SELECT DISTINCT account FROM document) AND kind = ?1 ORDER BY account, id";
constexpr std::string_view kPut =
    "INSERT INTO document (account, kind, id, name_key, revision, checksum, body) VALUES (?1, ?2, ?3, ?4, "
    "?5, ?6, ?7)"
    " ON CONFLICT (account, kind, id) DO UPDATE SET name_key = excluded.name_key, revision = "
    "excluded.revision,"
    " checksum = excluded.checksum, body = excluded.body";
constexpr std::string_view kFreeName =
    "UPDATE document SET name_key = '' WHERE account = ?1 AND kind = ?2 AND id = ?3 AND name_key <> ?4";
constexpr std::string_view kDelete = "DELETE FROM document WHERE account = ?1 AND kind = ?2 AND id = ?3";
constexpr std::string_view kSetHead = "UPDATE head SET revision = ?1";
constexpr std::string_view kGetHead = "SELECT revision FROM head";

class SqliteStore final : public Store {
 public:
  static base::Result<std::unique_ptr<Store>> Open(const std::string& path);
  explicit SqliteStore(Database database) : database_(std::move(database)) {}

  base::Result<std::vector<base::AccountId>> ListAccounts() override;
  base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account) override;
  base::Result<std::vector<Document>> LoadKind(DocumentKind kind) override;
  base::Result<uint64_t> Commit(std::span<const Batch> batches) override;
  base::Result<uint64_t> HeadRevision() override;

 private:
  base::Result<void> Prepare();
  base::Result<void> ApplyAll(std::span<const Batch> batches, uint64_t revision);
  base::Result<void> Apply(const Batch& batch, uint64_t revision);
  base::Result<void> Put(const Batch& batch, const DocumentWrite& write, uint64_t revision);
  static base::Result<std::vector<Document>> ReadDocuments(Statement& statement);

  Database database_;

  std::mutex read_mutex_;
  // Protected by read_mutex_: database_.reader and
  Statement list_accounts_;
  Statement load_account_;
  Statement load_kind_;

  std::mutex write_mutex_;
  // Protected by write_mutex_: database_.writer and
  Statement begin_;
  Statement commit_;
  Statement rollback_;
  Statement put_;
  Statement free_name_;
  Statement delete_;
  Statement set_head_;
  uint64_t revision_ = 0;
};

base::Result<std::unique_ptr<Store>> SqliteStore::Open(const std::string& path) {
  WK_ASSIGN(Database database, OpenDatabase(path));
  auto store = std::make_unique<SqliteStore>(std::move(database));
  WK_TRY(store->Prepare());
  return std::unique_ptr<Store>(std::move(store));
}

base::Result<void> SqliteStore::Prepare() {
  Connection& reader = database_.reader;
  WK_ASSIGN(list_accounts_, reader.Prepare(kListAccounts));
  WK_ASSIGN(load_account_, reader.Prepare(kLoadAccount));
  WK_ASSIGN(load_kind_, reader.Prepare(kLoadKind));
  Connection& writer = database_.writer;
  WK_ASSIGN(begin_, writer.Prepare("BEGIN IMMEDIATE"));
  WK_ASSIGN(commit_, writer.Prepare("COMMIT"));
  WK_ASSIGN(rollback_, writer.Prepare("ROLLBACK"));
  WK_ASSIGN(put_, writer.Prepare(kPut));
  WK_ASSIGN(free_name_, writer.Prepare(kFreeName));
  WK_ASSIGN(delete_, writer.Prepare(kDelete));
  WK_ASSIGN(set_head_, writer.Prepare(kSetHead));
  WK_ASSIGN(const int64_t head, writer.QueryInt(kGetHead));
  revision_ = static_cast<uint64_t>(head);
  return {};
}

base::Result<std::vector<base::AccountId>> SqliteStore::ListAccounts() {
  const std::lock_guard lock(read_mutex_);
  std::vector<base::AccountId> accounts;
  while (true) {
    WK_ASSIGN(const bool row, list_accounts_.Step());
    if (!row) return accounts;
    accounts.emplace_back(list_accounts_.Text(0));
  }
}

base::Result<std::vector<Document>> SqliteStore::ReadDocuments(Statement& statement) {
  std::vector<Document> documents;
  while (true) {
    WK_ASSIGN(const bool row, statement.Step());
    if (!row) return documents;
    const auto kind = ParseDocumentKind(statement.Text(1));
    const int64_t checksum = ChecksumOf(statement.Text(0), statement.Text(1), statement.Text(2),
                                        statement.Text(3), statement.Text(6));
    if (!kind || checksum != statement.Int(5)) {
      base::Error error(base::ErrorCode::kCorrupt, "the database is damaged: a document of account `" +
                                                       std::string(statement.Text(0)) +
                                                       "` is not as it was written");
      statement.Reset();
      return error;
    }
    documents.push_back({base::AccountId(statement.Text(0)), *kind, std::string(statement.Text(2)),
                         std::string(statement.Text(3)), static_cast<uint64_t>(statement.Int(4)),
                         std::string(statement.Text(6))});
  }
}

base::Result<std::vector<Document>> SqliteStore::LoadAccount(const base::AccountId& account) {
  const std::lock_guard lock(read_mutex_);
  WK_ASSIGN(auto documents, ReadDocuments(load_account_.Bind(1, account.value())));
  if (documents.empty()) {
    return base::Error(base::ErrorCode::kNotFound, "account `" + account.value() + "` has no documents");
  }
  std::sort(documents.begin(), documents.end(), [](const Document& a, const Document& b) {
    return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
  });
  return documents;
}

base::Result<std::vector<Document>> SqliteStore::LoadKind(DocumentKind kind) {
  const std::lock_guard lock(read_mutex_);
  return ReadDocuments(load_kind_.Bind(1, DocumentKindName(kind)));
}

base::Result<void> SqliteStore::Put(const Batch& batch, const DocumentWrite& write, uint64_t revision) {
  const std::string_view kind = DocumentKindName(write.kind);
  put_.Bind(1, batch.account.value()).Bind(2, kind).Bind(3, write.id).Bind(4, write.name_key);
  put_.Bind(5, static_cast<int64_t>(revision));
  put_.Bind(6, ChecksumOf(batch.account.value(), kind, write.id, write.name_key, *write.body));
  auto outcome = put_.Bind(7, *write.body).Run();
  if (!outcome && outcome.error().code == base::ErrorCode::kAlreadyExists) {
    outcome.error().message = "the name `" + write.name_key + "` is taken";
  }
  return outcome;
}

base::Result<void> SqliteStore::Apply(const Batch& batch, uint64_t revision) {
  WK_TRY(CheckBatch(batch));
  // First every name that is given up becomes free, so that the order of the writes does not matter.
  for (const auto& write : batch.writes) {
    if (write.body && batch.writes.size() == 1) break;
    Statement& step = write.body ? free_name_ : delete_;
    step.Bind(1, batch.account.value()).Bind(2, DocumentKindName(write.kind)).Bind(3, write.id);
    if (write.body) step.Bind(4, write.name_key);
    WK_TRY(step.Run());
  }
  for (const auto& write : batch.writes) {
    if (write.body) WK_TRY(Put(batch, write, revision));
  }
  return {};
}

base::Result<void> SqliteStore::ApplyAll(std::span<const Batch> batches, uint64_t revision) {
  WK_TRY(begin_.Run());
  for (const auto& batch : batches) WK_TRY(Apply(batch, revision));
  WK_TRY(set_head_.Bind(1, static_cast<int64_t>(revision)).Run());
  return commit_.Run();
}

base::Result<uint64_t> SqliteStore::Commit(std::span<const Batch> batches) {
  const std::lock_guard lock(write_mutex_);
  auto applied = ApplyAll(batches, revision_ + 1);
  if (applied) return ++revision_;
  // After some errors SQLite has rolled back by itself.
  if (database_.writer.in_transaction()) static_cast<void>(rollback_.Run().has_value());
  return std::move(applied).error();
}

base::Result<uint64_t> SqliteStore::HeadRevision() {
  const std::lock_guard lock(write_mutex_);
  return revision_;
}

}  // namespace

base::Result<std::unique_ptr<Store>> OpenStore(const std::string& path) {
  return SqliteStore::Open(path);
}

}  // namespace wardkeep::storage::sqlite
