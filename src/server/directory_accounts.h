// Accounts for the administration socket, over the directory.
#pragma once

#include "pipeline/services.h"
#include "server/account_registry.h"

namespace wardkeep::server {

class DirectoryAccounts final : public AccountRegistry {
 public:
  explicit DirectoryAccounts(const pipeline::Services& services) : services_(services) {}

  void Create(std::string name, std::string email,
              std::function<void(base::Result<CreatedAccount>)> done) override;
  base::Result<std::vector<AccountSummary>> List() override;
  void ImportTokenSeeds(const base::AccountId& account, const base::Secret& csv,
                        std::function<void(base::Result<std::size_t>)> done) override;

 private:
  const pipeline::Services& services_;
};

}  // namespace wardkeep::server
