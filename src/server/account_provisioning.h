// Account provisioning: what every new account begins with (architecture.md section 6): an `Administrators`
// group with AdministratorAccess, an administrator user in it, one access key of that user, a root user with
// a one-time password that must enrol MFA, and no root access key.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/account_id.h"
#include "base/result.h"
#include "base/secret.h"
#include "pipeline/services.h"
#include "server/configuration.h"

namespace wardkeep::server {

struct NewAccount {
  base::AccountId id;
  std::string name;
  std::string email;
  // Fixed credentials of automation; otherwise random ones are made.
  const BootstrapKey* administrator_key = nullptr;
  const BootstrapKey* root_key = nullptr;
};

// Shown once, never stored in the clear.
struct ProvisionedAccount {
  base::AccountId id;
  std::string access_key_id;
  base::Secret secret_access_key;
  base::Secret root_password;
};

// `done` is called when the account is durable, on the committer's thread, or with the error.
base::Result<void> ProvisionAccount(const pipeline::Services& services, const NewAccount& wanted,
                                    std::function<void(base::Result<ProvisionedAccount>)> done);

// Twelve random digits, the first not zero.
base::AccountId RandomAccountId(base::Rng& rng);

}  // namespace wardkeep::server
