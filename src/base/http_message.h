// HTTP requests and responses as plain values. The listener in net/ fills and sends them; nothing else in the
// program knows a network library.
//
// Ownership: a request and a response own all their bytes. Thread-safety: plain values, none.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"

namespace wardkeep::base {

// Header fields in the order they were received or are to be sent, names spelled as sent.
using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

// The value of the first field called `name` (ASCII case ignored), or nullptr.
inline const std::string* FindHeader(const HttpHeaders& headers, std::string_view name) {
  for (const auto& [field, value] : headers) {
    if (EqualsIgnoreAsciiCase(field, name)) return &value;
  }
  return nullptr;
}

struct HttpRequest {
  std::string method;  // as sent: "GET", "POST", ...
  std::string target;  // path and query exactly as sent, nothing decoded
  HttpHeaders headers;
  std::string body;          // chunked framing already removed
  std::string peer_address;  // text of the peer's IP address without port; "unix" for a local socket
  bool secure = false;       // came over TLS (or over the local socket)

  const std::string* Header(std::string_view name) const { return FindHeader(headers, name); }
};

struct HttpResponse {
  int status = 200;
  HttpHeaders headers = {};  // the listener adds Date, Server, Content-Length and Connection
  std::string body = {};

  const std::string* Header(std::string_view name) const { return FindHeader(headers, name); }
};

// Delivers the one answer to a request, from any thread; calls after the first are ignored. Dropping every
// copy without a call is answered with 500, so no connection waits for ever.
using Responder = std::function<void(HttpResponse)>;

class HttpHandler {
 public:
  virtual ~HttpHandler() = default;
  // Called concurrently from all network threads. Must not block for long: hand the responder to another
  // thread instead. An exception is answered with 500.
  virtual void Handle(HttpRequest request, Responder respond) = 0;
};

}  // namespace wardkeep::base
