// Durable storage: revisioned documents grouped by account. Every backend passes tests/contract/storage.
//
// Unit of durability is a list of Batches: each is applied whole or not at all, all of one Commit call become
// durable together (one fsync). Storage knows nothing of entities beyond their document kind.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/account_id.h"
#include "base/result.h"

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

  // Accounts in byte order of their id.
  virtual base::Result<std::vector<base::AccountId>> ListAccounts() = 0;
  // Every document of the account, ordered by (kind, id); not_found when the account has none.
  virtual base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account) = 0;
  // Every document of one kind in all accounts, ordered by (account, id).
  virtual base::Result<std::vector<Document>> LoadKind(DocumentKind kind) = 0;
  // Makes all batches durable in order, or none. Returns the new revision (grows by one per Commit).
  // already_exists when a name_key is taken by another id; invalid for a batch that CheckBatch refuses.
  // Nothing is then written. Deleting an unknown id does nothing.
  virtual base::Result<uint64_t> Commit(std::span<const Batch> batches) = 0;
  // Revision of the last commit.
  virtual base::Result<uint64_t> HeadRevision() = 0;
};

}  // namespace wardkeep::storage
