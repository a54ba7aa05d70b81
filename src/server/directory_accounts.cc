#include "server/directory_accounts.h"

#include <utility>

#include "server/account_provisioning.h"
#include "server/token_seeds.h"

namespace wardkeep::server {

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
    account.account = {.id = provisioned->id, .name = name, .email = email, .created = created};
    account.access_key_id = provisioned->access_key_id;
    account.secret_access_key = std::move(provisioned->secret_access_key);
    done(std::move(account));
  };
  if (auto begun = ProvisionAccount(services_, wanted, answer); !begun) done(std::move(begun).error());
}

base::Result<std::vector<AccountSummary>> DirectoryAccounts::List() {
  std::vector<AccountSummary> list;
  for (const base::AccountId& id : services_.directory.ListAccounts()) {
    WK_ASSIGN(const snapshot::AccountStatePtr state, services_.directory.Get(id));
    const entity::Account& account = state->account();
    list.push_back({.id = id, .name = account.name, .email = account.email, .created = account.create_date});
  }
  return list;
}

void DirectoryAccounts::ImportTokenSeeds(const base::AccountId& account, const base::Secret& csv,
                                         std::function<void(base::Result<std::size_t>)> done) {
  auto seeds = ReadTokenSeeds(csv.Reveal());
  if (!seeds) return done(seeds.error());
  server::ImportTokenSeeds(services_, account, std::move(seeds).value(), std::move(done));
}

}  // namespace wardkeep::server
