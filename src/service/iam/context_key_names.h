// The condition keys that policies name, in conditions and in variables, spelled as the policies spell them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "service/iam/simulation_policies.h"

namespace wardkeep::service::iam {

// Collects keys as they are first written, in the order in which they are met; spellings that differ in case
// only are one key. Not thread-safe.
class ContextKeyNames {
 public:
  // The document has been read before; one that cannot be read adds nothing.
  void AddPolicy(const SimulationPolicy& policy);
  void AddLayer(const SimulationLayer& layer);
  // The keys of all policies of a simulation.
  void AddAll(const SimulationPolicies& policies);

  std::vector<std::string> Take() && { return std::move(names_); }

 private:
  void Add(std::string_view written);
  void AddVariables(std::string_view text);

  std::set<std::string, std::less<>> asked_;  // lower case, by the policy at hand
  std::set<std::string> known_;               // lower case
  std::vector<std::string> names_;
};

}  // namespace wardkeep::service::iam
