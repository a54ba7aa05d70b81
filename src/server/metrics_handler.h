// Answers GET and HEAD of /metrics and passes every other request on. It stands before the administration and
// alone on the address of `metrics_listen`, never before the public APIs: what a server does, how often and
// with which failures is nobody's business but the operator's. Thread-safe as the next handler.
#pragma once

#include "base/http_message.h"
#include "server/metrics.h"

namespace wardkeep::server {

class MetricsHandler final : public base::HttpHandler {
 public:
  // Without `next`, other requests are answered with 404. Both outlive the handler.
  MetricsHandler(const Metrics& metrics, base::HttpHandler* next) : metrics_(metrics), next_(next) {}

  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  const Metrics& metrics_;
  base::HttpHandler* next_;
};

}  // namespace wardkeep::server
