#include "service/iam/simulation_policies.h"

#include <algorithm>

#include "api/iam/errors.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "service/iam/policy_input.h"

namespace wardkeep::service::iam {
namespace {

using Exclusions = std::vector<api::iam::PolicyIdentifier>;

ApiResult<SimulationPolicy> ReadInput(const std::string& text, std::string id, policy::DocumentKind kind) {
  ApiResult<entity::DocumentPtr> document = ReadDocument(text, kind);
  if (!document) return api::iam::InvalidInput("Invalid input for " + id + ": " + document.error().message);
  return SimulationPolicy{std::move(document).value(), std::move(id)};
}

// The kinds of PolicyType.
bool IsOfType(const HeldPolicy& policy, std::string_view type) {
  if (policy.arn.empty()) return type == "inline";
  return type == (catalog::IsManagedPolicyArn(policy.arn) ? "aws-managed" : "user-managed");
}

bool Names(const api::iam::InlinePolicyIdentifierType& inline_policy, const HeldPolicy& policy) {
  return policy.arn.empty() && inline_policy.policy_name == policy.name &&
         inline_policy.attachment_type == OwnerKindName(policy.owner_kind) &&
         inline_policy.attachment_name == policy.owner_name;
}

bool Excludes(const Exclusions& exclusions, const HeldPolicy& policy) {
  return std::ranges::any_of(exclusions, [&](const api::iam::PolicyIdentifier& excluded) {
    if (excluded.policy_type) return IsOfType(policy, *excluded.policy_type);
    if (excluded.policy_arn) return !policy.arn.empty() && *excluded.policy_arn == policy.arn;
    return excluded.inline_policy_identifier && Names(*excluded.inline_policy_identifier, policy);
  });
}

bool ExcludesBoundary(const Exclusions& exclusions, const std::string& arn) {
  return std::ranges::any_of(exclusions, [&](const api::iam::PolicyIdentifier& excluded) {
    return excluded.policy_type == "permission-boundary" || excluded.policy_arn == arn;
  });
}

ApiResult<void> CheckExclusions(const Exclusions& exclusions) {
  for (const api::iam::PolicyIdentifier& excluded : exclusions) {
    const int members = (excluded.policy_type ? 1 : 0) + (excluded.policy_arn ? 1 : 0) +
                        (excluded.inline_policy_identifier ? 1 : 0);
    if (members != 1) {
      return api::iam::InvalidInput(
          "Each member of PolicyExclusionList must identify exactly one kind of policy.");
    }
  }
  return {};
}

ApiResult<void> RequireReadable(const SimulationPolicy& policy) {
  if (policy.document != nullptr && policy.document->compiled() != nullptr) return {};
  return api::iam::PolicyEvaluation("The policy " + policy.id + " could not be evaluated.");
}

// Inline policies are shown as user_alice_inline.
std::string IdOf(const HeldPolicy& policy) {
  if (!policy.arn.empty()) return policy.name;
  return std::string(OwnerKindName(policy.owner_kind)) + "_" + policy.owner_name + "_" + policy.name;
}

std::string BoundaryOf(const Entity& entity) {
  if (entity.user != nullptr) return entity.user->permissions_boundary;
  return entity.role != nullptr ? entity.role->permissions_boundary : "";
}

}  // namespace

std::string_view SimulationTypeName(policy::PolicyType type) {
  switch (type) {
    case policy::PolicyType::kResource:
      return "Resource Policy";
    case policy::PolicyType::kPermissionsBoundary:
      return "Permissions Boundary Policy";
    case policy::PolicyType::kServiceControl:
      return "Service Control Policy";
    case policy::PolicyType::kResourceControl:
      return "Resource Control Policy";
    case policy::PolicyType::kIdentity:
    case policy::PolicyType::kSession:
    case policy::PolicyType::kEndpoint:
      return "IAM Policy";
  }
  return "";
}

ApiResult<SimulationLayer> ReadPolicyInputs(const std::optional<std::vector<std::string>>& texts,
                                            std::string_view name, policy::DocumentKind kind) {
  SimulationLayer layer;
  if (!texts) return layer;
  for (const std::string& text : *texts) {
    WK_ASSIGN(SimulationPolicy policy,
              ReadInput(text, std::string(name) + "." + std::to_string(layer.size() + 1), kind));
    layer.push_back(std::move(policy));
  }
  return layer;
}

ApiResult<SimulationPolicy> ReadResourcePolicy(const std::string& text) {
  ApiResult<SimulationPolicy> policy = ReadInput(text, "ResourcePolicy", policy::DocumentKind::kResource);
  if (policy) return policy;
  ApiResult<SimulationPolicy> trust = ReadInput(text, "ResourcePolicy", policy::DocumentKind::kTrust);
  return trust ? trust : policy;
}

ApiResult<std::optional<SimulationLayer>> ReadBoundaryInput(
    const std::optional<std::vector<std::string>>& texts) {
  if (!texts || texts->empty()) return std::optional<SimulationLayer>();
  if (texts->size() > 1) {
    return api::iam::InvalidInput("The list of Permissions Boundary policies cannot exceed 1 items.");
  }
  WK_ASSIGN(SimulationLayer layer, ReadPolicyInputs(texts, "PermissionsBoundaryPolicyInputList",
                                                    policy::DocumentKind::kPermissionsBoundary));
  return std::optional(std::move(layer));
}

ApiResult<std::optional<std::vector<SimulationLayer>>> ReadOrganizationInput(
    const std::optional<std::vector<api::iam::OrderedOrganizationPolicyType>>& levels) {
  if (!levels || levels->empty()) return std::optional<std::vector<SimulationLayer>>();
  std::vector<SimulationLayer> layers;
  for (const api::iam::OrderedOrganizationPolicyType& level : *levels) {
    const std::string name = "OrderedOrganizationPolicyInputList." + std::to_string(layers.size() + 1);
    WK_ASSIGN(SimulationLayer layer, ReadPolicyInputs(level.service_control_policy_input_list,
                                                      name + ".ServiceControlPolicyInputList",
                                                      policy::DocumentKind::kServiceControl));
    if (layer.empty())
      return api::iam::InvalidInput(name + " must hold at least one service control policy.");
    layers.push_back(std::move(layer));
  }
  return std::optional(std::move(layers));
}

ApiResult<void> AddPoliciesOf(const pipeline::OperationContext& context,
                              const snapshot::AccountState& account, const Entity& entity,
                              const std::optional<Exclusions>& exclusions, SimulationPolicies& policies) {
  const Exclusions excluded = exclusions.value_or(Exclusions());
  WK_TRY(CheckExclusions(excluded));
  for (const HeldPolicy& held : PoliciesOf(context, account, entity)) {
    if (Excludes(excluded, held)) continue;
    SimulationPolicy policy{held.document, IdOf(held)};
    WK_TRY(RequireReadable(policy));
    policies.identity.push_back(std::move(policy));
  }
  const std::string boundary = BoundaryOf(entity);
  if (boundary.empty() || ExcludesBoundary(excluded, boundary)) return {};
  SimulationPolicy policy{ManagedDocument(context, account, boundary), entity::NameInArn(boundary)};
  WK_TRY(RequireReadable(policy));
  policies.boundary = SimulationLayer{std::move(policy)};
  return {};
}

}  // namespace wardkeep::service::iam
