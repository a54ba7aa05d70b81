// Decisions in process over generated policies, linear and indexed (bench/decision_cases.h), and the making
// of policies and indexes.
//
//   policy_workloads_bench --benchmark_filter=W1
#include <benchmark/benchmark.h>

#include <string>

#include "decision_cases.h"
#include "wardkeep/batch.h"
#include "wardkeep/parse.h"

namespace wardkeep::policy {
namespace {

void RegisterDecisions() {
  for (const DecisionCase& one : DecisionCases()) {
    for (const bool indexed : {true, false}) {
      const auto run = [&one, indexed](benchmark::State& state) {
        const auto setup = one.make(state.range(0));
        const PolicySet set = setup->layers.View(indexed);
        for (auto _ : state) benchmark::DoNotOptimize(Evaluate(setup->request, set));
        if (indexed) state.counters["bytes"] = static_cast<double>(set.indexes.identity->bytes());
      };
      const std::size_t slash = one.name.find('/');
      const std::string name =
          one.name.substr(0, slash) + (indexed ? "/indexed" : "/linear") + one.name.substr(slash);
      auto* registered = benchmark::RegisterBenchmark(name.c_str(), run);
      for (const int64_t size : one.sizes) registered->Arg(size);
    }
  }
}

void BuildIndex(benchmark::State& state) {
  const PolicyPtr policy = MakePolicy(MixedStatements(0, state.range(0)));
  const CompiledPolicy* const policies[] = {policy.get()};
  for (auto _ : state) benchmark::DoNotOptimize(MakeIndex(policies));
}
BENCHMARK(BuildIndex)->Arg(20)->Arg(100)->Arg(1000)->Arg(10000);

// A managed policy of the greatest length, 6,144 characters without white space, from text to the compiled
// form.
void CompileLongestPolicy(benchmark::State& state) {
  std::string text;
  for (int64_t count = 1;; ++count) {
    const std::string longer = R"({"Version":"2012-10-17","Statement":[)" + MixedStatements(0, count) + "]}";
    if (CountPolicyCharacters(longer) > 6144) break;
    text = longer;
  }
  for (auto _ : state) {
    const ParseOutcome parsed = ParseDocument(text, DocumentKind::kIdentity);
    benchmark::DoNotOptimize(Compile(*parsed.document));
  }
  state.counters["characters"] = static_cast<double>(CountPolicyCharacters(text));
}
BENCHMARK(CompileLongestPolicy);

}  // namespace
}  // namespace wardkeep::policy

int main(int argc, char** argv) {
  wardkeep::policy::RegisterDecisions();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
