// Durable storage: revisioned documents grouped by account. Every backend passes tests/contract/storage.
//
// Unit of durability is a list of Batches: each is applied whole or not at all, all of one Commit call become
// durable together (one fsync). Storage knows nothing of entities beyond their document kind.
//
// An account has a head, changed with its documents in the same commit: how many documents it has and the sum
// of their tags (integrity.h). Loading an account checks both. An account that is not as it was stored is
// damaged: it is listed, loading it gives corrupt with a sentence that names it and what differs, commits to
// it are refused with the same, and all others work.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/account_id.h"
#include "base/result.h"
#include "storage/integrity.h"

namespace wardkeep::storage {

enum class DocumentKind : uint8_t {
  kAccount = 1,
  kUser = 2,
  kGroup = 3,
  kRole = 4,
  kPolicy = 5,
  kInstanceProfile = 6,
  kUsage = 7,  // last-used facts; written lazily, may lag
  kServerCertificate = 8,
  kDelegationRequest = 9,
  kOidcProvider = 20,
  kSamlProvider = 21,
  kMfaDevice = 30,
  kActionUsage = 40,    // what users and roles tried; written lazily, may lag
  kSigninAttempt = 41,  // written like usage
  kSignOuts = 45,
};

// Stored text of a kind ("user"); the reverse gives nullopt for an unknown name.
std::string_view DocumentKindName(DocumentKind kind);
std::optional<DocumentKind> ParseDocumentKind(std::string_view name);

struct Document {
  base::AccountId account;
  DocumentKind kind = DocumentKind::kAccount;
  std::string id;         // unique id of the entity (AIDA..., serial number), account id for kAccount
  std::string name_key;   // ASCII-folded name; unique per (account, kind) unless empty
  uint64_t revision = 0;  // of the commit that wrote it
  std::string body;       // JSON
};

struct DocumentWrite {
  DocumentKind kind = DocumentKind::kAccount;
  std::string id;
  std::string name_key;
  std::optional<std::string> body;  // absent: delete
};

// All writes of one operation on one account; each (kind, id) at most once. The order of the writes does not
// matter: names have to be unique when all of them are applied, so two entities may swap names.
struct Batch {
  base::AccountId account;
  std::vector<DocumentWrite> writes;
};

// What every backend asks of a batch before it writes: an account id, known kinds, ids, no (kind, id) twice.
base::Result<void> CheckBatch(const Batch& batch);

// Thread-safe: loads may run beside a Commit and see it whole or not at all.
class Store {
 public:
  virtual ~Store() = default;

  // Accounts in byte order of their id, damaged ones among them.
  virtual base::Result<std::vector<base::AccountId>> ListAccounts() = 0;
  // Every document of the account, ordered by (kind, id); not_found when the account has none, corrupt when
  // they are not what the head says, which is remembered until the store is opened again.
  virtual base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account) = 0;
  // Every document of one kind in all accounts, ordered by (account, id). Those that are not as they were
  // written are left out: LoadAccount says so.
  virtual base::Result<std::vector<Document>> LoadKind(DocumentKind kind) = 0;
  // not_found for an account without documents, corrupt for a damaged head.
  virtual base::Result<AccountHead> LoadHead(const base::AccountId& account) = 0;
  // Makes all batches durable in order, or none. Returns the new revision (grows by one per Commit).
  // already_exists when a name_key is taken by another id; invalid for a batch that CheckBatch refuses;
  // corrupt for an account known to be damaged. Nothing is then written. Deleting an unknown id does nothing.
  virtual base::Result<uint64_t> Commit(std::span<const Batch> batches) = 0;
  // Revision of the last commit.
  virtual base::Result<uint64_t> HeadRevision() = 0;
  // What is wrong with the store beneath its documents: structure, indexes, the list of accounts. One
  // sentence each. Reads everything: for verification only.
  virtual base::Result<std::vector<std::string>> CheckStructure() = 0;
};

// Gives the master key. A store without an account asks for it with `first_start`: only then may the key be
// made anew.
using MasterKeySource = std::function<base::Result<crypto::KeyBytes>(bool first_start)>;

}  // namespace wardkeep::storage
