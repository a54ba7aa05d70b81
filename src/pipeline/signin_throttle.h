// SigninThrottle: slows the guessing of passwords down, at sign-in and in ChangePassword, in a way that a
// stranger cannot turn against the owner.
//
// An attempt comes from a place that the owner has signed in from before (an address or a device), or from
// one that is new. Each known place has a pace of its own, which nobody elsewhere can slow: five failures are
// free, then it waits a second, twice as long after each further failure, up to a quarter of an hour, and
// begins anew after an hour of quiet. All others share what target_throttle.h gives to each name and
// address_throttle.h to each address. A success forgets what its own place has failed, never what others
// have. Nothing is ever locked for good.
//
// An attempt counts as failed from its beginning, so that many at once gain nothing. Names need not exist:
// what is said about one says nothing about whether it does, nor which account an alias belongs to, for an
// alias and the id of its account count apart. Kept in memory, bounded. Measured by a steady clock.
// Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "base/steady_clock.h"
#include "pipeline/address_throttle.h"
#include "pipeline/target_throttle.h"

namespace wardkeep::pipeline {

class SigninThrottle {
 public:
  static constexpr FailurePace kPlacePace = {
      .free = 5, .longest = std::chrono::seconds(900), .quiet = std::chrono::hours(1)};
  static constexpr std::size_t kMostEntries = 100'000;  // of addresses, and of owners with known places

  struct Attempt {
    std::string_view account;  // id or alias as it was typed
    std::string_view user;     // empty: the root user
    std::string_view address;  // of the client
    std::string_view owner;    // id of the owner over all accounts, when the place is known; empty otherwise
    std::string_view place;    // names the known place among the owner's
    bool is_signed = false;    // by a key of the user
  };

  // An attempt that has begun. Failed unless Succeeded or Refund is called with it, once.
  struct Ticket {
    std::chrono::seconds wait{0};  // not zero: it may not be made, and there is nothing to give back
    uint32_t rank = 0;             // the smaller, the sooner its turn among strangers
    bool known = false;
    std::string owner;
    std::string place;
    TargetThrottle::Taken taken;
    bool took_code = false;
  };

  explicit SigninThrottle(const base::SteadyClock& clock = base::TheSteadyClock()) : clock_(clock) {}

  Ticket Begin(const Attempt& attempt);
  // Before a one-time code or an answer of a passkey is looked at, after the password was right. Zero: it may
  // be. Known places have their own pace already.
  std::chrono::seconds BeginCode(Ticket& ticket);
  // Forgets what this place has failed at this name.
  void Succeeded(const Ticket& ticket);
  // The attempt was not decided.
  void Refund(const Ticket& ticket);
  // All that was tried at this name, as an administrator's new password ends the guessing of the old one.
  // `owner` as in Attempt; `account` is its id or alias.
  void Forget(std::string_view account, std::string_view user, std::string_view owner);

  // In all tables, for tests.
  std::size_t entries() const;

 private:
  using Places = std::map<std::string, Failures>;  // few: see entity/signin_place.h

  const base::SteadyClock& clock_;
  mutable std::mutex mutex_;
  // Guarded by mutex_:
  TargetThrottle targets_;
  AddressThrottle addresses_{kMostEntries};
  BoundedTable<Places> owners_{kMostEntries};
};

}  // namespace wardkeep::pipeline
