// Time is injected: code that needs "now" takes a Clock, tests use ManualClock and never sleep.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace wardkeep::base {

// A moment in UTC with microsecond resolution.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;

inline int64_t ToUnixSeconds(Instant t) {
  return std::chrono::floor<std::chrono::seconds>(t).time_since_epoch().count();
}
inline Instant FromUnixSeconds(int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant Now() const = 0;  // thread-safe
};

class SystemClock final : public Clock {
 public:
  Instant Now() const override {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  }
};

// A clock that moves only when told to. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : micros_(start.time_since_epoch().count()) {}
  Instant Now() const override { return Instant(std::chrono::microseconds(micros_.load())); }
  void Advance(std::chrono::microseconds by) { micros_ += by.count(); }

 private:
  std::atomic<int64_t> micros_;
};

}  // namespace wardkeep::base
