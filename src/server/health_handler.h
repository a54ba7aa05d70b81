// Answers GET (and HEAD) of /health/live, /health/ready and /metrics, and passes every other request on.
//
//   live    200 as long as the process answers at all
//   ready   200 once SetReady(true) was called, 503 before that and during shutdown
//
// Thread-safety: everything. Ownership: `metrics` and `next` outlive it.
#pragma once

#include <atomic>

#include "base/http_message.h"
#include "server/metrics.h"

namespace wardkeep::server {

class HealthHandler final : public base::HttpHandler {
 public:
  HealthHandler(const Metrics& metrics, base::HttpHandler& next) : metrics_(metrics), next_(next) {}

  void SetReady(bool ready) { ready_ = ready; }
  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  const Metrics& metrics_;
  base::HttpHandler& next_;
  std::atomic<bool> ready_{false};
};

}  // namespace wardkeep::server
