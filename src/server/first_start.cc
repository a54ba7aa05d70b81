#include "server/first_start.h"

#include <cstdio>
#include <future>
#include <memory>
#include <utility>

#include "server/account_provisioning.h"
#include "server/administrator.h"

namespace wardkeep::server {
namespace {

// Standard output, not the log: logs are kept, and these are the only texts of the product that show a
// secret.
void PrintCredentials(const ProvisionedAccount& account, const Configuration& configuration) {
  std::printf("First start: account %s was created. What follows is shown this once.\n",
              account.id.value().c_str());
  if (!configuration.bootstrap_access_key) {
    std::printf("  administrator          user %.*s, group Administrators\n",
                static_cast<int>(kAdministratorName.size()), kAdministratorName.data());
    std::printf("  access key id          %s\n", account.access_key_id.c_str());
    std::printf("  secret access key      %.*s\n",
                static_cast<int>(account.secret_access_key.Reveal().size()),
                account.secret_access_key.Reveal().data());
  }
  std::printf("  root user password     %.*s   (one-time; sign-in asks for a new one and for MFA)\n",
              static_cast<int>(account.root_password.Reveal().size()), account.root_password.Reveal().data());
  std::fflush(stdout);
}

base::Result<ProvisionedAccount> ProvisionAndWait(const pipeline::Services& services,
                                                  const NewAccount& wanted) {
  // Shared with the committer's thread, which may still be leaving set_value when the wait is over.
  auto answer = std::make_shared<std::promise<base::Result<ProvisionedAccount>>>();
  auto answered = answer->get_future();
  WK_TRY(ProvisionAccount(services, wanted, [answer](base::Result<ProvisionedAccount> result) {
    answer->set_value(std::move(result));
  }));
  return answered.get();
}

}  // namespace

base::Result<base::AccountId> EnsureFirstAccount(const pipeline::Services& services,
                                                 const Configuration& configuration,
                                                 const log::Logger& logger) {
  const auto accounts = services.directory.ListAccounts();
  if (!accounts.empty()) {
    if (!configuration.account_id) return accounts.front();
    const auto wanted = services.directory.Get(*configuration.account_id);
    if (!wanted && wanted.error().code == base::ErrorCode::kNotFound) {
      return base::Error(base::ErrorCode::kInvalid,
                         "the store has accounts, but not `" + configuration.account_id->value() + "`");
    }
    return *configuration.account_id;
  }
  NewAccount wanted;
  wanted.id = configuration.account_id.value_or(RandomAccountId(services.rng));
  wanted.name = "First account";
  if (configuration.bootstrap_access_key) {
    wanted.administrator_key = &*configuration.bootstrap_access_key;
    logger.Warning("the administrator's access key was given at start; anyone who knows it is administrator");
  }
  if (configuration.bootstrap_root_access_key) {
    wanted.root_key = &*configuration.bootstrap_root_access_key;
    logger.Warning("a root access key was given at start; root keys are for tests only");
  }
  WK_ASSIGN(const ProvisionedAccount account, ProvisionAndWait(services, wanted));
  PrintCredentials(account, configuration);
  return account.id;
}

}  // namespace wardkeep::server
