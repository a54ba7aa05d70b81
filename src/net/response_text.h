// The head of an HTTP response as bytes: status line, the handler's fields, and the fields the server is
// responsible for (Date, Server, Content-Length, Connection). Clients correct their clock from Date
// (wire-protocols.md section 8), so it is always there.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"

namespace wardkeep::net {

struct ResponseFraming {
  bool keep_alive = true;
  bool http10 = false;  // says keep-alive in so many words, which HTTP/1.0 clients need
};

// Appends everything up to and including the empty line. Fields of the response that the server sets itself
// are left out; line breaks and other control characters in a value become spaces, so no handler can be made
// to emit a second response. `date` is in the form of base::FormatHttpDate.
void AppendResponseHead(std::string& out, const base::HttpResponse& response, ResponseFraming framing,
                        std::string_view date);

// True when a response of this status never has a body (1xx, 204, 304).
bool IsBodiless(int status);

// "Not Found"; "Unknown" for a status without a name here.
std::string_view ReasonPhrase(int status);

}  // namespace wardkeep::net
