// TargetThrottle: how fast strangers may try passwords of one name, however many they are and wherever they
// come from, so that a crowd gets a stated number of guesses and yet cannot keep a newcomer out.
//
// Two limits hold at once. Each address has its own pace on each name: five failures are free, then it waits
// twice as long after each further one, up to a quarter of an hour, and a day until it is new again. And all
// addresses together have budgets on each name, one for each try of an address: the first tries of all
// addresses come from one budget, the second ones from the next, and those after the fifth from the last. So
// a crowd that has spent its first tries has left those of addresses that were not seen before; it takes the
// room of newcomers only as long as it brings new addresses, and no near or wide network may bring more than
// a part of them.
//
// Names need not exist. The table is bounded; names that were tried least, and longest ago, are forgotten
// first. Not thread-safe.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "base/steady_clock.h"
#include "pipeline/bounded_table.h"
#include "pipeline/failure_pace.h"
#include "pipeline/source_networks.h"
#include "pipeline/try_budget.h"

namespace wardkeep::pipeline {

class TargetThrottle {
 public:
  static constexpr FailurePace kAddressPace = {
      .free = 5, .longest = std::chrono::seconds(900), .quiet = std::chrono::hours(24)};
  static constexpr std::size_t kTiers = kAddressPace.free + 1;

  // Whose budgets a try is taken from. Those who know something already that strangers do not have budgets of
  // their own, which no stranger can spend; theirs are smaller.
  enum class Budget : uint8_t {
    kStranger,  // knows the name
    kSigned,    // has signed the request with a key of the user (ChangePassword)
    kCode,      // has the password and tries one-time codes
  };
  static constexpr std::size_t kBudgets = 3;

  // What a try has taken, to give it back.
  struct Taken {
    std::string target;
    SourceNetworks from;
    Budget budget = Budget::kStranger;
    std::size_t tier = 0;
  };

  explicit TargetThrottle(std::size_t capacity = kMostEntries) : targets_(capacity) {}

  // Zero: the try may be made; Take follows.
  std::chrono::microseconds WaitFor(const Taken& wanted, base::Moment now);
  // Which budget the next try of this address comes from: the number of its failures, at most kTiers - 1.
  std::size_t TierOf(const std::string& target, const SourceNetworks& from, base::Moment now);
  // Counts as a failure from now on.
  void Take(const Taken& wanted, base::Moment now);
  void GiveBack(const Taken& taken);
  // For a try beside one that was taken already: only its budget, not the pace of its address.
  std::chrono::microseconds WaitForBudget(const Taken& wanted, base::Moment now);
  void TakeBudget(const Taken& wanted, base::Moment now);
  void GiveBackBudget(const Taken& taken);
  // What the address has failed at this name.
  void ForgetAddress(const Taken& taken);
  // All that was tried at this name.
  void Forget(const std::string& target) { targets_.Erase(target); }

  std::size_t entries() const { return targets_.weight(); }

  // Sizes of the budgets, by tier; what is said in docs/sign-in.md follows from them.
  static BudgetSize SizeOf(Budget budget, std::size_t tier);
  // How many new addresses of one network are let in.
  static BudgetSize NearSize(const SourceNetworks& from);
  static BudgetSize WideSize(const SourceNetworks& from);

  static constexpr std::size_t kMostEntries = 200'000;

 private:
  struct Target {
    std::array<std::array<TryBudget, kTiers>, kBudgets> budgets{};
    std::unordered_map<std::string, Failures> addresses;
    std::unordered_map<std::string, TryBudget> networks;  // near and wide ones, for first tries of strangers
    uint32_t tries = 0;
  };
  static TryBudget& BudgetOf(Target& target, const Taken& taken);
  void Prune(Target& target, base::Moment now);

  BoundedTable<Target> targets_;
};

}  // namespace wardkeep::pipeline
