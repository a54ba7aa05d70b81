// Calls to the administration socket of a running server (server/admin_handler.h describes the protocol).
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cli/local_http.h"
#include "json/value.h"
#include "server/setting_value.h"

namespace wardkeep::cli {

// The answer, once it is one that means success. `flags` may name the data directory or the socket; the
// environment and the defaults are those of the server.
base::Result<json::Value> CallAdministration(std::string_view method, std::string_view path,
                                             const std::string& body, server::SettingValues flags,
                                             Patience patience = Patience::kShort);

// The whole answer as indented JSON on standard output.
void PrintAnswer(const json::Value& answer);

}  // namespace wardkeep::cli
