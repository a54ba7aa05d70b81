// `wardkeep settings`: the settings of `wardkeep serve`, as a list, as a configuration file to start from, or
// as the tables of docs/configuration.md.
#pragma once

#include <string>

namespace wardkeep::cli {

enum class SettingsFormat { kText, kToml, kMarkdown };

std::string SettingsText(SettingsFormat format);

}  // namespace wardkeep::cli
