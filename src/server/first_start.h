// The first start of an installation: one account, and the one time its credentials are shown.
#pragma once

#include "base/result.h"
#include "log/log.h"
#include "pipeline/services.h"
#include "server/configuration.h"

namespace wardkeep::server {

// The account of the ready line: the one that the configuration names, else the first of the store.
// Provisions it when the store is empty.
base::Result<base::AccountId> EnsureFirstAccount(const pipeline::Services& services,
                                                 const Configuration& configuration,
                                                 const log::Logger& logger);

}  // namespace wardkeep::server
