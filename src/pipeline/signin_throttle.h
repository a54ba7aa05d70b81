// SigninThrottle: slows the guessing of passwords down, at sign-in and in ChangePassword. Each failed attempt
// doubles the time until the next one is looked at, for the name that was tried and for the address it came
// from; after a success, or an hour of quiet, nothing is left of it. Nothing is ever locked for good: every
// delay has a bound, and the root user is held up per address, so that nobody can keep its owner out from
// elsewhere.
//
// An attempt counts as failed from its beginning, so that many at once gain nothing. Names need not exist:
// what is said about one says nothing about whether it does. Kept in memory, bounded. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace wardkeep::pipeline {

class SigninThrottle {
 public:
  enum class Kind : uint8_t { kUser, kRootFromAddress, kRoot, kAddress };
  struct Key {
    Kind kind;
    std::string text;
  };
  static constexpr std::size_t kMostEntries = 100'000;

  // Zero: the attempt may be made, and counts as failed until Succeeded or Refund. Otherwise the time to
  // wait.
  std::chrono::seconds Begin(const std::vector<Key>& keys, base::Instant now);
  // Forgets the failures of the names; those of the address stay, less this attempt.
  void Succeeded(const std::vector<Key>& keys);
  // The attempt was not decided.
  void Refund(const std::vector<Key>& keys);

  std::size_t entries() const;

 private:
  struct Entry {
    uint32_t failures = 0;
    base::Instant blocked_until;
    base::Instant last;
  };
  void DropOld(base::Instant now);

  mutable std::mutex mutex_;
  std::map<std::pair<Kind, std::string>, Entry> entries_;  // protected by mutex_
};

// The keys of an attempt on a user, or on the root user when `user` is empty. `account` is what was typed.
std::vector<SigninThrottle::Key> ThrottleKeys(std::string_view account, std::string_view user,
                                              std::string_view address);

}  // namespace wardkeep::pipeline
