// ProxiedHandler: gives the next handler the address of the client instead of that of a trusted proxy, so
// that aws:SourceIp and the request log mean the client. Thread-safe as the next handler.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/http_message.h"
#include "server/client_address.h"

namespace wardkeep::server {

class ProxiedHandler final : public base::HttpHandler {
 public:
  ProxiedHandler(const std::vector<std::string>& trusted_proxies, base::HttpHandler& next)
      : client_address_(trusted_proxies), next_(next) {}

  void Handle(base::HttpRequest request, base::Responder respond) override {
    request.peer_address = client_address_.Find(request);
    next_.Handle(std::move(request), std::move(respond));
  }

 private:
  const ClientAddress client_address_;
  base::HttpHandler& next_;
};

}  // namespace wardkeep::server
