// The decisions that the benchmarks measure: workloads W1 to W6 of the performance notes, each with policies
// of a size and one request. Every case is checked before it is given out: the verdict is the expected one,
// and the same with the index and without.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "wardkeep/evaluate.h"

namespace wardkeep::policy {

// A policy set of one policy per layer and level, and the same with indexes.
class Layers {
 public:
  enum Slot : std::size_t {
    kIdentity,
    kBoundary,
    kSession,
    kResource,
    kScp,             // five levels, the root first
    kRcp = kScp + 5,  // three levels
    kSlots = kRcp + 3
  };

  void Add(Slot slot, PolicyPtr policy) {
    views_[slot].push_back(policy.get());
    policies_.push_back(std::move(policy));
  }
  PolicySet View(bool indexed);

 private:
  std::vector<PolicyPtr> policies_;
  std::array<std::vector<const CompiledPolicy*>, kSlots> views_;
  std::array<PolicyIndexPtr, kSlots> indexes_;
  std::vector<PolicySet::Level> levels_;        // without indexes
  std::array<LevelsIndexPtr, 2> organization_;  // of service control policies, resource control policies
};

// Policies and a request, ready to be decided.
struct DecisionSetup {
  Layers layers;
  Request request;
  Verdict expected = Verdict::kImplicitDeny;
};

struct DecisionCase {
  std::string name;            // "W2/hit_last"
  std::vector<int64_t> sizes;  // statements; for W5 policies attached, for W6 bytes of the key
  std::function<std::unique_ptr<DecisionSetup>(int64_t size)> make;
};

const std::vector<DecisionCase>& DecisionCases();

// `count` statements of the realistic mix (W2) from number `first` on, as the members of a Statement list.
std::string MixedStatements(int64_t first, int64_t count);
// A policy of the statements of a list. Aborts when it is refused.
PolicyPtr MakePolicy(const std::string& statements, DocumentKind kind = DocumentKind::kIdentity);
// A request of a user for an object that statement `i` of the realistic mix names.
Request MakeMixedRequest(int64_t i);

}  // namespace wardkeep::policy
