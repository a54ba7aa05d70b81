#include "server/health_handler.h"

#include <string>
#include <string_view>
#include <utility>

namespace wardkeep::server {
namespace {

constexpr std::string_view kPlain = "text/plain; charset=utf-8";

base::HttpResponse Answer(int status, std::string_view type, std::string body) {
  return {.status = status,
          .headers = {{"Content-Type", std::string(type)}, {"Cache-Control", "no-store"}},
          .body = std::move(body)};
}

}  // namespace

void HealthHandler::Handle(base::HttpRequest request, base::Responder respond) {
  const std::string_view path = std::string_view(request.target).substr(0, request.target.find('?'));
  const bool is_read = request.method == "GET" || request.method == "HEAD";
  if (is_read && path == "/health/live") return respond(Answer(200, kPlain, "live\n"));
  if (is_read && path == "/health/ready") {
    if (!ready_) return respond(Answer(503, kPlain, "not ready\n"));
    return can_write_([respond = std::move(respond)](bool writable) {
      respond(writable ? Answer(200, kPlain, "ready\n") : Answer(503, kPlain, "the store takes no writes\n"));
    });
  }
  next_.Handle(std::move(request), std::move(respond));
}

}  // namespace wardkeep::server
