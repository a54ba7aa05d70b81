// MfaThrottle: slows down the guessing of one-time codes in API calls, by whoever has a key of the user;
// those at sign-in are slowed down by SigninThrottle, so that neither holds up the other. Three codes of a
// million are right at any moment, so whoever holds a stolen key or password must not try many. After
// kFreeFailures wrong codes in a row a device answers no more codes for a second, and for twice as long after
// each further one, up to a quarter of an hour; a right code ends it. While it waits, right codes are refused
// like wrong ones.
//
// Kept in memory: a restart forgets it. Measured by a steady clock. Bounded: the device that
// failed least, and longest ago, is forgotten first; only who signs requests for a device can enter it.
// Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "base/steady_clock.h"
#include "pipeline/bounded_table.h"

namespace wardkeep::pipeline {

class MfaThrottle {
 public:
  static constexpr int kFreeFailures = 5;
  static constexpr std::chrono::seconds kLongestWait{900};

  explicit MfaThrottle(std::size_t capacity = 10'000, const base::SteadyClock& clock = base::TheSteadyClock())
      : clock_(clock), entries_(capacity) {}

  // `device` names one device of one account.
  bool MustWait(std::string_view device);
  void Failed(std::string_view device);
  void Succeeded(std::string_view device);

 private:
  struct Entry {
    int failures = 0;
    base::Moment open_again;
  };

  const base::SteadyClock& clock_;
  std::mutex mutex_;
  BoundedTable<Entry> entries_;  // guarded by mutex_
};

}  // namespace wardkeep::pipeline
