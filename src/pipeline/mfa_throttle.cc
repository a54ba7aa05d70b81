#include "pipeline/mfa_throttle.h"

#include <algorithm>

namespace wardkeep::pipeline {

bool MfaThrottle::MustWait(std::string_view device, base::Instant now) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(device);
  return found != entries_.end() && now < found->second.open_again;
}

void MfaThrottle::Failed(std::string_view device, base::Instant now) {
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= capacity_ && !entries_.contains(device)) {
    entries_.erase(std::min_element(entries_.begin(), entries_.end(), [](const auto& a, const auto& b) {
      return a.second.last_failure < b.second.last_failure;
    }));
  }
  Entry& entry = entries_[std::string(device)];
  entry.last_failure = now;
  ++entry.failures;
  if (entry.failures < kFreeFailures) return;
  const int doublings = std::min(entry.failures - kFreeFailures, 10);
  entry.open_again = now + std::min(kLongestWait, std::chrono::seconds(1 << doublings));
}

void MfaThrottle::Succeeded(std::string_view device) {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(device);
  if (found != entries_.end()) entries_.erase(found);
}

}  // namespace wardkeep::pipeline
