// What the hygiene rules are about to do, on the local administration socket; every other path is passed on.
//
//   GET /v1/hygiene
//     200 {"findings":[{"account_id":"...","user":"...","access_key_id":"...","reason":"...",
//          "due":"2024-05-01T12:34:56Z","reported":true}],"has_rules":true}     without access_key_id: the password
//
// Thread-safe. The references must outlive it.
#pragma once

#include "base/http_message.h"
#include "hygiene/sweep.h"

namespace wardkeep::server {

class HygieneHandler final : public base::HttpHandler {
 public:
  HygieneHandler(const hygiene::Sweep& sweep, base::HttpHandler& next) : sweep_(sweep), next_(next) {}
  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  const hygiene::Sweep& sweep_;
  base::HttpHandler& next_;
};

}  // namespace wardkeep::server
