// One setting as it was given, before it is read into the Configuration.
#pragma once

#include <string>
#include <vector>

#include "base/secret.h"

namespace wardkeep::server {

struct SettingValue {
  std::string name;    // of a row of the setting table
  base::Secret text;   // some settings are secrets, so all are held as such
  std::string origin;  // for messages: "--listen", "WARDKEEP_LISTEN", "wardkeep.toml line 3"
};

using SettingValues = std::vector<SettingValue>;

}  // namespace wardkeep::server
