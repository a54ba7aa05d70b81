#include "server/directory_accounts.h"

#include <memory>
#include <string>
#include <utility>

#include "server/account_provisioning.h"
#include "server/administrator.h"
#include "server/token_seeds.h"

namespace wardkeep::server {
namespace {

AccountSummary Summarize(const entity::Account& account) {
  return {.id = account.id,
          .name = account.name,
          .email = account.email,
          .created = account.create_date,
          .closed = account.closed_at};
}

}  // namespace

void DirectoryAccounts::Create(std::string name, std::string email,
                               std::function<void(base::Result<CreatedAccount>)> done) {
  NewAccount wanted;
  wanted.id = RandomAccountId(services_.rng);
  wanted.name = name;
  wanted.email = email;
  const base::Instant created = services_.clock.Now();
  const auto answer = [name, email, created, done](base::Result<ProvisionedAccount> provisioned) {
    if (!provisioned) return done(std::move(provisioned).error());
    CreatedAccount account;
    account.account = {.id = provisioned->id, .name = name, .email = email, .created = created, .closed = {}};
    account.access_key_id = provisioned->access_key_id;
    account.secret_access_key = std::move(provisioned->secret_access_key);
    account.root_password = std::move(provisioned->root_password);
    done(std::move(account));
  };
  if (auto begun = ProvisionAccount(services_, wanted, answer); !begun) done(std::move(begun).error());
}

base::Result<std::vector<AccountSummary>> DirectoryAccounts::List() {
  std::vector<AccountSummary> list;
  for (const base::AccountId& id : services_.directory.ListAccounts()) {
    const auto state = services_.directory.Get(id);
    if (state) {
      list.push_back(Summarize((*state)->account()));
    } else if (state.error().code == base::ErrorCode::kCorrupt) {
      AccountSummary damaged;
      damaged.id = id;
      damaged.damage = state.error().message;
      list.push_back(std::move(damaged));
    } else {
      return state.error();
    }
  }
  return list;
}

void DirectoryAccounts::ImportTokenSeeds(const base::AccountId& account, const base::Secret& csv,
                                         std::function<void(base::Result<std::size_t>)> done) {
  auto seeds = ReadTokenSeeds(csv.Reveal());
  if (!seeds) return done(seeds.error());
  server::ImportTokenSeeds(services_, account, std::move(seeds).value(), std::move(done));
}

void DirectoryAccounts::Alter(const base::AccountId& account, const Change& change, ChangeDone done) {
  base::Result<void> outcome;
  auto changed = std::make_shared<AccountSummary>();
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    entity::Account altered = edit.state().account();
    outcome = change(altered);
    if (!outcome) return false;
    *changed = Summarize(altered);
    edit.PutAccount(std::move(altered));
    return true;
  };
  const auto answer = [changed, done](const base::Result<void>& committed) {
    if (!committed) return done(committed.error());
    done(*changed);
  };
  if (!services_.directory.Write(account, mutate, answer)) done(outcome.error());
}

void DirectoryAccounts::Close(const base::AccountId& account, ChangeDone done) {
  const base::Instant now = services_.clock.Now();
  const auto close = [now](entity::Account& altered) -> base::Result<void> {
    if (altered.closed_at) return base::Error(base::ErrorCode::kConflict, "the account is closed already");
    altered.closed_at = now;
    return {};
  };
  Alter(account, close, std::move(done));
}

void DirectoryAccounts::Restore(const base::AccountId& account, ChangeDone done) {
  const base::Instant now = services_.clock.Now();
  const auto restore = [this, now](entity::Account& altered) -> base::Result<void> {
    if (!altered.closed_at) return base::Error(base::ErrorCode::kConflict, "the account is not closed");
    if (now - *altered.closed_at > closed_days_) {
      return base::Error(base::ErrorCode::kLimit, "the account was closed more than " +
                                                      std::to_string(closed_days_.count()) +
                                                      " days ago and cannot be restored");
    }
    altered.closed_at.reset();
    return {};
  };
  Alter(account, restore, std::move(done));
}

void DirectoryAccounts::Purge(const base::AccountId& account, ChangeDone done) {
  const base::Instant now = services_.clock.Now();
  auto removed = std::make_shared<AccountSummary>();
  const auto permit = [&](const snapshot::AccountState& state) -> base::Result<void> {
    const entity::Account& own = state.account();
    if (!own.closed_at) return base::Error(base::ErrorCode::kConflict, "the account is not closed");
    if (now - *own.closed_at <= closed_days_) {
      return base::Error(base::ErrorCode::kLimit, "the account can still be restored; it can be purged " +
                                                      std::to_string(closed_days_.count()) +
                                                      " days after it was closed");
    }
    *removed = Summarize(own);
    return {};
  };
  services_.directory.Purge(account, permit,
                            [this, account, removed, done](const base::Result<void>& committed) {
                              if (!committed) return done(committed.error());
                              signins_.Forget(account);
                              done(*removed);
                            });
}

void DirectoryAccounts::ResetAdministrator(const base::AccountId& account,
                                           std::function<void(base::Result<AdministratorKey>)> done) {
  server::ResetAdministrator(services_, account, std::move(done));
}

base::Result<std::vector<entity::SigninAttempt>> DirectoryAccounts::Signins(const base::AccountId& account,
                                                                            std::size_t count) {
  WK_TRY(services_.directory.Get(account));
  return signins_.Newest(account, count);
}

}  // namespace wardkeep::server
