// The policies of one simulation, each with the name under which AWS's simulator shows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/iam/types.h"
#include "entity/stored_document.h"
#include "service/iam/principal_policies.h"
#include "wardkeep/decision.h"

namespace wardkeep::service::iam {

struct SimulationPolicy {
  entity::DocumentPtr document;
  std::string id;  // "PolicyInputList.1", "ReadOnlyAccess", "user_alice_inline"
};
using SimulationLayer = std::vector<SimulationPolicy>;

struct SimulationPolicies {
  SimulationLayer identity;
  std::optional<SimulationLayer> boundary;
  std::optional<std::vector<SimulationLayer>> organization;  // a layer per level, root first
  std::optional<SimulationPolicy> resource;
};

// "IAM Policy", "Resource Policy", ...: the SourcePolicyType of a matched statement, and the key of its kind
// in EvalDecisionDetails.
std::string_view SimulationTypeName(policy::PolicyType type);

// Policies given as text; the n-th is named "NAME.n". InvalidInput for one that is no policy of the kind.
ApiResult<SimulationLayer> ReadPolicyInputs(const std::optional<std::vector<std::string>>& texts,
                                            std::string_view name, policy::DocumentKind kind);

// A resource policy; one without Resource is read as the trust policy of a role.
ApiResult<SimulationPolicy> ReadResourcePolicy(const std::string& text);

// PermissionsBoundaryPolicyInputList: one policy at most, nullopt for none.
ApiResult<std::optional<SimulationLayer>> ReadBoundaryInput(
    const std::optional<std::vector<std::string>>& texts);

// OrderedOrganizationPolicyInputList: every level must have a policy; nullopt for no levels.
ApiResult<std::optional<std::vector<SimulationLayer>>> ReadOrganizationInput(
    const std::optional<std::vector<api::iam::OrderedOrganizationPolicyType>>& levels);

// Adds what the entity holds, boundary included, except what `exclusions` name. PolicyEvaluation for a stored
// policy that cannot be read, InvalidInput for an exclusion that names not exactly one thing.
ApiResult<void> AddPoliciesOf(const pipeline::OperationContext& context,
                              const snapshot::AccountState& account, const Entity& entity,
                              const std::optional<std::vector<api::iam::PolicyIdentifier>>& exclusions,
                              SimulationPolicies& policies);

}  // namespace wardkeep::service::iam
