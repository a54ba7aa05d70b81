// AccountSlot: the place of one account in the Directory: its published state, the head that writes build on,
// and the generation that tells which submissions a failed commit has made void. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

#include "base/result.h"
#include "snapshot/account_state.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

class AccountSlot {
 public:
  explicit AccountSlot(base::AccountId account) : account_(std::move(account)) {}

  const base::AccountId& account() const { return account_; }
  // Held by a writer from reading the head to submitting, so that submissions are in the order of heads.
  std::mutex& write_mutex() { return write_mutex_; }

  // An account being created: nothing to load.
  void MarkNew();
  // False while a new account has not become durable.
  bool Exists() const;

  struct Pin {
    AccountStatePtr state;  // null for an account that is not (yet) there
    uint64_t epoch = 0;
  };
  // The published state, loaded when this is the first use.
  // corrupt, remembered, for a damaged account.
  base::Result<Pin> Published(storage::Store& store);
  // True for the first caller after the account was found damaged.
  bool TakeDamageNotice();
  bool damaged() const;
  // Grows with each publication; reading it is enough to know that a pinned state is still the published one.
  uint64_t epoch() const { return epoch_.load(std::memory_order_acquire); }

  struct Head {
    AccountStatePtr state;
    uint64_t generation = 0;
  };
  base::Result<Head> CurrentHead(storage::Store& store);
  // The caller holds write_mutex and has built `state` on the head of `generation`.
  void Advance(AccountStatePtr state, uint64_t generation);

  // Whether what was built under `generation` may still be committed.
  base::Result<void> Admit(uint64_t generation) const;
  void Publish(AccountStatePtr state);
  // Until EndPurge the account takes no more writes, as if it were gone, and no usage facts; readers see it
  // until the purge is published as a null state. The caller holds write_mutex and usage_mutex.
  void BeginPurge();
  void EndPurge();
  bool purging() const;
  // Held from asking whether the account takes usage facts to submitting them.
  std::mutex& usage_mutex() { return usage_mutex_; }

  // A submission of `generation` failed: the head falls back and the generation ends, if it has not already.
  void Fail(uint64_t generation);

 private:
  base::Result<void> EnsureLoaded(storage::Store& store);  // mutex_ is held

  const base::AccountId account_;
  std::mutex write_mutex_;
  std::mutex usage_mutex_;
  std::atomic<uint64_t> epoch_{0};

  mutable std::mutex mutex_;
  // Protected by mutex_:
  bool loaded_ = false;
  bool purging_ = false;
  std::optional<base::Error> corrupt_;
  bool damage_noticed_ = false;
  AccountStatePtr published_;
  AccountStatePtr head_;
  uint64_t generation_ = 0;
};

}  // namespace wardkeep::snapshot
