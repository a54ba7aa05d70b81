#include "service/signin/signin_environment.h"

namespace wardkeep::service::signin {
namespace {

constexpr std::size_t kLongestAgent = 256;

}  // namespace

entity::SigninAttempt BeginAttempt(const SigninEnvironment& environment, const base::HttpRequest& request,
                                   entity::SigninEvent event, base::Instant now) {
  entity::SigninAttempt attempt;
  attempt.id = base::RandomUuid(environment.services.rng);
  attempt.time = now;
  attempt.event = event;
  attempt.source_address = request.peer_address;
  if (const std::string* agent = request.Header("user-agent")) {
    for (const char c : agent->substr(0, kLongestAgent)) {
      if (c >= ' ' && c <= '~') attempt.user_agent += c;
    }
  }
  return attempt;
}

}  // namespace wardkeep::service::signin
