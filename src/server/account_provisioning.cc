#include "server/account_provisioning.h"

#include <memory>
#include <utility>

#include "auth/access_key_id.h"
#include "crypto/password_hash.h"
#include "server/administrator.h"

namespace wardkeep::server {
namespace {

// No letters or digits that look alike.
constexpr std::string_view kPasswordAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

// Whether the right account can be told from the id alone.
bool CarriesAccount(const std::string& key_id, const base::AccountId& account) {
  const auto parsed = auth::ParseAccessKeyId(key_id);
  return parsed && parsed->account_id == account;
}

}  // namespace

base::Result<void> ProvisionAccount(const pipeline::Services& services, const NewAccount& wanted,
                                    std::function<void(base::Result<ProvisionedAccount>)> done) {
  NewKey administrator = MakeKey(services, wanted.id, wanted.administrator_key);
  auto provisioned = std::make_shared<ProvisionedAccount>();
  provisioned->id = wanted.id;
  provisioned->root_password = base::Secret(base::RandomText(services.rng, kPasswordAlphabet, 24));

  entity::Account account;
  account.id = wanted.id;
  account.name = wanted.name;
  account.email = wanted.email;
  account.create_date = services.clock.Now();
  WK_ASSIGN(account.root_password_hash, crypto::HashPassword(provisioned->root_password));
  account.root_password_reset_required = true;
  account.root_mfa_required = true;
  if (wanted.root_key != nullptr) {
    account.root_access_keys.push_back(MakeKey(services, wanted.id, wanted.root_key).stored);
    if (!CarriesAccount(wanted.root_key->access_key_id, wanted.id)) {
      account.foreign_key_ids.push_back(wanted.root_key->access_key_id);
    }
  }
  if (!CarriesAccount(administrator.stored.id, wanted.id))
    account.foreign_key_ids.push_back(administrator.stored.id);

  provisioned->access_key_id = administrator.stored.id;
  provisioned->secret_access_key = std::move(administrator.secret);
  const auto fill = [&](snapshot::AccountEdit& edit) {
    EnsureAdministrator(services, administrator.stored, edit);
  };
  return services.directory.CreateAccount(
      std::move(account), fill, [provisioned, done = std::move(done)](const base::Result<void>& committed) {
        if (!committed) return done(committed.error());
        done(std::move(*provisioned));
      });
}

base::AccountId RandomAccountId(base::Rng& rng) {
  return base::AccountId(base::RandomText(rng, "123456789", 1) + base::RandomText(rng, "0123456789", 11));
}

}  // namespace wardkeep::server
