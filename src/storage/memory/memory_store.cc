#include "storage/memory/memory_store.h"

#include <map>
#include <mutex>
#include <utility>

namespace wardkeep::storage::memory {
namespace {

using DocumentKey = std::pair<DocumentKind, std::string>;  // kind and id, or kind and name_key

struct Kept {
  Document document;
  Tag tag;
};

struct AccountDocuments {
  std::map<DocumentKey, Kept> documents;
  std::map<DocumentKey, std::string> ids_by_name;
  AccountHead head;
};

// What a document was before a commit touched it, to take the commit back.
struct Before {
  base::AccountId account;
  DocumentKey key;
  std::optional<Kept> kept;
};

class MemoryStore final : public Store {
 public:
  base::Result<std::vector<base::AccountId>> ListAccounts() override;
  base::Result<std::vector<Document>> LoadAccount(const base::AccountId& account) override;
  base::Result<std::vector<Document>> LoadKind(DocumentKind kind) override;
  base::Result<uint64_t> Commit(std::span<const Batch> batches) override;
  base::Result<AccountHead> LoadHead(const base::AccountId& account) override;
  base::Result<uint64_t> HeadRevision() override;
  base::Result<std::vector<std::string>> CheckStructure() override { return std::vector<std::string>(); }

 private:
  base::Result<void> Apply(const Batch& batch, std::vector<Before>& undo);
  void Take(AccountDocuments& of, const DocumentKey& key);
  void Put(AccountDocuments& into, Kept kept);
  void Revert(std::vector<Before> undo);

  const IntegrityKey key_ = IntegrityKey::Random();
  std::mutex mutex_;
  // Protected by mutex_:
  std::map<base::AccountId, AccountDocuments> accounts_;
  uint64_t revision_ = 0;
};

base::Result<std::vector<base::AccountId>> MemoryStore::ListAccounts() {
  const std::lock_guard lock(mutex_);
  std::vector<base::AccountId> ids;
  for (const auto& [id, documents] : accounts_) ids.push_back(id);
  return ids;
}

base::Result<std::vector<Document>> MemoryStore::LoadAccount(const base::AccountId& account) {
  const std::lock_guard lock(mutex_);
  std::vector<Document> found;
  const auto it = accounts_.find(account);
  if (it == accounts_.end()) return NoDocuments(account);
  SetDigest digest;
  for (const auto& [key, kept] : it->second.documents) {
    digest.Add(key_.OfDocument(kept.document));
    found.push_back(kept.document);
  }
  if (const auto difference = Difference(it->second.head, found.size(), digest)) {
    return DamagedAccount(account, *difference);
  }
  return found;
}

base::Result<AccountHead> MemoryStore::LoadHead(const base::AccountId& account) {
  const std::lock_guard lock(mutex_);
  const auto it = accounts_.find(account);
  if (it == accounts_.end()) return NoDocuments(account);
  return it->second.head;
}

base::Result<std::vector<Document>> MemoryStore::LoadKind(DocumentKind kind) {
  const std::lock_guard lock(mutex_);
  std::vector<Document> found;
  for (const auto& [id, account] : accounts_) {
    auto it = account.documents.lower_bound(DocumentKey(kind, ""));
    for (; it != account.documents.end() && it->first.first == kind; ++it)
      found.push_back(it->second.document);
  }
  return found;
}

void MemoryStore::Take(AccountDocuments& of, const DocumentKey& key) {
  const auto it = of.documents.find(key);
  if (it == of.documents.end()) return;
  const auto name = of.ids_by_name.find(DocumentKey(key.first, it->second.document.name_key));
  if (name != of.ids_by_name.end() && name->second == key.second) of.ids_by_name.erase(name);
  of.head.digest.Remove(it->second.tag);
  --of.head.documents;
  of.documents.erase(it);
}

void MemoryStore::Put(AccountDocuments& into, Kept kept) {
  const Document& document = kept.document;
  if (!document.name_key.empty()) {
    into.ids_by_name[DocumentKey(document.kind, document.name_key)] = document.id;
  }
  into.head.digest.Add(kept.tag);
  ++into.head.documents;
  DocumentKey key(document.kind, document.id);
  into.documents[std::move(key)] = std::move(kept);
}

base::Result<void> MemoryStore::Apply(const Batch& batch, std::vector<Before>& undo) {
  WK_TRY(CheckBatch(batch));
  AccountDocuments& account = accounts_[batch.account];
  account.head.account = batch.account;
  for (const auto& write : batch.writes) {
    const DocumentKey key(write.kind, write.id);
    const auto it = account.documents.find(key);
    undo.push_back({batch.account, key, it == account.documents.end() ? std::optional<Kept>() : it->second});
    Take(account, key);
  }
  for (const auto& write : batch.writes) {
    if (!write.body) continue;
    if (!write.name_key.empty() && account.ids_by_name.contains(DocumentKey(write.kind, write.name_key))) {
      return base::Error(base::ErrorCode::kAlreadyExists, "the name `" + write.name_key + "` is taken");
    }
    Document document{batch.account, write.kind, write.id, write.name_key, revision_ + 1, *write.body};
    const Tag tag = key_.OfDocument(document);
    Put(account, {std::move(document), tag});
  }
  return {};
}

void MemoryStore::Revert(std::vector<Before> undo) {
  for (auto it = undo.rbegin(); it != undo.rend(); ++it) {
    AccountDocuments& account = accounts_[it->account];
    Take(account, it->key);
    if (it->kept) Put(account, *std::move(it->kept));
  }
}

base::Result<uint64_t> MemoryStore::Commit(std::span<const Batch> batches) {
  const std::lock_guard lock(mutex_);
  std::vector<Before> undo;
  base::Result<void> applied;
  for (const auto& batch : batches) {
    applied = Apply(batch, undo);
    if (!applied) break;
  }
  if (!applied) Revert(std::move(undo));
  for (const auto& batch : batches) {
    const auto it = accounts_.find(batch.account);
    if (it == accounts_.end()) continue;
    if (applied) ++it->second.head.revision;
    if (it->second.documents.empty()) accounts_.erase(it);
  }
  if (!applied) return std::move(applied).error();
  return ++revision_;
}

base::Result<uint64_t> MemoryStore::HeadRevision() {
  const std::lock_guard lock(mutex_);
  return revision_;
}

}  // namespace

std::unique_ptr<Store> OpenStore() {
  return std::make_unique<MemoryStore>();
}

}  // namespace wardkeep::storage::memory
