#include "pipeline/target_throttle.h"

#include <algorithm>

namespace wardkeep::pipeline {
namespace {

using base::Moment;
using std::chrono::microseconds;
using std::chrono::seconds;

// 288 more a day. An address is new again after a day, so that a crowd of up to 288 addresses never takes
// more first tries than come back.
constexpr seconds kStrangerRefill{300};
constexpr seconds kCallerRefill{900};
constexpr uint32_t kFirstTries = 2048;
constexpr uint32_t kFurtherTries = 512;
constexpr uint32_t kLateTries = 64;

constexpr uint32_t kNearIpv4 = 128;
constexpr uint32_t kNearIpv6 = 320;
constexpr uint32_t kWide = 512;

// How long a name is wanted in the table for each try that was made at it.
constexpr std::chrono::minutes kWantedForEachTry{10};
constexpr uint32_t kMostWanted = 144;  // a day
constexpr std::size_t kPruneAbove = 4096;

bool IsIpv6(const SourceNetworks& from) {
  return from.address.starts_with("6:");
}

}  // namespace

BudgetSize TargetThrottle::SizeOf(Budget budget, std::size_t tier) {
  const bool late = tier + 1 == kTiers;
  if (budget == Budget::kStranger) {
    const uint32_t early = tier == 0 ? kFirstTries : kFurtherTries;
    return {.at_once = late ? kLateTries : early, .refill = kStrangerRefill};
  }
  const uint32_t early = tier == 0 ? 64 : 32;
  return {.at_once = late ? 16 : early, .refill = kCallerRefill};
}

BudgetSize TargetThrottle::NearSize(const SourceNetworks& from) {
  return {.at_once = IsIpv6(from) ? kNearIpv6 : kNearIpv4, .refill = kStrangerRefill};
}

BudgetSize TargetThrottle::WideSize(const SourceNetworks&) {
  return {.at_once = kWide, .refill = kStrangerRefill};
}

TryBudget& TargetThrottle::BudgetOf(Target& target, const Taken& taken) {
  return target.budgets[static_cast<std::size_t>(taken.budget)][taken.tier];
}

std::size_t TargetThrottle::TierOf(const std::string& target, const SourceNetworks& from, Moment now) {
  const Target* found = targets_.Find(target);
  if (found == nullptr) return 0;
  const auto address = found->addresses.find(from.address);
  if (address == found->addresses.end()) return 0;
  return std::min<std::size_t>(address->second.count(kAddressPace, now), kTiers - 1);
}

microseconds TargetThrottle::WaitFor(const Taken& wanted, Moment now) {
  Target* found = targets_.Find(wanted.target);
  if (found == nullptr) return microseconds(0);
  microseconds wait = WaitForBudget(wanted, now);
  const auto address = found->addresses.find(wanted.from.address);
  if (address != found->addresses.end()) wait = std::max(wait, address->second.WaitFor(kAddressPace, now));
  if (wanted.tier != 0 || wanted.budget != Budget::kStranger) return wait;
  const auto network = [&](const std::string& text, const BudgetSize& size) {
    const auto at = found->networks.find(text);
    return at == found->networks.end() ? microseconds(0) : at->second.WaitFor(size, now);
  };
  return std::max({wait, network(wanted.from.near, NearSize(wanted.from)),
                   network(wanted.from.wide, WideSize(wanted.from))});
}

microseconds TargetThrottle::WaitForBudget(const Taken& wanted, Moment now) {
  Target* found = targets_.Find(wanted.target);
  if (found == nullptr) return microseconds(0);
  return BudgetOf(*found, wanted).WaitFor(SizeOf(wanted.budget, wanted.tier), now);
}

void TargetThrottle::Take(const Taken& wanted, Moment now) {
  Target& target = targets_.At(wanted.target);
  Prune(target, now);
  target.addresses[wanted.from.address].Add(kAddressPace, now);
  if (wanted.tier == 0 && wanted.budget == Budget::kStranger) {
    target.networks[wanted.from.near].Take(NearSize(wanted.from), now);
    target.networks[wanted.from.wide].Take(WideSize(wanted.from), now);
  }
  TakeBudget(wanted, now);
}

void TargetThrottle::TakeBudget(const Taken& wanted, Moment now) {
  Target& target = targets_.At(wanted.target);
  BudgetOf(target, wanted).Take(SizeOf(wanted.budget, wanted.tier), now);
  ++target.tries;
  targets_.Keep(wanted.target, now + kWantedForEachTry * std::min(target.tries, kMostWanted),
                1 + target.addresses.size() + target.networks.size());
}

void TargetThrottle::GiveBack(const Taken& taken) {
  Target* target = targets_.Find(taken.target);
  if (target == nullptr) return;
  GiveBackBudget(taken);
  const auto address = target->addresses.find(taken.from.address);
  if (address != target->addresses.end()) address->second.GiveBack(kAddressPace);
  if (taken.tier != 0 || taken.budget != Budget::kStranger) return;
  const auto network = [&](const std::string& text, const BudgetSize& size) {
    const auto at = target->networks.find(text);
    if (at != target->networks.end()) at->second.GiveBack(size);
  };
  network(taken.from.near, NearSize(taken.from));
  network(taken.from.wide, WideSize(taken.from));
}

void TargetThrottle::GiveBackBudget(const Taken& taken) {
  Target* target = targets_.Find(taken.target);
  if (target == nullptr) return;
  BudgetOf(*target, taken).GiveBack(SizeOf(taken.budget, taken.tier));
  if (target->tries > 0) --target->tries;
}

void TargetThrottle::ForgetAddress(const Taken& taken) {
  Target* target = targets_.Find(taken.target);
  if (target != nullptr) target->addresses.erase(taken.from.address);
}

// A name that is tried for months must not keep the addresses of last month.
void TargetThrottle::Prune(Target& target, Moment now) {
  if (target.addresses.size() + target.networks.size() < kPruneAbove) return;
  std::erase_if(target.addresses,
                [&](const auto& address) { return address.second.count(kAddressPace, now) == 0; });
  std::erase_if(target.networks, [&](const auto& network) { return network.second.full_again() <= now; });
}

}  // namespace wardkeep::pipeline
