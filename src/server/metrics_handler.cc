#include "server/metrics_handler.h"

#include <string_view>
#include <utility>

namespace wardkeep::server {

void MetricsHandler::Handle(base::HttpRequest request, base::Responder respond) {
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  if ((request.method == "GET" || request.method == "HEAD") && path == "/metrics") {
    return respond({.status = 200,
                    .headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"},
                                {"Cache-Control", "no-store"}},
                    .body = metrics_.Render()});
  }
  if (next_ != nullptr) return next_->Handle(std::move(request), std::move(respond));
  respond({.status = 404, .headers = {}, .body = {}});
}

}  // namespace wardkeep::server
