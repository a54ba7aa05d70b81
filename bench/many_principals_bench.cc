// Decisions about principals in random order, so that nothing about the next one is in the caches: a million
// principals, each with a program of 20 statements of its own, merged from four of 4,000 policies. Prints the
// time of a decision, alone and in batches, and the memory of a program.
//
//   many_principals_bench [PRINCIPALS]
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "decision_cases.h"
#include "wardkeep/batch.h"

namespace wardkeep::policy {
namespace {

constexpr std::size_t kPolicies = 4000;
constexpr std::size_t kPerPrincipal = 4;
constexpr int64_t kStatementsPerPolicy = 5;
constexpr std::size_t kDecisions = 200'000;

uint64_t NextRandom(uint64_t& state) {  // splitmix64
  state += 0x9E3779B97F4A7C15U;
  uint64_t z = state;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31U);
}

std::size_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::size_t total = 0;
  std::size_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

struct Population {
  std::vector<PolicyPtr> policies;
  std::vector<PolicyIndexPtr> programs;  // by principal
  std::vector<PolicySet> sets;           // by principal
  std::vector<std::size_t> last;         // by principal: the number of its last policy
  std::size_t program_bytes = 0;         // as the programs count
  std::size_t resident_bytes = 0;        // as the system counts
};

Population MakePopulation(std::size_t principals) {
  Population out;
  for (std::size_t i = 0; i < kPolicies; ++i) {
    const auto first = static_cast<int64_t>(i) * kStatementsPerPolicy;
    out.policies.push_back(MakePolicy(MixedStatements(first, kStatementsPerPolicy)));
  }
  out.sets.resize(principals);
  out.last.resize(principals);
  out.programs.reserve(principals);
  const std::size_t before = ResidentBytes();
  uint64_t random = 1;
  for (std::size_t p = 0; p < principals; ++p) {
    const CompiledPolicy* attached[kPerPrincipal];
    for (const CompiledPolicy*& policy : attached) {
      out.last[p] = NextRandom(random) % kPolicies;
      policy = out.policies[out.last[p]].get();
    }
    out.programs.push_back(MakeIndex(attached));
    out.program_bytes += out.programs.back()->bytes();
    out.sets[p].identity = out.programs.back()->policies();
    out.sets[p].indexes.identity = out.programs.back().get();
  }
  out.resident_bytes = ResidentBytes() - before;
  return out;
}

// One request about each of the principals, in random order.
struct Asked {
  Request request;  // what is the same in all
  std::vector<std::string> resources;
  std::vector<Question> questions;
};

Asked Ask(const Population& population) {
  Asked asked;
  asked.request = MakeMixedRequest(0);
  asked.resources.reserve(kDecisions);
  uint64_t random = 2;
  for (std::size_t i = 0; i < kDecisions; ++i) {
    const std::size_t principal = NextRandom(random) % population.sets.size();
    // The first statement of a policy allows without a condition, or with others, or denies: by the policy's
    // number.
    const auto statement = static_cast<int64_t>(population.last[principal]) * kStatementsPerPolicy;
    asked.resources.push_back(MakeMixedRequest(statement).resource);
    asked.questions.push_back(MakeQuestion(asked.request, population.sets[principal]));
    asked.questions.back().resource = asked.resources.back();
  }
  return asked;
}

// Of processor time, which other programs on the machine do not take part in.
template <typename Run>
double NanosecondsEach(Run run) {
  const std::clock_t start = std::clock();
  run();
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  return seconds * 1e9 / static_cast<double>(kDecisions);
}

void Measure(std::size_t principals) {
  const Population population = MakePopulation(principals);
  const Asked asked = Ask(population);
  const auto each = [&](std::size_t bytes) {
    return static_cast<double>(bytes) / static_cast<double>(principals);
  };
  std::printf("%zu principals: %.0f bytes per program, %.0f with the allocator's share\n", principals,
              each(population.program_bytes), each(population.resident_bytes));
  std::vector<Decision> alone(kDecisions);
  std::vector<Decision> batched(kDecisions);
  for (int round = 0; round < 3; ++round) {
    const double one = NanosecondsEach([&] {
      for (std::size_t i = 0; i < kDecisions; ++i) alone[i] = Evaluate(asked.questions[i]);
    });
    const double many = NanosecondsEach([&] {
      constexpr std::size_t kBatch = 64;
      for (std::size_t i = 0; i < kDecisions; i += kBatch) {
        const std::size_t size = std::min(kBatch, kDecisions - i);
        EvaluateBatch(std::span(asked.questions).subspan(i, size), std::span(batched).subspan(i, size));
      }
    });
    std::printf("a decision: %.0f ns alone, %.0f ns in batches of 64\n", one, many);
  }
  std::size_t allowed = 0;
  for (std::size_t i = 0; i < kDecisions; ++i) {
    allowed += alone[i].allowed() ? 1 : 0;
    if (alone[i] != batched[i]) std::abort();
  }
  std::printf("%zu of %zu allowed\n", allowed, kDecisions);
}

}  // namespace
}  // namespace wardkeep::policy

int main(int argc, char** argv) {
  std::size_t principals = 1'000'000;
  if (argc > 1) std::from_chars(argv[1], argv[1] + std::char_traits<char>::length(argv[1]), principals);
  wardkeep::policy::Measure(principals);
  return 0;
}
