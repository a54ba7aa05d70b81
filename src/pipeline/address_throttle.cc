#include "pipeline/address_throttle.h"

#include <algorithm>

namespace wardkeep::pipeline {
namespace {

using base::Moment;
using std::chrono::microseconds;

// Six attempts a minute are nothing that counts against anybody.
constexpr BudgetSize kWork = {.at_once = 10'000, .refill = std::chrono::seconds(10)};
constexpr std::chrono::minutes kWantedForEachFailure{1};
constexpr uint32_t kNearPart = 8;
constexpr uint32_t kWidePart = 64;

}  // namespace

microseconds AddressThrottle::WaitFor(const SourceNetworks& from, Moment now) {
  const Network* found = networks_.Find(from.address);
  return found == nullptr ? microseconds(0) : found->failures.WaitFor(kPace, now);
}

void AddressThrottle::Take(const SourceNetworks& from, Moment now) {
  Work(from.address, now, true);
  Work(from.near, now, false);
  Work(from.wide, now, false);
}

void AddressThrottle::Work(const std::string& network, Moment now, bool fails) {
  Network& at = networks_.At(network);
  if (at.work.Taken(kWork, now) < kWork.at_once) at.work.Take(kWork, now);
  Moment until = at.work.full_again();
  if (fails) {
    at.failures.Add(kPace, now);
    const uint32_t failures = std::min<uint32_t>(at.failures.count(kPace, now), 60);
    until = std::max(until, now + kWantedForEachFailure * failures);
  }
  networks_.Keep(network, until);
}

void AddressThrottle::GiveBack(const SourceNetworks& from) {
  Network* found = networks_.Find(from.address);
  if (found != nullptr) found->failures.GiveBack(kPace);
}

uint32_t AddressThrottle::RankOf(const SourceNetworks& from, Moment now) {
  const auto work = [&](const std::string& network) {
    const Network* found = networks_.Find(network);
    return found == nullptr ? 0 : found->work.Taken(kWork, now);
  };
  return work(from.address) + work(from.near) / kNearPart + work(from.wide) / kWidePart;
}

}  // namespace wardkeep::pipeline
