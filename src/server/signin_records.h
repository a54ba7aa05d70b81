// SigninRecords: every sign-in attempt as a log line and as a stored fact of its account. Attempts that were
// refused because they came too fast are told at most kToldPerSecond times in a second; the next one that is
// told says how many were not. Thread-safe.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>

#include "base/steady_clock.h"
#include "entity/signin_attempt.h"
#include "log/log.h"
#include "snapshot/signin_history.h"

namespace wardkeep::server {

class SigninRecords final : public entity::SigninSink {
 public:
  static constexpr uint32_t kToldPerSecond = 10;

  SigninRecords(const log::Logger& logger, snapshot::SigninHistory& history,
                const base::SteadyClock& clock = base::TheSteadyClock())
      : logger_(logger), history_(history), clock_(clock) {}

  void Record(const entity::SigninAttempt& attempt) override;

 private:
  // How many attempts were left out before this one; nullopt when this one is left out too.
  std::optional<uint32_t> TakeTurn();

  const log::Logger& logger_;
  snapshot::SigninHistory& history_;
  const base::SteadyClock& clock_;
  std::mutex mutex_;
  base::Moment second_;      // when the present one began; guarded by mutex_
  uint32_t told_ = 0;        // in that second; guarded by mutex_
  uint32_t suppressed_ = 0;  // guarded by mutex_
};

}  // namespace wardkeep::server
