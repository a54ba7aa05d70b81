// Readers for the texts of settings. Errors (kInvalid) describe the expected form and never repeat the text.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "server/configuration.h"

namespace wardkeep::server {

base::Result<bool> ReadSwitch(std::string_view text);  // "true" or "false"
base::Result<uint64_t> ReadNumber(std::string_view text, uint64_t least, uint64_t most);
// "250ms", "10s", "2m"; a bare number is seconds. More than zero, at most a day.
base::Result<std::chrono::milliseconds> ReadDuration(std::string_view text);
// "127.0.0.1:8480" or "[::1]:8480"; names are not resolved.
base::Result<ListenAddress> ReadListenAddress(std::string_view text);
// "ID:SECRET": 16 to 128 letters, digits or underscores, then 1 to 128 printable characters without spaces.
base::Result<BootstrapKey> ReadBootstrapKey(std::string_view text);
std::vector<std::string> SplitList(std::string_view text);  // at commas, spaces trimmed, empty items dropped

}  // namespace wardkeep::server
