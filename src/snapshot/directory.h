// Directory: all accounts of the installation. Readers get immutable states; writers run one after another
// per account on the newest state, become durable in groups, and are published before they are acknowledged.
// Thread-safe.
//
// A write in four steps: lock the account, run the mutation on its head (which may hold changes not yet
// durable), hand the documents to GroupCommit, unlock. When the commit is durable the state is published and
// Done is called, in order.
//
// If a commit fails, everything of that account that was built on it fails too (unavailable) and the head
// falls back to what is published. This works by generations: an account counts its failures, every
// submission carries the count it was built under, and the committer refuses one whose count is old. Only the
// failed account is affected.
//
// Find costs tens of nanoseconds: each thread keeps the states it used last and looks at the account's epoch,
// a number that grows with each publication, to see whether they still hold. A thread that saw a Done sees
// its state. An idle thread may keep an old state alive until its next Find.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/account_id.h"
#include "base/result.h"
#include "snapshot/account_edit.h"
#include "snapshot/account_state.h"
#include "storage/group_commit.h"
#include "storage/store.h"

namespace wardkeep::snapshot {

class Directory {
 public:
  // Told once of each account that turns out to be damaged, with the reason, by the thread that meets it.
  // Must be quick and must not call the directory.
  using OnDamage = std::function<void(const base::AccountId&, const base::Error&)>;

  // Loads the list of accounts and their aliases; states are loaded on first use. Accounts whose account
  // document cannot be had are found damaged here, others when they are loaded.
  static base::Result<std::unique_ptr<Directory>> Open(storage::Store& store,
                                                       storage::GroupCommit::Observer observer = {},
                                                       OnDamage on_damage = {});
  ~Directory();

  // The published state; null for an unknown account, and for one that cannot be loaded. Waits at most for
  // one load from the store.
  AccountStatePtr Find(const base::AccountId& account) const;
  // The same with the reason: not_found, corrupt (a damaged account: remembered, and so it takes no writes
  // and no usage facts) or unavailable (tried again at the next call).
  base::Result<AccountStatePtr> Get(const base::AccountId& account) const;
  std::vector<base::AccountId> ListAccounts() const;
  // The account that owns an alias, if any.
  std::optional<base::AccountId> FindAlias(std::string_view alias) const;

  // The account that holds an access key whose id does not carry its account
  // (entity::Account::foreign_key_ids).
  std::optional<base::AccountId> FindForeignKey(std::string_view access_key_id) const;

  // Runs `mutate` under the account's lock. False abandons the edit: nothing is written and `done` is never
  // called; Write then returns false. Otherwise returns true and `done` is called exactly once, on the
  // committer's thread, when the edit (and everything it was built on) is durable and published, or with the
  // error. An edit without changes is acknowledged the same way, when what it saw is durable. Errors known at
  // once (unknown account, stopped) are given to `done` on the calling thread, before Write returns true;
  // `mutate` is not run then. `done` must not call Write.
  using Mutation = std::function<bool(AccountEdit&)>;
  using Done = std::function<void(const base::Result<void>&)>;
  bool Write(const base::AccountId& account, const Mutation& mutate, Done done);

  // Creates an account with its first entities (`fill` may be empty); already_exists for a known id, invalid
  // for a malformed one: `done` is then not called. Else `done` as in Write; the account is visible once it
  // is durable. An alias of another account
  // gives conflict to `done`.
  base::Result<void> CreateAccount(entity::Account account, const std::function<void(AccountEdit&)>& fill,
                                   Done done);

  // Removes an account with everything that is stored of it. `permit` sees its newest state under the
  // account's lock; its error refuses. `done` as in Write, not_found for an unknown account. From the moment
  // it is permitted the account takes no more writes; when the removal fails it is as before.
  using Permit = std::function<base::Result<void>(const AccountState&)>;
  void Purge(const base::AccountId& account, const Permit& permit, Done done);

  // Claims an alias for an account over all accounts; false when another account owns it. To be called inside
  // the write that stores the alias: when that write fails, or a later one gives the alias up, it is free
  // again without further ado. ReleaseAlias is for a claim whose write never came about; it
  // leaves a stored alias alone.
  bool ClaimAlias(std::string_view alias, const base::AccountId& account);
  void ReleaseAlias(std::string_view alias, const base::AccountId& account);

  // Stores usage documents (kinds kUsage, kActionUsage, kSigninAttempt) without touching the state; best
  // effort.
  void WriteUsage(const base::AccountId& account, std::vector<storage::DocumentWrite> writes);

  // Waits until everything submitted is durable, then stops the committer. Writes after Stop fail with
  // unavailable.
  void Stop();

 private:
  class Impl;
  explicit Directory(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace wardkeep::snapshot
