// The tables `head` and `account`: what the store says about itself and about each account, sealed with the
// integrity key, which is in `head` too, sealed with a key derived from the master key.
#pragma once

#include <map>
#include <string>

#include "base/result.h"
#include "crypto/sealing.h"
#include "storage/integrity.h"
#include "storage/sqlite/connection.h"

namespace wardkeep::storage::sqlite {

struct Heads {
  StoreHead store;
  std::map<base::AccountId, AccountHead> accounts;
  // Accounts whose head is not as it was written, or gone, and what is wrong.
  std::map<base::AccountId, std::string> damaged;
};

// From the master key to the key that the integrity key is sealed with.
crypto::SealingKey WrappingKey(crypto::KeyBytes master_key, base::Rng& rng);

// The row of `head`, made anew.
base::Result<void> InsertHead(Connection& connection, const crypto::SealingKey& wrapping,
                              const IntegrityKey& key, const StoreHead& head);
// invalid when the master key is another one, corrupt when the row is damaged.
base::Result<IntegrityKey> OpenIntegrityKey(Connection& connection, const crypto::SealingKey& wrapping);

// One state of both tables, held against each other and against the accounts that have documents. corrupt
// when the row of `head` is damaged, or an account is missing and nothing tells which.
base::Result<Heads> ReadHeads(Connection& connection, const IntegrityKey& key);

// One row of `account`: account, revision, documents, digest, seal. nullopt unless its seal is right.
std::optional<AccountHead> ReadAccountHead(const Statement& row, const IntegrityKey& key);

// Writes heads inside of the transaction of its connection, which outlives it.
class HeadWriter {
 public:
  static base::Result<HeadWriter> Prepare(Connection& connection);

  // `after` without documents removes the head. The seal moves into `store`.
  base::Result<void> Replace(const IntegrityKey& key, const AccountHead& before, const AccountHead& after,
                             StoreHead& store);
  base::Result<void> Write(const IntegrityKey& key, const StoreHead& store);

 private:
  Statement put_;
  Statement remove_;
  Statement set_store_;
  std::string wrapped_key_;  // as it stands in the row, for its checksum
};

}  // namespace wardkeep::storage::sqlite
