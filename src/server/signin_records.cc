#include "server/signin_records.h"

#include <utility>

namespace wardkeep::server {

std::optional<uint32_t> SigninRecords::TakeTurn() {
  const std::lock_guard lock(mutex_);
  const base::Moment now = clock_.Now();
  if (now - second_ >= std::chrono::seconds(1)) {
    second_ = now;
    told_ = 0;
  }
  if (told_ >= kToldPerSecond) {
    ++suppressed_;
    return std::nullopt;
  }
  ++told_;
  return std::exchange(suppressed_, 0);
}

void SigninRecords::Record(const entity::SigninAttempt& attempt) {
  entity::SigninAttempt told = attempt;
  if (attempt.reason == entity::kTooManyAttempts) {
    const auto suppressed = TakeTurn();
    if (!suppressed) return;
    told.suppressed = *suppressed;
  }
  const bool failed = told.outcome == entity::SigninOutcome::kFailure;
  const log::Field fields[] = {
      {"id", told.id},
      {"event", std::string_view(entity::SigninEventName(told.event))},
      {"outcome", std::string_view(entity::SigninOutcomeName(told.outcome))},
      {"account", told.account.value()},
      {"type", told.principal_type},
      {"arn", told.principal_arn},
      {"reason", told.reason},
      {"mfa", told.mfa_used},
      {"peer", told.source_address},
      {"suppressed", told.suppressed},
  };
  logger_.Write(failed ? log::Level::kWarning : log::Level::kInfo, "sign-in", fields);
  history_.Record(told);
}

}  // namespace wardkeep::server
