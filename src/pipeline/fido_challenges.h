// FidoChallenges: the challenges that were given out and not answered yet. A challenge is for one person and
// one kind of ceremony, works once, and for five minutes. Kept in memory: after a restart one asks for
// another. Bounded: an owner's oldest gives way to the ninth, the oldest of the account that has most to one
// too many. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <string>
#include <string_view>

#include "base/rng.h"
#include "base/steady_clock.h"
#include "fido/client_data.h"

namespace wardkeep::pipeline {

class FidoChallenges {
 public:
  static constexpr std::chrono::seconds kLife{300};
  static constexpr std::size_t kPerOwner = 8;

  explicit FidoChallenges(std::size_t capacity = 10'000,
                          const base::SteadyClock& clock = base::TheSteadyClock())
      : capacity_(capacity), clock_(clock) {}

  // 32 random bytes. `owner` names a user or root over all accounts (MfaDeviceKey of its owner id).
  std::string Give(std::string_view owner, fido::Ceremony ceremony, base::Rng& rng);
  // True exactly once for a challenge that was given to this owner for this ceremony and has not expired.
  [[nodiscard]] bool Take(std::string_view challenge, std::string_view owner, fido::Ceremony ceremony);

 private:
  struct Entry {
    std::string challenge;
    std::string owner;
    fido::Ceremony ceremony;
    base::Moment expires;
  };

  const std::size_t capacity_;
  const base::SteadyClock& clock_;
  std::mutex mutex_;
  std::list<Entry> entries_;  // in the order they were given; guarded by mutex_
};

}  // namespace wardkeep::pipeline
