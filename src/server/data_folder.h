// The folder with everything the server keeps, the master key among it.
#pragma once

#include <string>

#include "base/result.h"

namespace wardkeep::server {

// kInvalid, with the command that helps, when others than its owner may read, list or change the folder. A
// folder that is not there yet is made with mode 0700.
base::Result<void> CheckFolderIsPrivate(const std::string& path);

}  // namespace wardkeep::server
