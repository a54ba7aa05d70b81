// Bytes to policies and requests: the evaluator and the executable specification give the same decision for
// the same reasons (tests/differential). What is found is printed as a line for `wardkeep evaluate`.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "differential/run.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace wardkeep::differential;
  OutcomeCounts counts;
  Knobs knobs;
  knobs.requests = 4;
  for (const Finding& finding : RunScenario({data, size}, knobs, counts)) {
    std::fprintf(stderr, "%s\n%s\n", finding.what.c_str(), finding.line.c_str());
    std::abort();
  }
  return 0;
}
