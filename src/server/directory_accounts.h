// Accounts for the administration socket, over the directory.
#pragma once

#include <chrono>

#include "pipeline/services.h"
#include "server/account_registry.h"
#include "snapshot/signin_history.h"

namespace wardkeep::server {

class DirectoryAccounts final : public AccountRegistry {
 public:
  // `closed_days`: how long a closed account can be restored.
  DirectoryAccounts(const pipeline::Services& services, snapshot::SigninHistory& signins,
                    std::chrono::days closed_days)
      : services_(services), signins_(signins), closed_days_(closed_days) {}

  void Create(std::string name, std::string email,
              std::function<void(base::Result<CreatedAccount>)> done) override;
  base::Result<std::vector<AccountSummary>> List() override;
  void ImportTokenSeeds(const base::AccountId& account, const base::Secret& csv,
                        std::function<void(base::Result<std::size_t>)> done) override;
  void Close(const base::AccountId& account, ChangeDone done) override;
  void Restore(const base::AccountId& account, ChangeDone done) override;
  void Purge(const base::AccountId& account, ChangeDone done) override;
  void ResetAdministrator(const base::AccountId& account,
                          std::function<void(base::Result<AdministratorKey>)> done) override;
  base::Result<std::vector<entity::SigninAttempt>> Signins(const base::AccountId& account,
                                                           std::size_t count) override;

 private:
  // `change` gives an error to refuse.
  using Change = std::function<base::Result<void>(entity::Account&)>;
  void Alter(const base::AccountId& account, const Change& change, ChangeDone done);

  const pipeline::Services& services_;
  snapshot::SigninHistory& signins_;
  const std::chrono::days closed_days_;
};

}  // namespace wardkeep::server
