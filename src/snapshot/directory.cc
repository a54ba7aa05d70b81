#include "snapshot/directory.h"

#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <utility>

#include "base/assert.h"
#include "snapshot/account_codec.h"
#include "snapshot/account_slot.h"
#include "snapshot/alias_registry.h"
#include "snapshot/pinned_states.h"

namespace wardkeep::snapshot {
namespace {

// Tells directories apart in the caches of threads that outlive them.
uint64_t NextDirectoryNumber() {
  static std::atomic<uint64_t> last{0};
  return ++last;
}

base::Error UnknownAccount(const base::AccountId& account) {
  return base::Error(base::ErrorCode::kNotFound, "account `" + account.value() + "` is unknown");
}

}  // namespace

class Directory::Impl {
 public:
  Impl(storage::Store& store, storage::GroupCommit::Observer observer, OnDamage on_damage)
      : store_(store),
        number_(NextDirectoryNumber()),
        on_damage_(std::move(on_damage)),
        commit_(store, std::move(observer)) {}

  base::Result<void> LoadAccounts();
  base::Result<AccountStatePtr> Get(const base::AccountId& account);
  std::vector<base::AccountId> ListAccounts();
  AliasRegistry& aliases() { return aliases_; }
  std::optional<base::AccountId> FindForeignKey(std::string_view access_key_id);
  bool Write(const base::AccountId& account, const Mutation& mutate, Done done);
  base::Result<void> CreateAccount(entity::Account account, const std::function<void(AccountEdit&)>& fill,
                                   Done done);
  void Purge(const base::AccountId& account, const Permit& permit, Done done);
  void WriteUsage(const base::AccountId& account, std::vector<storage::DocumentWrite> writes);
  void Stop() { commit_.Stop(); }

 private:
  AccountSlot* FindSlot(const base::AccountId& account);
  base::Error Reported(AccountSlot& slot, const base::Error& error);
  AccountSlot& SlotToCreate(const base::AccountId& account);
  // The caller holds the slot's write mutex.
  void Submit(AccountSlot& slot, uint64_t generation, AccountEdit edit, Done done);
  // On the committer's thread, when all that was submitted before the purge is in the store.
  void DeleteDocuments(AccountSlot& slot, uint64_t generation, AccountPtr account, Done done);
  // Keeps what is indexed over all accounts in step with an account document that became durable, or did not.
  void Follow(const entity::Account& before, const entity::Account& after, bool durable);

  storage::Store& store_;
  const uint64_t number_;
  const OnDamage on_damage_;

  std::shared_mutex slots_mutex_;
  std::map<base::AccountId, std::unique_ptr<AccountSlot>> slots_;  // protected by slots_mutex_; never shrinks

  AliasRegistry aliases_;

  std::mutex foreign_keys_mutex_;
  std::map<std::string, base::AccountId, std::less<>> foreign_keys_;  // protected by foreign_keys_mutex_

  storage::GroupCommit commit_;  // last: its thread uses everything above
};

base::Result<void> Directory::Impl::LoadAccounts() {
  WK_ASSIGN(const auto ids, store_.ListAccounts());
  for (const auto& id : ids) slots_.emplace(id, std::make_unique<AccountSlot>(id));
  WK_ASSIGN(const auto documents, store_.LoadKind(storage::DocumentKind::kAccount));
  std::set<base::AccountId> damaged(ids.begin(), ids.end());
  for (const auto& document : documents) {
    auto decoded = DecodeAccount(document.body);
    if (!decoded) continue;
    damaged.erase(document.account);
    const entity::Account& account = *decoded;
    for (const std::string& key : account.foreign_key_ids) foreign_keys_.emplace(key, document.account);
    if (!account.alias.empty() && !aliases_.Hold(account.alias, document.account)) {
      return base::Error(base::ErrorCode::kCorrupt, "alias `" + account.alias + "` belongs to two accounts");
    }
  }
  for (const auto& id : damaged) {
    auto state = Get(id);
    if (!state && state.error().code != base::ErrorCode::kCorrupt) return std::move(state).error();
  }
  return {};
}

AccountSlot* Directory::Impl::FindSlot(const base::AccountId& account) {
  const std::shared_lock lock(slots_mutex_);
  const auto found = slots_.find(account);
  return found == slots_.end() ? nullptr : found->second.get();
}

base::Error Directory::Impl::Reported(AccountSlot& slot, const base::Error& error) {
  if (slot.TakeDamageNotice() && on_damage_) on_damage_(slot.account(), error);
  return error;
}

base::Result<AccountStatePtr> Directory::Impl::Get(const base::AccountId& account) {
  PinnedStates& pinned = PinnedStates::OfThisThread();
  if (const AccountStatePtr* state = pinned.Find(number_, account)) return *state;
  AccountSlot* slot = FindSlot(account);
  if (slot == nullptr) return UnknownAccount(account);
  auto pin = slot->Published(store_);
  if (!pin) return Reported(*slot, pin.error());
  if (pin->state == nullptr) return UnknownAccount(account);
  return pinned.Hold(number_, *slot, std::move(pin).value());
}

std::vector<base::AccountId> Directory::Impl::ListAccounts() {
  const std::shared_lock lock(slots_mutex_);
  std::vector<base::AccountId> ids;
  for (const auto& [id, slot] : slots_) {
    if (slot->Exists()) ids.push_back(id);
  }
  return ids;
}

void Directory::Impl::Submit(AccountSlot& slot, uint64_t generation, AccountEdit edit, Done done) {
  const bool changed = edit.changed();
  const AccountPtr before = edit.base_account();
  auto outcome = std::move(edit).Finish();
  const AccountPtr after = outcome.state->account_document();
  if (before->alias != after->alias && !after->alias.empty() && !aliases_.Hold(after->alias, after->id)) {
    done(base::Error(base::ErrorCode::kConflict, "alias `" + after->alias + "` belongs to another account"));
    return;
  }
  if (changed) slot.Advance(outcome.state, generation);
  auto on_done = [this, &slot, generation, before, after, state = changed ? outcome.state : nullptr,
                  done = std::move(done)](const base::Result<uint64_t>& committed) {
    if (before != after) Follow(*before, *after, committed.has_value());
    if (!committed) {
      slot.Fail(generation);
      done(committed.error());
      return;
    }
    if (state != nullptr) slot.Publish(state);
    done({});
  };
  commit_.Submit(std::move(outcome.batch), std::move(on_done),
                 [&slot, generation] { return slot.Admit(generation); });
}

bool Directory::Impl::Write(const base::AccountId& account, const Mutation& mutate, Done done) {
  AccountSlot* slot = FindSlot(account);
  if (slot == nullptr) return done(UnknownAccount(account)), true;
  const std::lock_guard writing(slot->write_mutex());
  const auto head = slot->CurrentHead(store_);
  if (!head) return done(Reported(*slot, head.error())), true;
  if (head->state == nullptr) return done(UnknownAccount(account)), true;
  AccountEdit edit(head->state);
  if (!mutate(edit)) return false;
  Submit(*slot, head->generation, std::move(edit), std::move(done));
  return true;
}

AccountSlot& Directory::Impl::SlotToCreate(const base::AccountId& account) {
  const std::unique_lock lock(slots_mutex_);
  auto& slot = slots_[account];
  if (slot == nullptr) {
    slot = std::make_unique<AccountSlot>(account);
    slot->MarkNew();
  }
  return *slot;
}

base::Result<void> Directory::Impl::CreateAccount(entity::Account account,
                                                  const std::function<void(AccountEdit&)>& fill, Done done) {
  if (!base::IsAccountId(account.id.value())) {
    return base::Error(base::ErrorCode::kInvalid, "an account id is 12 digits");
  }
  AccountSlot& slot = SlotToCreate(account.id);
  const std::lock_guard writing(slot.write_mutex());
  const auto found = slot.CurrentHead(store_);
  if (!found) return Reported(slot, found.error());
  const AccountSlot::Head& head = *found;
  if (head.state != nullptr) {
    return base::Error(base::ErrorCode::kAlreadyExists,
                       "account `" + account.id.value() + "` exists already");
  }
  entity::Account bare;  // what the account was before: nothing but its id
  bare.id = account.id;
  if (slot.purging()) {
    return base::Error(base::ErrorCode::kConflict, "account `" + account.id.value() + "` is being removed");
  }
  AccountEdit edit(std::make_shared<AccountState>(std::make_shared<const entity::Account>(std::move(bare))));
  edit.PutAccount(std::move(account));
  if (fill) fill(edit);
  Submit(slot, head.generation, std::move(edit), std::move(done));
  return {};
}

// In two steps: usage facts that were submitted before are in the store when the first is done, and later
// ones are not taken any more, so that the second finds every document.
void Directory::Impl::Purge(const base::AccountId& account, const Permit& permit, Done done) {
  AccountSlot* slot = FindSlot(account);
  if (slot == nullptr) return done(UnknownAccount(account));
  const std::lock_guard writing(slot->write_mutex());
  const auto head = slot->CurrentHead(store_);
  if (!head) return done(Reported(*slot, head.error()));
  if (head->state == nullptr) return done(UnknownAccount(account));
  if (const auto permitted = permit(*head->state); !permitted) return done(permitted.error());
  const std::lock_guard usage(slot->usage_mutex());
  slot->BeginPurge();
  const uint64_t generation = head->generation;
  auto written = [this, slot, generation, document = head->state->account_document(),
                  done = std::move(done)](const base::Result<uint64_t>& committed) {
    if (committed) return DeleteDocuments(*slot, generation, document, done);
    slot->Fail(generation);
    slot->EndPurge();
    done(committed.error());
  };
  commit_.Submit({account, {}}, std::move(written), [slot, generation] { return slot->Admit(generation); });
}

void Directory::Impl::DeleteDocuments(AccountSlot& slot, uint64_t generation, AccountPtr account, Done done) {
  auto finish = [this, &slot, generation, account, done](const base::Result<uint64_t>& committed) {
    if (!committed) {
      slot.Fail(generation);
      slot.EndPurge();
      return done(committed.error());
    }
    aliases_.Drop(account->alias, account->id);
    {
      const std::lock_guard lock(foreign_keys_mutex_);
      for (const std::string& key : account->foreign_key_ids) foreign_keys_.erase(key);
    }
    slot.Publish(nullptr);
    slot.EndPurge();
    done({});
  };
  auto documents = store_.LoadAccount(account->id);
  if (!documents) return finish(documents.error());
  storage::Batch batch{account->id, {}};
  for (storage::Document& document : *documents) {
    batch.writes.push_back(
        {document.kind, std::move(document.id), std::move(document.name_key), std::nullopt});
  }
  commit_.Submit(std::move(batch), std::move(finish), [&slot, generation] { return slot.Admit(generation); });
}

std::optional<base::AccountId> Directory::Impl::FindForeignKey(std::string_view access_key_id) {
  const std::lock_guard lock(foreign_keys_mutex_);
  const auto found = foreign_keys_.find(access_key_id);
  return found == foreign_keys_.end() ? std::nullopt : std::optional(found->second);
}

void Directory::Impl::Follow(const entity::Account& before, const entity::Account& after, bool durable) {
  if (before.alias != after.alias) aliases_.Drop(durable ? before.alias : after.alias, after.id);
  if (!durable) return;
  const std::lock_guard lock(foreign_keys_mutex_);
  for (const std::string& key : after.foreign_key_ids) foreign_keys_.emplace(key, after.id);
}

void Directory::Impl::WriteUsage(const base::AccountId& account, std::vector<storage::DocumentWrite> writes) {
  for (const auto& write : writes) {
    WK_ASSERT(write.kind == storage::DocumentKind::kUsage ||
              write.kind == storage::DocumentKind::kActionUsage ||
              write.kind == storage::DocumentKind::kSigninAttempt);
  }
  AccountSlot* slot = FindSlot(account);
  if (slot == nullptr || writes.empty()) return;
  const std::lock_guard usage(slot->usage_mutex());
  if (!slot->Exists() || slot->purging() || slot->damaged()) return;
  commit_.Submit({account, std::move(writes)}, [](const base::Result<uint64_t>&) {});
}

Directory::Directory(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Directory::~Directory() {
  Stop();
}

base::Result<std::unique_ptr<Directory>> Directory::Open(storage::Store& store,
                                                         storage::GroupCommit::Observer observer,
                                                         OnDamage on_damage) {
  auto impl = std::make_unique<Impl>(store, std::move(observer), std::move(on_damage));
  WK_TRY(impl->LoadAccounts());
  return std::unique_ptr<Directory>(new Directory(std::move(impl)));
}

AccountStatePtr Directory::Find(const base::AccountId& account) const {
  auto state = impl_->Get(account);
  return state ? std::move(state).value() : nullptr;
}
base::Result<AccountStatePtr> Directory::Get(const base::AccountId& account) const {
  return impl_->Get(account);
}
std::vector<base::AccountId> Directory::ListAccounts() const {
  return impl_->ListAccounts();
}
std::optional<base::AccountId> Directory::FindAlias(std::string_view alias) const {
  return impl_->aliases().Find(alias);
}
std::optional<base::AccountId> Directory::FindForeignKey(std::string_view access_key_id) const {
  return impl_->FindForeignKey(access_key_id);
}
bool Directory::Write(const base::AccountId& account, const Mutation& mutate, Done done) {
  return impl_->Write(account, mutate, std::move(done));
}
base::Result<void> Directory::CreateAccount(entity::Account account,
                                            const std::function<void(AccountEdit&)>& fill, Done done) {
  return impl_->CreateAccount(std::move(account), fill, std::move(done));
}
void Directory::Purge(const base::AccountId& account, const Permit& permit, Done done) {
  impl_->Purge(account, permit, std::move(done));
}
bool Directory::ClaimAlias(std::string_view alias, const base::AccountId& account) {
  return impl_->aliases().Claim(alias, account);
}
void Directory::ReleaseAlias(std::string_view alias, const base::AccountId& account) {
  impl_->aliases().Forget(alias, account);
}
void Directory::WriteUsage(const base::AccountId& account, std::vector<storage::DocumentWrite> writes) {
  impl_->WriteUsage(account, std::move(writes));
}
void Directory::Stop() {
  impl_->Stop();
}

}  // namespace wardkeep::snapshot
