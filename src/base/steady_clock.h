// The time by which waits are measured: how long to wait until the next attempt, how old a cached answer is,
// how long a challenge is good. It never goes back and does not know what time it is; when an operator sets
// the clock of the machine, nobody waits an hour longer. A Moment cannot be mixed up with an Instant
// (base/clock.h), which is what people and documents mean by a time.
#pragma once

#include <atomic>
#include <chrono>

namespace wardkeep::base {

using Moment = std::chrono::time_point<std::chrono::steady_clock, std::chrono::microseconds>;

class SteadyClock {
 public:
  virtual ~SteadyClock() = default;
  virtual Moment Now() const = 0;  // thread-safe
};

class SystemSteadyClock final : public SteadyClock {
 public:
  Moment Now() const override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::steady_clock::now());
  }
};

// The one of this process, for whoever is given no other.
inline const SteadyClock& TheSteadyClock() {
  static const SystemSteadyClock clock;
  return clock;
}

// A clock that moves only when told to. Thread-safe.
class ManualSteadyClock final : public SteadyClock {
 public:
  Moment Now() const override { return Moment(std::chrono::microseconds(micros_.load())); }
  void Advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  // A day after its beginning, so that a test can look back.
  std::atomic<int64_t> micros_{std::chrono::microseconds(std::chrono::hours(24)).count()};
};

}  // namespace wardkeep::base
