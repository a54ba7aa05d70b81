// How the time until the next attempt grows with failures: some are free, then one second, doubled by each
// further failure up to the longest wait. Pure functions and values.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "base/steady_clock.h"

namespace wardkeep::pipeline {

struct FailurePace {
  uint32_t free;
  std::chrono::seconds longest;
  std::chrono::seconds quiet;  // after so long without a failure nothing is left
};

// An attempt is a failure from its beginning, until it is given back.
class Failures {
 public:
  uint32_t count(const FailurePace& pace, base::Moment now) const {
    return now - last_ > pace.quiet ? 0 : count_;
  }
  std::chrono::microseconds WaitFor(const FailurePace& pace, base::Moment now) const {
    if (count(pace, now) == 0 || blocked_until_ <= now) return std::chrono::microseconds(0);
    return blocked_until_ - now;
  }
  void Add(const FailurePace& pace, base::Moment now) {
    count_ = count(pace, now) + 1;
    last_ = now;
    Block(pace);
  }
  void GiveBack(const FailurePace& pace) {
    if (count_ == 0) return;
    --count_;
    Block(pace);
  }
  base::Moment last() const { return last_; }

 private:
  void Block(const FailurePace& pace) {
    std::chrono::seconds delay{0};
    if (count_ >= pace.free) {
      const uint32_t doublings = std::min<uint32_t>(count_ - pace.free, 20);
      delay = std::min(std::chrono::seconds(int64_t{1} << doublings), pace.longest);
    }
    blocked_until_ = last_ + delay;
  }

  uint32_t count_ = 0;
  base::Moment last_;
  base::Moment blocked_until_;
};

}  // namespace wardkeep::pipeline
