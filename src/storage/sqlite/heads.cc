#include "storage/sqlite/heads.h"

#include <set>
#include <utility>

#include "storage/sqlite/checksum.h"

namespace wardkeep::storage::sqlite {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::string_view kPurpose = "integrity-key";
constexpr std::string_view kSelectStore =
    "SELECT revision, accounts, digest, seal, integrity_key, checksum FROM head";
constexpr std::string_view kSelectAccounts = "SELECT account, revision, documents, digest, seal FROM account";
// One step into the index per account.
constexpr std::string_view kAccountsOfDocuments =
    "WITH RECURSIVE found (account) AS (SELECT min(account) FROM document UNION ALL"
    " SELECT (SELECT min(account) FROM document WHERE account > found.account) FROM found"
    " WHERE found.account IS NOT NULL) SELECT account FROM found WHERE account IS NOT NULL";

// Tells a row that is damaged from one that is sealed with another key.
int64_t ChecksumOf(const StoreHead& head, std::string_view seal, std::string_view wrapped_key) {
  return Checksum()
      .Add(std::to_string(head.revision))
      .Add(std::to_string(head.accounts))
      .Add(BytesOf(head.digest.sum()))
      .Add(seal)
      .Add(wrapped_key)
      .Get();
}

Error DamagedHead() {
  return {ErrorCode::kCorrupt, "the database is damaged: what it says about itself is not as it was written"};
}

struct StoreRow {
  StoreHead head;
  Tag seal;
  std::string wrapped_key;
};

base::Result<StoreRow> ReadStoreRow(Connection& connection) {
  WK_ASSIGN(Statement select, connection.Prepare(kSelectStore));
  WK_ASSIGN(const bool found, select.Step());
  if (!found) return DamagedHead();
  StoreRow row;
  row.head.revision = static_cast<uint64_t>(select.Int(0));
  row.head.accounts = static_cast<uint64_t>(select.Int(1));
  const auto digest = TagOf(select.Text(2));
  const auto seal = TagOf(select.Text(3));
  row.wrapped_key = std::string(select.Text(4));
  if (!digest || !seal) return DamagedHead();
  row.head.digest = SetDigest(*digest);
  row.seal = *seal;
  if (ChecksumOf(row.head, BytesOf(row.seal), row.wrapped_key) != select.Int(5)) return DamagedHead();
  WK_ASSIGN(const bool another, select.Step());
  if (another) return DamagedHead();
  return row;
}

base::Result<void> ReadAccounts(Connection& connection, const IntegrityKey& key, Heads& heads,
                                SetDigest& seals) {
  WK_ASSIGN(Statement select, connection.Prepare(kSelectAccounts));
  while (true) {
    WK_ASSIGN(const bool row, select.Step());
    if (!row) return {};
    base::AccountId account(select.Text(0));
    auto head = ReadAccountHead(select, key);
    if (!head) {
      heads.damaged.emplace(std::move(account), "its head is not as it was written");
      continue;
    }
    seals.Add(key.Seal(*head));
    heads.accounts.insert_or_assign(std::move(account), *std::move(head));
  }
}

base::Result<void> FindHeadless(Connection& connection, Heads& heads) {
  WK_ASSIGN(Statement select, connection.Prepare(kAccountsOfDocuments));
  while (true) {
    WK_ASSIGN(const bool row, select.Step());
    if (!row) return {};
    base::AccountId account(select.Text(0));
    if (!heads.accounts.contains(account)) {
      heads.damaged.emplace(std::move(account), "it has documents, but its head is missing");
    }
  }
}

base::Result<Heads> ReadBoth(Connection& connection, const IntegrityKey& key) {
  Heads heads;
  WK_ASSIGN(const StoreRow row, ReadStoreRow(connection));
  if (key.Seal(row.head) != row.seal) return DamagedHead();
  heads.store = row.head;
  SetDigest seals;
  WK_TRY(ReadAccounts(connection, key, heads, seals));
  WK_TRY(FindHeadless(connection, heads));
  const uint64_t sound = heads.accounts.size();
  if (sound > heads.store.accounts || sound + heads.damaged.size() < heads.store.accounts) {
    return Error(ErrorCode::kCorrupt,
                 "the list of accounts is damaged: " + std::to_string(heads.store.accounts) +
                     " were stored, " + std::to_string(sound) + " are there");
  }
  if (sound == heads.store.accounts && seals != heads.store.digest) {
    return Error(ErrorCode::kCorrupt, "the list of accounts is damaged: it is not the one that was stored");
  }
  return heads;
}

}  // namespace

crypto::SealingKey WrappingKey(crypto::KeyBytes master_key, base::Rng& rng) {
  return crypto::Sealer(std::move(master_key), rng).ForPurpose(kPurpose);
}

base::Result<void> InsertHead(Connection& connection, const crypto::SealingKey& wrapping,
                              const IntegrityKey& key, const StoreHead& head) {
  const auto bytes = key.bytes().Reveal();
  const std::string wrapped =
      wrapping.Seal({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, kPurpose);
  const Tag seal = key.Seal(head);
  WK_ASSIGN(Statement insert,
            connection.Prepare("INSERT OR REPLACE INTO head (only_row, revision, accounts, digest, seal,"
                               " integrity_key, checksum) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6)"));
  insert.Bind(1, static_cast<int64_t>(head.revision)).Bind(2, static_cast<int64_t>(head.accounts));
  insert.BindBlob(3, BytesOf(head.digest.sum())).BindBlob(4, BytesOf(seal)).BindBlob(5, wrapped);
  return insert.Bind(6, ChecksumOf(head, BytesOf(seal), wrapped)).Run();
}

base::Result<IntegrityKey> OpenIntegrityKey(Connection& connection, const crypto::SealingKey& wrapping) {
  WK_ASSIGN(const StoreRow row, ReadStoreRow(connection));
  const auto opened = wrapping.Open(row.wrapped_key, kPurpose);
  const auto bytes = opened ? TagOf(opened->Reveal()) : std::nullopt;
  if (!bytes) {
    return Error(ErrorCode::kInvalid,
                 "the master key is not the one this store was sealed with; give the former one with "
                 "--master-key-file");
  }
  return IntegrityKey(crypto::KeyBytes(*bytes));
}

std::optional<AccountHead> ReadAccountHead(const Statement& row, const IntegrityKey& key) {
  AccountHead head;
  head.account = base::AccountId(row.Text(0));
  head.revision = static_cast<uint64_t>(row.Int(1));
  head.documents = static_cast<uint64_t>(row.Int(2));
  const auto digest = TagOf(row.Text(3));
  if (!digest) return std::nullopt;
  head.digest = SetDigest(*digest);
  if (BytesOf(key.Seal(head)) != row.Text(4)) return std::nullopt;
  return head;
}

base::Result<Heads> ReadHeads(Connection& connection, const IntegrityKey& key) {
  WK_TRY(connection.Execute("BEGIN"));
  auto heads = ReadBoth(connection, key);
  WK_TRY(connection.Execute("COMMIT"));
  return heads;
}

base::Result<HeadWriter> HeadWriter::Prepare(Connection& connection) {
  HeadWriter writer;
  WK_ASSIGN(writer.put_, connection.Prepare("INSERT OR REPLACE INTO account (account, revision, documents,"
                                            " digest, seal) VALUES (?1, ?2, ?3, ?4, ?5)"));
  WK_ASSIGN(writer.remove_, connection.Prepare("DELETE FROM account WHERE account = ?1"));
  WK_ASSIGN(writer.set_store_,
            connection.Prepare("UPDATE head SET revision = ?1, accounts = ?2, digest = ?3, seal = ?4,"
                               " checksum = ?5"));
  WK_ASSIGN(writer.wrapped_key_, connection.QueryText("SELECT integrity_key FROM head"));
  return writer;
}

base::Result<void> HeadWriter::Replace(const IntegrityKey& key, const AccountHead& before,
                                       const AccountHead& after, StoreHead& store) {
  if (before.documents > 0) {
    store.digest.Remove(key.Seal(before));
    --store.accounts;
  }
  if (after.documents == 0) return remove_.Bind(1, after.account.value()).Run();
  const Tag seal = key.Seal(after);
  store.digest.Add(seal);
  ++store.accounts;
  put_.Bind(1, after.account.value()).Bind(2, static_cast<int64_t>(after.revision));
  put_.Bind(3, static_cast<int64_t>(after.documents)).BindBlob(4, BytesOf(after.digest.sum()));
  return put_.BindBlob(5, BytesOf(seal)).Run();
}

base::Result<void> HeadWriter::Write(const IntegrityKey& key, const StoreHead& store) {
  const Tag seal = key.Seal(store);
  set_store_.Bind(1, static_cast<int64_t>(store.revision)).Bind(2, static_cast<int64_t>(store.accounts));
  set_store_.BindBlob(3, BytesOf(store.digest.sum())).BindBlob(4, BytesOf(seal));
  return set_store_.Bind(5, ChecksumOf(store, BytesOf(seal), wrapped_key_)).Run();
}

}  // namespace wardkeep::storage::sqlite
