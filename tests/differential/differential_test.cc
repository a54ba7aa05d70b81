// Generated documents and requests: the evaluator and the executable specification give the same decision for
// the same reasons, and every decision has a reason.
//
//   differential_test [--cases N] [--seed S] [--requests R] [--show]
//
// A finding is printed as a line for `wardkeep evaluate`. --show prints how far the run is and what it has
// met.
// --requests: how many are decided under one set of documents; more make a long run faster.
#include <gtest/gtest.h>

#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <thread>

#include "differential/run.h"

namespace wardkeep::differential {
namespace {

struct Settings {
  uint64_t cases = 40'000;
  uint64_t seed = 1;
  uint64_t requests = Knobs().requests;
  bool show = false;
};
Settings settings;

// Two threads take the scenarios in turn.
class SeededRun {
 public:
  OutcomeCounts Go() {
    std::thread other([this] { Work(); });
    Work();
    other.join();
    return counts_;
  }
  const std::vector<Finding>& findings() const { return findings_; }

 private:
  void Work() {
    OutcomeCounts counts;
    Knobs knobs;
    knobs.requests = settings.requests;
    const uint64_t scenarios = settings.cases / knobs.requests + 1;
    for (uint64_t i = next_++; i < scenarios && !enough_; i = next_++) {
      const std::vector<Finding> found =
          RunScenario(SeededBytes(settings.seed, i, knobs.requests), knobs, counts);
      const uint64_t cases = i * knobs.requests;
      const bool full = cases / kShowEvery != (cases + knobs.requests) / kShowEvery;
      if (settings.show && full) std::fprintf(stderr, "%llu cases\n", static_cast<unsigned long long>(cases));
      if (!found.empty()) Report(found);
    }
    const std::lock_guard lock(mutex_);
    counts_.Add(counts);
  }

  void Report(const std::vector<Finding>& found) {
    const std::lock_guard lock(mutex_);
    findings_.insert(findings_.end(), found.begin(), found.end());
    if (findings_.size() >= kEnough) enough_ = true;
  }

  static constexpr std::size_t kEnough = 10;
  static constexpr uint64_t kShowEvery = 1'000'000;
  std::atomic<uint64_t> next_ = 0;
  std::atomic<bool> enough_ = false;
  std::mutex mutex_;
  OutcomeCounts counts_;
  std::vector<Finding> findings_;
};

TEST(Differential, TheEvaluatorAgreesWithTheSpecification) {
  SeededRun run;
  const OutcomeCounts counts = run.Go();
  if (settings.show) std::fputs(counts.ToText().c_str(), stdout);
  for (const Finding& finding : run.findings()) ADD_FAILURE() << finding.what << "\n" << finding.line;
  if (!run.findings().empty()) return;
  EXPECT_GE(counts.cases, settings.cases * 9 / 10);
  for (const std::string& gap : counts.Gaps()) ADD_FAILURE() << "met too rarely: " << gap;
}

bool ReadNumber(const char* text, uint64_t& out) {
  const char* end = text + std::strlen(text);
  const auto [stop, error] = std::from_chars(text, end, out);
  return error == std::errc() && stop == end;
}

bool ReadSettings(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--show") {
      settings.show = true;
    } else if ((name == "--cases" || name == "--seed" || name == "--requests") && i + 1 < argc) {
      uint64_t& number = name == "--cases"  ? settings.cases
                         : name == "--seed" ? settings.seed
                                            : settings.requests;
      if (!ReadNumber(argv[++i], number) || settings.requests == 0) return false;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace
}  // namespace wardkeep::differential

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  if (!wardkeep::differential::ReadSettings(argc, argv)) {
    std::fputs("usage: differential_test [--cases N] [--seed S] [--requests R] [--show]\n", stderr);
    return 2;
  }
  return RUN_ALL_TESTS();
}
