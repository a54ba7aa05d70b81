// One HTTP request to a server of this machine over its UNIX-domain socket.
#pragma once

#include <cstdint>
#include <string>

#include "base/http_message.h"
#include "base/result.h"

namespace wardkeep::cli {

enum class Patience : uint8_t { kShort, kLong };

// Waits up to 30 seconds, or an hour. kNotFound: no such socket. kUnavailable: nobody answers there.
base::Result<base::HttpResponse> CallLocal(const std::string& socket_path, const base::HttpRequest& request,
                                           Patience patience = Patience::kShort);

}  // namespace wardkeep::cli
