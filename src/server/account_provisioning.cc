#include "server/account_provisioning.h"

#include <memory>
#include <utility>

#include "auth/access_key_id.h"
#include "auth/secret_key.h"
#include "crypto/password_hash.h"
#include "entity/unique_id.h"

namespace wardkeep::server {
namespace {

constexpr std::string_view kAdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
// No letters or digits that look alike.
constexpr std::string_view kPasswordAlphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";

struct Key {
  entity::AccessKey stored;
  base::Secret secret;
};

Key MakeKey(const pipeline::Services& services, const base::AccountId& account, const BootstrapKey* fixed) {
  Key key;
  key.stored.id = fixed != nullptr
                      ? fixed->access_key_id
                      : auth::MakeAccessKeyId(auth::AccessKeyKind::kLongTerm, account, services.rng);
  key.secret = fixed != nullptr ? fixed->secret.Clone() : auth::MakeSecretKey(services.rng);
  key.stored.sealed_secret = services.keys.access_key_secret.Seal(key.secret.Reveal(), key.stored.id);
  key.stored.create_date = services.clock.Now();
  return key;
}

// Whether the right account can be told from the id alone.
bool CarriesAccount(const std::string& key_id, const base::AccountId& account) {
  const auto parsed = auth::ParseAccessKeyId(key_id);
  return parsed && parsed->account_id == account;
}

void AddAdministrator(const pipeline::Services& services, const entity::AccessKey& key,
                      snapshot::AccountEdit& edit) {
  entity::Group group;
  group.id = entity::MakeUniqueId(entity::UniqueIdKind::kGroup, services.rng);
  group.name = "Administrators";
  group.create_date = services.clock.Now();
  group.attached_policies.emplace_back(kAdministratorAccess);
  entity::User user;
  user.id = entity::MakeUniqueId(entity::UniqueIdKind::kUser, services.rng);
  user.name = std::string(kAdministratorName);
  user.create_date = services.clock.Now();
  user.group_ids.push_back(group.id);
  user.access_keys.push_back(key);
  edit.PutGroup(std::move(group));
  edit.PutUser(std::move(user));
}

}  // namespace

base::Result<void> ProvisionAccount(const pipeline::Services& services, const NewAccount& wanted,
                                    std::function<void(base::Result<ProvisionedAccount>)> done) {
  Key administrator = MakeKey(services, wanted.id, wanted.administrator_key);
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
    AddAdministrator(services, administrator.stored, edit);
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
