// One HTTP request to a server of this machine over its UNIX-domain socket.
#pragma once

#include <string>

#include "base/http_message.h"
#include "base/result.h"

namespace wardkeep::cli {

// Waits up to 30 seconds. kNotFound: no such socket. kUnavailable: nobody answers there.
base::Result<base::HttpResponse> CallLocal(const std::string& socket_path, const base::HttpRequest& request);

}  // namespace wardkeep::cli
