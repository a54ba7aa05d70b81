// How a command tells its user why it failed: one line on standard error.
#pragma once

#include "base/error.h"

namespace wardkeep::cli {

// "wardkeep: cannot listen on 127.0.0.1 port 80: Permission denied".
void PrintFailure(const base::Error& error);

}  // namespace wardkeep::cli
