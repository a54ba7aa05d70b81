#include <sys/timex.h>

#include <chrono>
#include <string>

#include "base/time_text.h"
#include "doctor/checks.h"

namespace wardkeep::doctor {
namespace {

// This program was not there earlier.
constexpr base::Instant kEarliest{std::chrono::sys_days(std::chrono::year(2026) / 1 / 1)};

}  // namespace

Findings CheckClock(base::Instant now) {
  const std::string text = "it is " + base::FormatIso8601(now);
  if (now < kEarliest) {
    return {{Level::kProblem, "clock", text + ", which cannot be",
             "set it; signatures, sessions and one-time codes all depend on it"}};
  }
  timex state{};
  const int answer = ::adjtimex(&state);
  if (answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
    return {{Level::kWarning, "clock",
             text + "; nothing on this machine keeps the clock right, as far as the kernel knows",
             "run chrony or systemd-timesyncd: a clock that is 15 minutes off refuses every call. In a "
             "container the "
             "host may do it"}};
  }
  return {{Level::kOk, "clock", text + ", kept right by the system", ""}};
}

}  // namespace wardkeep::doctor
