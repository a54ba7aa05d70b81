#include "server/metrics.h"

#include <algorithm>

namespace wardkeep::server {
namespace {

constexpr std::string_view kOther = "other";

double Seconds(std::chrono::nanoseconds elapsed) {
  return std::chrono::duration<double>(elapsed).count();
}

}  // namespace

void RequestSeries::Record(int status, std::chrono::nanoseconds elapsed) {
  const auto place = std::find(kCountedStatuses.begin(), kCountedStatuses.end() - 1, status);
  by_status_[static_cast<std::size_t>(place - kCountedStatuses.begin())].fetch_add(1,
                                                                                   std::memory_order_relaxed);
  latency_.Observe(Seconds(elapsed));
}

RequestSeries& Metrics::Requests(std::string_view service, std::string_view operation) {
  const std::pair<std::string_view, std::string_view> key(service, operation);
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = requests_.find(key); found != requests_.end()) return *found->second;
  }
  const std::lock_guard lock(mutex_);
  const bool full = requests_.size() >= kMostSeries;
  auto& series = requests_[{std::string(full ? kOther : service), std::string(full ? kOther : operation)}];
  if (!series) series = std::make_unique<RequestSeries>();
  return *series;
}

void Metrics::CountAuthenticationFailure(std::string_view code) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = authentication_failures_.find(code); found != authentication_failures_.end()) {
      found->second->fetch_add(1, std::memory_order_relaxed);
      return;
    }
  }
  const std::lock_guard lock(mutex_);
  const bool full = authentication_failures_.size() >= kMostSeries;
  auto& counter = authentication_failures_[std::string(full ? kOther : code)];
  if (!counter) counter = std::make_unique<std::atomic<uint64_t>>(0);
  counter->fetch_add(1, std::memory_order_relaxed);
}

void Metrics::CountCommit(std::size_t writes, std::chrono::nanoseconds elapsed) {
  commit_sizes_.Observe(static_cast<double>(writes));
  commit_latency_.Observe(Seconds(elapsed));
}

void Metrics::SetListenerSource(std::function<net::ListenerStats()> source) {
  const std::lock_guard lock(mutex_);
  listener_source_ = std::move(source);
}

}  // namespace wardkeep::server
