// Sweep: applies the hygiene rules to every account that has some. Notices are kept with the credential, so
// that they hold over restarts; a deactivated key can be activated again and then has a new notice period. A
// deactivated password is removed: IAM knows no other way to switch one off. The root user is never touched.
//
// Every notice and every deactivation is logged once it is durable. Run may be called from one thread at a
// time, Findings from any. The references must outlive it.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "hygiene/rules.h"
#include "hygiene/verdict.h"
#include "log/log.h"
#include "snapshot/directory.h"
#include "snapshot/usage_tracker.h"

namespace wardkeep::hygiene {

// One credential that a rule is about to deactivate.
struct Finding {
  base::AccountId account;
  std::string user;
  std::string access_key_id;  // empty: the password
  Reason reason = Reason::kKeyTooOld;
  base::Instant due;
  bool reported = false;  // notice was given
};

class Sweep {
 public:
  Sweep(std::vector<AccountRules> rules, snapshot::Directory& directory, const snapshot::UsageTracker& usage,
        const base::Clock& clock, const log::Logger& logger);

  // One pass over all accounts. Returns when every change is durable or has failed; what failed is tried
  // again by the next pass.
  void Run() const;

  bool has_rules() const { return !rules_.empty(); }

  // What the next passes will do, as things are now, ordered by account, user and key.
  std::vector<Finding> Findings() const;

 private:
  void SweepAccount(const base::AccountId& account, const Rules& rules) const;

  std::vector<AccountRules> rules_;
  snapshot::Directory& directory_;
  const snapshot::UsageTracker& usage_;
  const base::Clock& clock_;
  const log::Logger& logger_;
};

}  // namespace wardkeep::hygiene
