// The decisions of bench/decision_cases.h, a fixed number of times each, for a program that counts
// instructions (bench/instructions.py). Prints the names in the order in which they were decided.
//
//   decision_instructions [NAME_PART]
#include <valgrind/callgrind.h>

#include <cstdio>
#include <string>

#include "decision_cases.h"

namespace wardkeep::policy {

constexpr int kTimes = 100;

int DecideManyTimes(const Request& request, const PolicySet& set) {
  int allowed = 0;
  CALLGRIND_ZERO_STATS;
  for (int i = 0; i < kTimes; ++i) allowed += Evaluate(request, set).allowed() ? 1 : 0;
  CALLGRIND_DUMP_STATS;
  return allowed;
}

}  // namespace wardkeep::policy

int main(int argc, char** argv) {
  using namespace wardkeep::policy;
  const std::string part = argc > 1 ? argv[1] : "";
  for (const DecisionCase& one : DecisionCases()) {
    if (one.name.find(part) == std::string::npos) continue;
    for (const int64_t size : one.sizes) {
      const auto setup = one.make(size);
      const int allowed = DecideManyTimes(setup->request, setup->layers.View(true));
      if ((allowed > 0) != (setup->expected == Verdict::kAllowed)) return 1;
      std::printf("%s/%lld %d\n", one.name.c_str(), static_cast<long long>(size), kTimes);
    }
  }
  return 0;
}
