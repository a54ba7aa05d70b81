// Rules of credential hygiene: which accounts have them and what they say. Off for every account that no rule
// names. Pure.
//
//   "123456789012 max-key-age=90d unused-keys=45d unused-passwords=60d notice=7d"
//   "* unused-keys=90d"            every account without a rule of its own
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "base/account_id.h"
#include "base/result.h"

namespace wardkeep::hygiene {

struct Rules {
  std::chrono::seconds max_key_age{0};       // of an active access key; 0: no rule, as in the next two
  std::chrono::seconds unused_keys{0};       // since the last use, or else since it was made or activated
  std::chrono::seconds unused_passwords{0};  // since the last sign-in, or else since it was set
  // How long before it acts a rule says so, at least.
  std::chrono::seconds notice{std::chrono::hours(7 * 24)};
};

struct AccountRules {
  std::string account;  // 12 digits, or "*"
  Rules rules;
};

// kInvalid for anything that is not of the form above. Periods are a number and s, m, h or d, at most ten
// years; a rule must say at least one thing.
base::Result<AccountRules> ParseAccountRules(std::string_view text);

// The account's own rules, else those of "*", else null.
const Rules* RulesOf(const std::vector<AccountRules>& all, const base::AccountId& account);

}  // namespace wardkeep::hygiene
