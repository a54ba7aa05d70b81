#include "pipeline/mfa_throttle.h"

#include <algorithm>

namespace wardkeep::pipeline {
namespace {

// How long a device is wanted in the table for each failure: a day at most.
constexpr std::chrono::minutes kWantedForEachFailure{10};
constexpr int kMostWanted = 144;

}  // namespace

bool MfaThrottle::MustWait(std::string_view device) {
  const std::lock_guard lock(mutex_);
  const Entry* found = entries_.Find(std::string(device));
  return found != nullptr && clock_.Now() < found->open_again;
}

void MfaThrottle::Failed(std::string_view device) {
  const std::string key(device);
  const base::Moment now = clock_.Now();
  const std::lock_guard lock(mutex_);
  Entry& entry = entries_.At(key);
  ++entry.failures;
  if (entry.failures >= kFreeFailures) {
    const int doublings = std::min(entry.failures - kFreeFailures, 10);
    entry.open_again = now + std::min(kLongestWait, std::chrono::seconds(1 << doublings));
  }
  entries_.Keep(key, now + kWantedForEachFailure * std::min(entry.failures, kMostWanted));
}

void MfaThrottle::Succeeded(std::string_view device) {
  const std::lock_guard lock(mutex_);
  entries_.Erase(std::string(device));
}

}  // namespace wardkeep::pipeline
