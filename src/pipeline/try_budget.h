// A budget of tries that fills itself: so many at once, and one more each so often. Its state is one moment,
// so that a table can hold very many of them. Not thread-safe.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "base/steady_clock.h"

namespace wardkeep::pipeline {

struct BudgetSize {
  uint32_t at_once = 1;
  std::chrono::seconds refill{1};  // until one more
};

class TryBudget {
 public:
  // Zero when a try may be taken now.
  std::chrono::microseconds WaitFor(const BudgetSize& size, base::Moment now) const {
    const base::Moment earliest = full_ - (size.at_once - 1) * size.refill;
    return earliest <= now ? std::chrono::microseconds(0) : earliest - now;
  }
  void Take(const BudgetSize& size, base::Moment now) { full_ = std::max(full_, now) + size.refill; }
  void GiveBack(const BudgetSize& size) { full_ -= size.refill; }
  // How many tries are taken and not refilled yet.
  uint32_t Taken(const BudgetSize& size, base::Moment now) const {
    if (full_ <= now) return 0;
    return static_cast<uint32_t>((full_ - now + size.refill - std::chrono::microseconds(1)) / size.refill);
  }
  base::Moment full_again() const { return full_; }

 private:
  base::Moment full_;  // when nothing is taken any more
};

}  // namespace wardkeep::pipeline
