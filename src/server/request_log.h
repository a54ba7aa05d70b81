// One log line per API request. It names who asked for what and how it ended; bodies, parameters and secrets
// have no field here and so cannot get into it.
#pragma once

#include <chrono>
#include <string_view>

#include "log/log.h"

namespace wardkeep::server {

// Borrowed texts, for the time of one call.
struct RequestRecord {
  std::string_view request_id = {};
  std::string_view caller_arn = {};  // empty for anonymous and unauthenticated callers
  std::string_view service = {};
  std::string_view operation = {};
  int status = 0;
  std::string_view error_code = {};
  std::chrono::nanoseconds duration{0};
  std::string_view peer_address = {};
};

// Level info, warning from status 500 on.
void LogRequest(const log::Logger& logger, const RequestRecord& record);

}  // namespace wardkeep::server
