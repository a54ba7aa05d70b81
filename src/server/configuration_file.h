// Settings from a TOML file. Keys are the names of the setting table, limits in a table of their own:
//
//   listen = "0.0.0.0:8480"
//   trusted_proxies = ["10.0.0.0/8"]
//   [limits]
//   connections = 2000
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "server/setting_value.h"

namespace wardkeep::server {

// kNotFound or kUnavailable when the file cannot be read; kInvalid, with path and line, for broken TOML, a
// key that is no setting, or a value of a wrong type.
base::Result<SettingValues> ReadConfigurationFile(const std::string& path);
// The same over text already read; `path` is for messages.
base::Result<SettingValues> ParseConfigurationText(std::string_view text, const std::string& path);

}  // namespace wardkeep::server
