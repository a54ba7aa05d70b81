// Services: what the stages and handlers need beside the request. References to long-lived, thread-safe
// objects that the composition root owns. Constant after construction.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/rng.h"
#include "entity/account_limits.h"
#include "fido/verify.h"
#include "password/password_rules.h"
#include "pipeline/compiled_cache.h"
#include "pipeline/fido_challenges.h"
#include "pipeline/mfa_throttle.h"
#include "pipeline/opened_secrets.h"
#include "pipeline/sealing_keys.h"
#include "pipeline/signin_throttle.h"
#include "snapshot/directory.h"
#include "snapshot/usage_tracker.h"

namespace wardkeep::pipeline {

struct Services {
  snapshot::Directory& directory;
  const base::Clock& clock;
  base::Rng& rng;
  const SealingKeys& keys;
  snapshot::UsageTracker& usage;
  CompiledCache& compiled;
  OpenedSecrets& secrets;
  MfaThrottle& mfa_throttle;
  SigninThrottle& signin_throttle;
  FidoChallenges& fido_challenges;
  const fido::RelyingParty& relying_party;  // of FIDO credentials
  entity::AccountLimits limits = {};
  password::Additions password_additions = {};  // of accounts that have not set their own
  std::string issuer_url = {};  // where the operator publishes token issuers; empty: host names of AWS's form
};

}  // namespace wardkeep::pipeline
