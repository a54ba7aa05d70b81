// Answers GET (and HEAD) of /health/live and /health/ready, and passes every other request on.
//
//   live    200 as long as the process answers at all
//   ready   200 once SetReady(true) was called and while the store takes writes; 503 otherwise
//
// Thread-safety: everything. Ownership: `next` outlives it.
#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "base/http_message.h"

namespace wardkeep::server {

class HealthHandler final : public base::HttpHandler {
 public:
  // Calls its argument once with the answer, on any thread; see WriteProbe.
  using CanWrite = std::function<void(std::function<void(bool)>)>;

  HealthHandler(CanWrite can_write, base::HttpHandler& next)
      : can_write_(std::move(can_write)), next_(next) {}

  void SetReady(bool ready) { ready_ = ready; }
  void Handle(base::HttpRequest request, base::Responder respond) override;

 private:
  const CanWrite can_write_;
  base::HttpHandler& next_;
  std::atomic<bool> ready_{false};
};

}  // namespace wardkeep::server
