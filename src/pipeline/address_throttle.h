// AddressThrottle: what an address has failed at over all names, and how much work it and its networks have
// asked for lately. Fifty failures are free, because many people may share an address; then it waits, up to
// five minutes. The work decides only who comes first when there is more of it than can be done: an address
// that asked for nothing lately comes before one that did.
//
// Bounded: addresses that failed least, and longest ago, are forgotten first. Not thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/steady_clock.h"
#include "pipeline/bounded_table.h"
#include "pipeline/failure_pace.h"
#include "pipeline/source_networks.h"
#include "pipeline/try_budget.h"

namespace wardkeep::pipeline {

class AddressThrottle {
 public:
  static constexpr FailurePace kPace = {
      .free = 50, .longest = std::chrono::seconds(300), .quiet = std::chrono::hours(1)};

  explicit AddressThrottle(std::size_t capacity) : networks_(capacity) {}

  // Zero: an attempt may be made; Take follows.
  std::chrono::microseconds WaitFor(const SourceNetworks& from, base::Moment now);
  // Counts as a failure from now on.
  void Take(const SourceNetworks& from, base::Moment now);
  void GiveBack(const SourceNetworks& from);
  // The work of the address lately, with a part of that of its networks; 0 for a newcomer.
  uint32_t RankOf(const SourceNetworks& from, base::Moment now);

  std::size_t entries() const { return networks_.size(); }

 private:
  struct Network {
    Failures failures;  // of addresses only
    TryBudget work;
  };
  void Work(const std::string& network, base::Moment now, bool fails);

  BoundedTable<Network> networks_;
};

}  // namespace wardkeep::pipeline
