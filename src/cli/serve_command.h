// `wardkeep serve`: configuration from flags, environment and file, then the server.
#pragma once

#include "server/setting_value.h"

namespace wardkeep::cli {

// `flags` as given on the command line. Returns when the server has stopped: 0, or 1 with the reason on
// standard error when it could not start, or 2 when its configuration is wrong.
int RunServe(server::SettingValues flags);

}  // namespace wardkeep::cli
