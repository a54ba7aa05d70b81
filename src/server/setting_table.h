// The settings of the server as a table: one row per setting, from which flags, environment names and file
// keys all follow. For the row `limits.header_bytes`:
//   file         [limits] header_bytes = 16384
//   environment  WARDKEEP_LIMITS_HEADER_BYTES=16384
//   flag         --limits-header-bytes 16384
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "server/configuration.h"

namespace wardkeep::server {

enum class SettingKind {
  kText,
  kSwitch,  // a flag without value; "true" or "false" elsewhere
  kList,    // comma-separated; an array in the file
};

struct Setting {
  std::string_view name;
  std::string_view group;  // heading in `wardkeep serve --help` and docs/configuration.md
  SettingKind kind;
  std::string_view value_name;  // for help, as in `--listen ADDR:PORT`
  std::string_view help;
  // Reads the text into its member. The error's message says what is wrong with the text without repeating
  // it, as it may be a secret.
  base::Result<void> (*apply)(Configuration&, std::string_view);
};

std::span<const Setting> Settings();
const Setting* FindSetting(std::string_view name);

std::string FlagName(const Setting& setting);         // "--limits-header-bytes"
std::string EnvironmentName(const Setting& setting);  // "WARDKEEP_LIMITS_HEADER_BYTES"

}  // namespace wardkeep::server
