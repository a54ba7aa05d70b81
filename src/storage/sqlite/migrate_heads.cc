#include "storage/sqlite/migrate_heads.h"

#include <algorithm>
#include <map>

#include "storage/sqlite/checksum.h"
#include "storage/sqlite/heads.h"

namespace wardkeep::storage::sqlite {
namespace {

// The table, not its index: a row that the index has lost is moved too.
constexpr std::string_view kFormer =
    "SELECT account, kind, id, name_key, revision, checksum, body FROM former_document ORDER BY rowid";
constexpr std::string_view kInsert =
    "INSERT INTO document (account, kind, id, name_key, revision, digest, body)"
    " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

bool IsAsWritten(const Statement& row) {
  return Checksum()
             .Add(row.Text(0))
             .Add(row.Text(1))
             .Add(row.Text(2))
             .Add(row.Text(3))
             .Add(row.Text(6))
             .Get() == row.Int(5);
}

base::Result<void> MoveDocuments(Connection& connection, const IntegrityKey& key,
                                 std::map<base::AccountId, AccountHead>& heads) {
  WK_ASSIGN(Statement former, connection.Prepare(kFormer));
  WK_ASSIGN(Statement insert, connection.Prepare(kInsert));
  while (true) {
    WK_ASSIGN(const bool row, former.Step());
    if (!row) return {};
    Tag tag{};
    if (IsAsWritten(former)) {
      tag = key.OfDocument(former.Text(0), former.Text(1), former.Text(2), former.Text(3),
                           static_cast<uint64_t>(former.Int(4)), former.Text(6));
    }
    insert.Bind(1, former.Text(0)).Bind(2, former.Text(1)).Bind(3, former.Text(2)).Bind(4, former.Text(3));
    insert.Bind(5, former.Int(4)).BindBlob(6, BytesOf(tag)).Bind(7, former.Text(6));
    WK_TRY(insert.Run());
    AccountHead& head = heads[base::AccountId(former.Text(0))];
    head.account = base::AccountId(former.Text(0));
    head.revision = 1;
    ++head.documents;
    head.digest.Add(tag);
  }
}

}  // namespace

base::Result<void> MigrateHeads(Connection& connection, const crypto::SealingKey& wrapping) {
  const IntegrityKey key = IntegrityKey::Random();
  StoreHead store;
  WK_ASSIGN(const int64_t revision, connection.QueryInt("SELECT revision FROM former_head"));
  store.revision = static_cast<uint64_t>(revision);
  std::map<base::AccountId, AccountHead> heads;
  WK_TRY(MoveDocuments(connection, key, heads));
  WK_TRY(InsertHead(connection, wrapping, key, store));
  {
    WK_ASSIGN(HeadWriter writer, HeadWriter::Prepare(connection));
    for (const auto& [account, head] : heads) WK_TRY(writer.Replace(key, {}, head, store));
    WK_TRY(writer.Write(key, store));
  }
  return connection.Execute("DROP TABLE former_document; DROP TABLE former_head");
}

}  // namespace wardkeep::storage::sqlite
