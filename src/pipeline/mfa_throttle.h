// MfaThrottle: slows down the guessing of one-time codes. Three codes of a million are right at any moment,
// so whoever holds a stolen key or password must not try many. After kFreeFailures wrong codes in a row a
// device answers no more codes for a second, and for twice as long after each further one, up to a quarter of
// an hour; a right code ends it. While it waits, right codes are refused like wrong ones.
//
// Kept in memory: a restart forgets it. Bounded: the device that failed longest ago is forgotten first.
// Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace wardkeep::pipeline {

class MfaThrottle {
 public:
  static constexpr int kFreeFailures = 5;
  static constexpr std::chrono::seconds kLongestWait{900};

  explicit MfaThrottle(std::size_t capacity = 10'000) : capacity_(capacity) {}

  // `device` names one device of one account.
  bool MustWait(std::string_view device, base::Instant now) const;
  void Failed(std::string_view device, base::Instant now);
  void Succeeded(std::string_view device);

 private:
  struct Entry {
    int failures = 0;
    base::Instant last_failure;
    base::Instant open_again;
  };

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::map<std::string, Entry, std::less<>> entries_;  // guarded by mutex_
};

}  // namespace wardkeep::pipeline
