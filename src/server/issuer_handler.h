// The public keys of accounts that issue web identity tokens, for whoever has to verify one; every other
// request is passed on. No credentials: public by nature. Thread-safe. The references must outlive it.
//
//   GET ISSUER/.well-known/openid-configuration
//   GET ISSUER/.well-known/jwks.json
#pragma once

#include <string>

#include "base/http_message.h"
#include "snapshot/directory.h"

namespace wardkeep::server {

class IssuerHandler final : public base::HttpHandler {
 public:
  IssuerHandler(std::string base_url, const snapshot::Directory& directory, base::HttpHandler& next)
      : base_url_(std::move(base_url)), directory_(directory), next_(next) {}
  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  std::string base_url_;
  const snapshot::Directory& directory_;
  base::HttpHandler& next_;
};

}  // namespace wardkeep::server
