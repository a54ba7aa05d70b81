// Simulation: asks the policy library what it would decide, action by action and resource by resource, and
// shows its explanation in the form of AWS's simulator. Decides nothing itself. Not thread-safe.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/iam/types.h"
#include "service/iam/resource_templates.h"
#include "service/iam/simulation_policies.h"
#include "service/iam/statement_positions.h"
#include "wardkeep/evaluate.h"
#include "wardkeep/request.h"

namespace wardkeep::service::iam {

// Who is simulated, with which facts.
struct SimulationCaller {
  policy::Principal principal;     // its ARN may be empty: somebody of the account with these policies
  policy::RequestContext context;  // everything but aws:ResourceAccount
  std::string resource_owner;      // account of resources whose ARN names none
};

class Simulation {
 public:
  Simulation(SimulationPolicies policies, SimulationCaller caller);
  Simulation(const Simulation&) = delete;
  Simulation& operator=(const Simulation&) = delete;

  // What the caller may do on all these resources together: explicitly denied if it is on one of them,
  // allowed if it is on each. `named` says that the request gave them, rather than "*" by default. At least
  // one resource.
  api::iam::EvaluationResult OnResources(const std::string& action, std::span<const std::string> resources,
                                         bool named);

 private:
  // The policies of one layer as the evaluator takes them.
  struct Layer {
    std::vector<const policy::CompiledPolicy*> compiled;
    policy::PolicyIndexPtr index;
    policy::PolicySet::Policies View() const { return index ? index->policies() : compiled; }
  };
  static Layer MakeLayer(const SimulationLayer& policies);

  policy::Decision Decide(const std::string& action, const std::string& resource,
                          policy::Explanation& explanation);
  void SetResource(const std::string& resource);
  bool LeavesToAccount(const std::string& action) const;
  std::vector<api::iam::Statement> ShowMatched(policy::Verdict verdict,
                                               const policy::Explanation& explanation);
  api::iam::Statement ShowStatement(const policy::StatementRef& ref);
  const SimulationPolicy& PolicyOf(const policy::StatementRef& ref) const;
  bool AllowedByBoundary(const policy::Explanation& explanation) const;
  bool AllowedByOrganization(const policy::Explanation& explanation) const;
  std::vector<std::pair<std::string, std::string>> ShowLayers(const policy::Explanation& explanation) const;

  const SimulationPolicies policies_;
  policy::Request request_;
  const std::string resource_owner_;
  const bool owner_is_fixed_;  // aws:ResourceAccount is among the given keys
  Layer identity_;
  Layer boundary_;
  std::vector<Layer> levels_;
  std::vector<policy::PolicySet::Level> level_views_;
  policy::PolicyPtr delegation_;  // lets the account's own policies decide
  policy::PolicySet set_;
  std::vector<std::string> missing_keys_;  // that the policies name and the request lacks
  ResourceTemplates templates_;
  // Of the documents whose statements were shown.
  std::vector<std::pair<const entity::StoredDocument*, std::vector<StatementPositions>>> positions_;
};

}  // namespace wardkeep::service::iam
