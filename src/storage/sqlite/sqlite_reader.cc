#include "storage/sqlite/sqlite_reader.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

namespace wardkeep::storage::sqlite {
namespace {

constexpr std::string_view kLoadHead =
    "SELECT account, revision, documents, digest, seal FROM account WHERE account = ?1";
constexpr std::string_view kLoadAccount =
    "SELECT account, kind, id, name_key, revision, digest, body FROM document WHERE account = ?1";
// The inner query lets the index (account, kind, id) find the few rows of one kind.
constexpr std::string_view kLoadKind =
    "SELECT account, kind, id, name_key, revision, digest, body FROM document"
    " WHERE account IN (SELECT account FROM account) AND kind = ?1 ORDER BY account, id";

// The document of a row, nullopt when it is not as it was written.
std::optional<Document> ReadDocument(const Statement& row, const IntegrityKey& key) {
  const auto kind = ParseDocumentKind(row.Text(1));
  if (!kind) return std::nullopt;
  const auto revision = static_cast<uint64_t>(row.Int(4));
  const Tag tag = key.OfDocument(row.Text(0), row.Text(1), row.Text(2), row.Text(3), revision, row.Text(6));
  if (BytesOf(tag) != row.Text(5)) return std::nullopt;
  return Document{base::AccountId(row.Text(0)), *kind,    std::string(row.Text(2)),
                  std::string(row.Text(3)),     revision, std::string(row.Text(6))};
}

}  // namespace

base::Result<SqliteReader> SqliteReader::Open(Connection connection, const IntegrityKey& key) {
  SqliteReader reader(std::move(connection), key);
  WK_TRY(reader.connection_.Execute("PRAGMA query_only = ON; PRAGMA cell_size_check = ON"));
  WK_ASSIGN(reader.begin_, reader.connection_.Prepare("BEGIN"));
  WK_ASSIGN(reader.end_, reader.connection_.Prepare("COMMIT"));
  WK_ASSIGN(reader.load_head_, reader.connection_.Prepare(kLoadHead));
  WK_ASSIGN(reader.load_account_, reader.connection_.Prepare(kLoadAccount));
  WK_ASSIGN(reader.load_kind_, reader.connection_.Prepare(kLoadKind));
  return reader;
}

base::Result<AccountHead> SqliteReader::LoadHead(const base::AccountId& account) {
  WK_ASSIGN(const bool found, load_head_.Bind(1, account.value()).Step());
  if (!found) return NoDocuments(account);
  auto head = ReadAccountHead(load_head_, *key_);
  load_head_.Reset();
  if (!head) return DamagedAccount(account, "its head is not as it was written");
  return *std::move(head);
}

base::Result<std::vector<Document>> SqliteReader::LoadInOneState(const base::AccountId& account,
                                                                 uint64_t least_revision) {
  auto head = LoadHead(account);
  if (!head && head.error().code != base::ErrorCode::kNotFound) return head.error();
  std::vector<Document> documents;
  SetDigest digest;
  load_account_.Bind(1, account.value());
  while (true) {
    WK_ASSIGN(const bool row, load_account_.Step());
    if (!row) break;
    auto document = ReadDocument(load_account_, *key_);
    const auto tag = TagOf(load_account_.Text(5));
    if (!document || !tag) {
      std::string which(load_account_.Text(1));
      which.append(" `").append(load_account_.Text(2)).append("` is not as it was written");
      load_account_.Reset();
      return DamagedAccount(account, which);
    }
    digest.Add(*tag);
    documents.push_back(*std::move(document));
  }
  if (!head) {
    if (documents.empty()) return NoDocuments(account);
    return DamagedAccount(account, "it has documents, but its head is missing");
  }
  if (head->revision < least_revision) return DamagedAccount(account, "its last changes are missing");
  if (const auto difference = Difference(*head, documents.size(), digest)) {
    return DamagedAccount(account, *difference);
  }
  return documents;
}

base::Result<std::vector<Document>> SqliteReader::LoadAccount(const base::AccountId& account,
                                                              uint64_t least_revision) {
  WK_TRY(begin_.Run());
  auto documents = LoadInOneState(account, least_revision);
  static_cast<void>(end_.Run().has_value());
  if (!documents) {
    // The words of SQLite do not say whose documents it could not read.
    base::Error error = documents.error();
    if (error.code != base::ErrorCode::kCorrupt || error.message.starts_with("account `")) return error;
    base::Error named = DamagedAccount(account, error.message);
    named.cause = std::move(error.cause);
    return named;
  }
  std::sort(documents->begin(), documents->end(), [](const Document& a, const Document& b) {
    return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
  });
  return documents;
}

base::Result<std::vector<Document>> SqliteReader::LoadKind(DocumentKind kind) {
  std::vector<Document> documents;
  load_kind_.Bind(1, DocumentKindName(kind));
  while (true) {
    WK_ASSIGN(const bool row, load_kind_.Step());
    if (!row) return documents;
    auto document = ReadDocument(load_kind_, *key_);
    if (document) documents.push_back(*std::move(document));
  }
}

base::Result<std::vector<std::string>> SqliteReader::CheckStructure() {
  std::vector<std::string> findings;
  WK_ASSIGN(Statement check, connection_.Prepare("PRAGMA integrity_check(100)"));
  while (true) {
    WK_ASSIGN(const bool row, check.Step());
    if (!row) break;
    std::string line(check.Text(0));
    if (line == "ok") continue;
    std::replace(line.begin(), line.end(), '\n', ' ');
    findings.push_back(std::move(line));
  }
  auto heads = LoadHeads();
  if (!heads) findings.push_back(heads.error().message);
  return findings;
}

}  // namespace wardkeep::storage::sqlite
