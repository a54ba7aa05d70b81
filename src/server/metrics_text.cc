// Metrics::Render(): the counters as Prometheus families. The only file that knows prometheus-cpp, and only
// its data model and serializer: its registry costs a lock and a hash of labels per count.
#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "server/metrics.h"

namespace wardkeep::server {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

MetricFamily Family(const char* name, const char* help, MetricType type) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  return family;
}

void AddValue(MetricFamily& family, Labels labels, double value) {
  ClientMetric metric;
  metric.label = std::move(labels);
  if (family.type == MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
  family.metric.push_back(std::move(metric));
}

MetricFamily Single(const char* name, const char* help, MetricType type, uint64_t value) {
  MetricFamily family = Family(name, help, type);
  AddValue(family, {}, static_cast<double>(value));
  return family;
}

template <std::size_t kBounds>
void AddHistogram(MetricFamily& family, Labels labels, const Histogram<kBounds>& histogram) {
  ClientMetric metric;
  metric.label = std::move(labels);
  uint64_t total = 0;
  for (std::size_t i = 0; i <= kBounds; ++i) {
    total += histogram.count(i);
    if (i < kBounds) metric.histogram.bucket.push_back({total, histogram.bounds()[i]});
  }
  metric.histogram.sample_count = total;
  metric.histogram.sample_sum = histogram.sum();
  family.metric.push_back(std::move(metric));
}

// Resident memory from /proc/self/statm, whose second number counts pages of 4 KiB.
uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t total = 0;
  uint64_t resident = 0;
  statm >> total >> resident;
  return resident * 4096;
}

void AddListener(std::vector<MetricFamily>& out, const net::ListenerStats& stats) {
  const auto counter = MetricType::Counter;
  out.push_back(Single("wardkeep_connections", "Open connections", MetricType::Gauge, stats.connections));
  out.push_back(
      Single("wardkeep_requests_in_flight", "Requests at work", MetricType::Gauge, stats.in_flight));
  out.push_back(
      Single("wardkeep_connections_accepted_total", "Connections accepted", counter, stats.accepted));
  out.push_back(Single("wardkeep_connections_refused_total", "Connections beyond the limit", counter,
                       stats.refused_connections));
  out.push_back(Single("wardkeep_connections_cut_total", "Connections that ran out of time", counter,
                       stats.cut_connections));
  out.push_back(Single("wardkeep_requests_shed_total", "Requests beyond the in-flight limit", counter,
                       stats.shed_requests));
  out.push_back(Single("wardkeep_requests_broken_total", "Requests that were not HTTP or too large", counter,
                       stats.broken_requests));
}

}  // namespace

// Reads the private members of Metrics into families.
class MetricsText {
 public:
  static std::vector<MetricFamily> Collect(const Metrics& metrics) {
    std::vector<MetricFamily> out;
    const std::shared_lock lock(metrics.mutex_);
    AddRequests(metrics, out);
    MetricFamily failures = Family("wardkeep_authentication_failures_total",
                                   "Requests refused by authentication", MetricType::Counter);
    for (const auto& [code, count] : metrics.authentication_failures_) {
      AddValue(failures, {{"code", code}}, static_cast<double>(count->load()));
    }
    out.push_back(std::move(failures));
    MetricFamily sizes =
        Family("wardkeep_commit_writes", "Writes made durable by one commit", MetricType::Histogram);
    AddHistogram(sizes, {}, metrics.commit_sizes_);
    out.push_back(std::move(sizes));
    MetricFamily latency = Family("wardkeep_commit_seconds", "Time of one commit", MetricType::Histogram);
    AddHistogram(latency, {}, metrics.commit_latency_);
    out.push_back(std::move(latency));
    const net::ListenerStats stats =
        metrics.listener_source_ ? metrics.listener_source_() : net::ListenerStats{};
    out.push_back(Single("wardkeep_exceptions_total", "Unexpected faults inside", MetricType::Counter,
                         metrics.exceptions_.load() + stats.handler_exceptions));
    out.push_back(Single("wardkeep_damaged_accounts", "Accounts refused because their data is damaged",
                         MetricType::Gauge, metrics.damaged_accounts_.load()));
    if (metrics.listener_source_) AddListener(out, stats);
    out.push_back(
        Single("process_resident_memory_bytes", "Resident memory", MetricType::Gauge, ResidentBytes()));
    return out;
  }

 private:
  static void AddRequests(const Metrics& metrics, std::vector<MetricFamily>& out) {
    MetricFamily counts = Family("wardkeep_requests_total", "Requests answered", MetricType::Counter);
    MetricFamily latency =
        Family("wardkeep_request_seconds", "Time to answer a request", MetricType::Histogram);
    for (const auto& [key, series] : metrics.requests_) {
      const Labels labels = {{"service", key.first}, {"operation", key.second}};
      for (std::size_t i = 0; i < kCountedStatuses.size(); ++i) {
        if (series->count(i) == 0) continue;
        Labels with_status = labels;
        const int status = kCountedStatuses[i];
        with_status.push_back({"status", status == 0 ? "other" : std::to_string(status)});
        AddValue(counts, std::move(with_status), static_cast<double>(series->count(i)));
      }
      AddHistogram(latency, labels, series->latency());
    }
    out.push_back(std::move(counts));
    out.push_back(std::move(latency));
  }
};

std::string Metrics::Render() const {
  std::ostringstream text;
  prometheus::TextSerializer().Serialize(text, MetricsText::Collect(*this));
  return text.str();
}

}  // namespace wardkeep::server
