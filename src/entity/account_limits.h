// The limits of accounts: AWS's defaults (quota.h), raised for one account or for all by the operator. Filled
// at start, constant afterwards; thread-safe then.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "base/account_id.h"
#include "base/result.h"
#include "entity/quota.h"

namespace wardkeep::entity {

// The quota of that name ("UsersPerAccount"); nullopt for an unknown one.
std::optional<Quota> FindQuota(std::string_view name);

class AccountLimits {
 public:
  // "UsersPerAccount=10000" for all accounts, "123456789012:UsersPerAccount=10000" for one, which then
  // counts. kInvalid for an unknown name and for a limit below AWS's.
  base::Result<void> Raise(std::string_view text);

  int64_t Limit(const base::AccountId& account, Quota quota) const;

 private:
  static constexpr int64_t kMost = 1'000'000;
  using Raised = std::map<Quota, int64_t>;
  Raised for_all_;
  std::map<base::AccountId, Raised> for_one_;
};

}  // namespace wardkeep::entity
