// Whether the master key is the one the store was sealed with. Without this check a server with a wrong key
// starts well and then calls every access key invalid.
#pragma once

#include "base/result.h"
#include "pipeline/services.h"

namespace wardkeep::server {

// Opens one stored secret, if the store has any. `invalid` when it does not open.
base::Result<void> CheckMasterKey(const pipeline::Services& services);

}  // namespace wardkeep::server
