// `wardkeep doctor`: is this machine ready to serve, in words?
#pragma once

#include "server/setting_value.h"

namespace wardkeep::cli {

// `flags` are those of `wardkeep serve`. Prints a line per finding, or all of them as JSON. Returns 0 when no
// finding is a problem, 1 when one is, 2 when the configuration cannot be read at all.
int RunDoctor(bool as_json, server::SettingValues flags);

}  // namespace wardkeep::cli
