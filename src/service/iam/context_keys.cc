#include "service/iam/context_keys.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/context_key_names.h"
#include "service/iam/simulation_policies.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

api::iam::GetContextKeysForPolicyResponse KeysOf(const SimulationPolicies& policies) {
  ContextKeyNames names;
  names.AddLayer(policies.identity);
  names.AddLayer(policies.boundary.value_or(SimulationLayer()));
  api::iam::GetContextKeysForPolicyResponse response;
  response.context_key_names = std::move(names).Take();
  return response;
}

ApiResult<api::iam::GetContextKeysForPolicyResponse> GetContextKeysForCustomPolicy(
    const ReadContext&, const api::iam::GetContextKeysForCustomPolicyRequest& request) {
  SimulationPolicies policies;
  WK_ASSIGN(policies.identity,
            ReadPolicyInputs(request.policy_input_list, "PolicyInputList", policy::DocumentKind::kIdentity));
  return KeysOf(policies);
}

ApiResult<api::iam::GetContextKeysForPolicyResponse> GetContextKeysForPrincipalPolicy(
    const ReadContext& context, const api::iam::GetContextKeysForPrincipalPolicyRequest& request) {
  WK_ASSIGN(const Entity entity, RequireEntity(context.account, *request.policy_source_arn));
  SimulationPolicies policies;
  WK_TRY(AddPoliciesOf(context, context.account, entity, std::nullopt, policies));
  WK_ASSIGN(SimulationLayer given,
            ReadPolicyInputs(request.policy_input_list, "PolicyInputList", policy::DocumentKind::kIdentity));
  for (SimulationPolicy& policy : given) policies.identity.push_back(std::move(policy));
  return KeysOf(policies);
}

}  // namespace

void RegisterContextKeys(pipeline::Registry& registry) {
  registry.Read("iam", "GetContextKeysForCustomPolicy", GetContextKeysForCustomPolicy);
  registry.Read("iam", "GetContextKeysForPrincipalPolicy", GetContextKeysForPrincipalPolicy);
}

}  // namespace wardkeep::service::iam
