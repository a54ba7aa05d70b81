// What the server counts about itself, for GET /metrics. The hot path is a few atomic additions: code that
// handles requests keeps the RequestSeries of its operation, or asks for it (one shared lock).
//
//   RequestSeries& series = metrics.Requests("iam", "CreateUser");
//   series.Record(200, elapsed);
//
// Thread-safety: everything, from any thread. Ownership: series live as long as the Metrics object.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include "net/listener.h"

namespace wardkeep::server {

// Counts values into buckets; the last bucket takes what is beyond the last bound.
template <std::size_t kBounds>
class Histogram {
 public:
  explicit Histogram(const std::array<double, kBounds>& bounds) : bounds_(bounds) {}

  void Observe(double value) {
    std::size_t bucket = 0;
    while (bucket < kBounds && value > bounds_[bucket]) ++bucket;
    counts_[bucket].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
  }
  const std::array<double, kBounds>& bounds() const { return bounds_; }
  uint64_t count(std::size_t bucket) const { return counts_[bucket].load(std::memory_order_relaxed); }
  double sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
  const std::array<double, kBounds>& bounds_;
  std::array<std::atomic<uint64_t>, kBounds + 1> counts_{};
  std::atomic<double> sum_{0};
};

inline constexpr std::array<double, 13> kLatencyBounds = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5};  // seconds
inline constexpr std::array<double, 8> kBatchBounds = {1, 2, 4, 8, 16, 32, 64, 128};     // writes per commit
// Statuses that are counted apart; the last entry stands for all others.
inline constexpr std::array<int, 14> kCountedStatuses = {200, 204, 302, 400, 401, 403, 404,
                                                         405, 409, 413, 429, 500, 503, 0};

class RequestSeries {
 public:
  void Record(int status, std::chrono::nanoseconds elapsed);

  uint64_t count(std::size_t index) const { return by_status_[index].load(std::memory_order_relaxed); }
  const Histogram<kLatencyBounds.size()>& latency() const { return latency_; }

 private:
  std::array<std::atomic<uint64_t>, kCountedStatuses.size()> by_status_{};
  Histogram<kLatencyBounds.size()> latency_{kLatencyBounds};
};

class Metrics {
 public:
  // Names must come from the operation table, never from a client. As a second line of defence names beyond
  // kMostSeries share the series `other`.
  RequestSeries& Requests(std::string_view service, std::string_view operation);
  // `code` is the error code of the refusal, under the same rule.
  void CountAuthenticationFailure(std::string_view code);
  void CountCommit(std::size_t writes, std::chrono::nanoseconds elapsed);
  void CountDamagedAccount() { damaged_accounts_.fetch_add(1, std::memory_order_relaxed); }
  void CountException() { exceptions_.fetch_add(1, std::memory_order_relaxed); }

  // Where connection figures are taken from when the text is made; an empty function takes none.
  void SetListenerSource(std::function<net::ListenerStats()> source);

  // The Prometheus text exposition of everything.
  std::string Render() const;

 private:
  static constexpr std::size_t kMostSeries = 2000;

  // Finds a pair of strings by a pair of views.
  struct ByText {
    using is_transparent = void;
    using View = std::pair<std::string_view, std::string_view>;
    bool operator()(const auto& a, const auto& b) const {
      return View(a.first, a.second) < View(b.first, b.second);
    }
  };

  friend class MetricsText;

  mutable std::shared_mutex mutex_;
  // Guarded by mutex_; the objects pointed to are not.
  std::map<std::pair<std::string, std::string>, std::unique_ptr<RequestSeries>, ByText> requests_;
  std::map<std::string, std::unique_ptr<std::atomic<uint64_t>>, std::less<>> authentication_failures_;
  std::function<net::ListenerStats()> listener_source_;

  Histogram<kBatchBounds.size()> commit_sizes_{kBatchBounds};
  Histogram<kLatencyBounds.size()> commit_latency_{kLatencyBounds};
  std::atomic<uint64_t> exceptions_{0};
  std::atomic<uint64_t> damaged_accounts_{0};
};

}  // namespace wardkeep::server
