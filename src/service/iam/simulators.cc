#include "service/iam/simulators.h"

#include <algorithm>
#include <span>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "crypto/digest.h"
#include "service/iam/context_entries.h"
#include "service/iam/simulation_budget.h"
#include "service/iam/simulation_input.h"
#include "service/paging.h"
#include "timezone/recurring_time.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

// Recurring-time keys that the policies ask for.
void AddRecurringTime(const ReadContext& context, const SimulationPolicies& policies,
                      policy::RequestContext& keys) {
  const auto add = [&](const SimulationLayer& layer) {
    for (const SimulationPolicy& policy : layer) {
      const auto asked = policy.document->compiled()->context_keys();
      timezone::FillRecurringTimeKeys(context.now, std::vector<std::string>(asked.begin(), asked.end()),
                                      keys);
    }
  };
  add(policies.identity);
  if (policies.boundary) add(*policies.boundary);
  if (policies.resource) add({*policies.resource});
  for (const SimulationLayer& level : policies.organization.value_or(std::vector<SimulationLayer>()))
    add(level);
}

// The parts that both requests have beside their policies. `request` has been checked against the model.
template <typename Request>
ApiResult<SimulationCaller> ReadCaller(const ReadContext& context, const Request& request,
                                       const SimulationPolicies& policies, policy::Principal principal) {
  SimulationCaller caller;
  caller.principal = std::move(principal);
  if (request.caller_arn) {
    WK_ASSIGN(policy::Principal named, ReadCallerArn(*request.caller_arn));
    caller.principal = std::move(named);
  } else if (request.resource_policy &&
             (caller.principal.kind != policy::PrincipalKind::kUser || caller.principal.arn.empty())) {
    return api::iam::InvalidInput(
        "CallerArn must be specified with a ResourcePolicy unless the source is a user.");
  }
  caller.resource_owner = caller.principal.account_id;
  if (request.resource_owner) {
    WK_ASSIGN(caller.resource_owner, ReadResourceOwner(*request.resource_owner));
  }
  caller.context = PrincipalContext(context, context.account, caller.principal);
  if (request.context_entries) WK_TRY(AddContextEntries(*request.context_entries, caller.context));
  AddRecurringTime(context, policies, caller.context);
  return caller;
}

// Which of the actions belong on this page.
struct PageRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

ApiResult<PageRange> ReadPage(const ReadContext& context, const PageRequest& page, std::size_t total) {
  WK_ASSIGN(const std::optional<std::string> start, PageStart(context, page));
  PageRange range;
  if (start) {
    for (const char digit : *start) range.begin = range.begin * 10 + static_cast<std::size_t>(digit - '0');
    range.begin = std::min(range.begin, total);
  }
  range.end =
      std::min(total, range.begin + static_cast<std::size_t>(page.max_items.value_or(kDefaultMaxItems)));
  return range;
}

// Runs the actions of one page.
template <typename Request>
ApiResult<api::iam::SimulatePolicyResponse> Run(const ReadContext& context, const Request& request,
                                                std::string_view operation, SimulationPolicies policies,
                                                policy::Principal principal) {
  WK_TRY(CheckActionNames(*request.action_names));
  const bool named = request.resource_arns && !request.resource_arns->empty();
  const std::vector<std::string> resources = named ? *request.resource_arns : std::vector<std::string>{"*"};
  WK_TRY(CheckResourceArns(resources));
  if (request.resource_handling_option)
    WK_TRY(CheckResourceHandling(*request.resource_handling_option, resources));
  WK_ASSIGN(SimulationCaller caller, ReadCaller(context, request, policies, std::move(principal)));
  std::string scope(operation);
  for (const std::string& action : *request.action_names) scope += "|" + action;
  for (const std::string& resource : resources) scope += "|" + resource;
  const PageRequest page{crypto::Sha256Hex(scope), request.marker, request.max_items};
  const std::size_t total = request.action_names->size();
  WK_ASSIGN(const PageRange range, ReadPage(context, page, total));

  const std::span<const std::string> actions =
      std::span(*request.action_names).subspan(range.begin, range.end - range.begin);
  WK_TRY(CheckSimulationWork(policies, caller, actions, resources));
  Simulation simulation(std::move(policies), std::move(caller));
  api::iam::SimulatePolicyResponse response;
  std::vector<api::iam::EvaluationResult>& results = response.evaluation_results.emplace();
  results.reserve(actions.size());
  for (const std::string& action : actions)
    results.push_back(simulation.OnResources(action, resources, named));
  return WithPageEnd(std::move(response),
                     MakePageEnd(context, page, range.end < total, std::to_string(range.end)));
}

// What both requests give as policies beside those of a principal.
template <typename Request>
ApiResult<void> ReadPolicies(const Request& request, SimulationPolicies& policies) {
  WK_ASSIGN(SimulationLayer given,
            ReadPolicyInputs(request.policy_input_list, "PolicyInputList", policy::DocumentKind::kIdentity));
  for (SimulationPolicy& policy : given) policies.identity.push_back(std::move(policy));
  WK_ASSIGN(std::optional<SimulationLayer> boundary,
            ReadBoundaryInput(request.permissions_boundary_policy_input_list));
  if (boundary) policies.boundary = std::move(boundary);
  if (request.resource_policy) {
    WK_ASSIGN(policies.resource, ReadResourcePolicy(*request.resource_policy));
  }
  return {};
}

ApiResult<api::iam::SimulatePolicyResponse> SimulateCustomPolicy(
    const ReadContext& context, const api::iam::SimulateCustomPolicyRequest& request) {
  if (request.policy_input_list->empty()) {
    return api::iam::InvalidInput("At least one policy must be specified.");
  }
  SimulationPolicies policies;
  WK_TRY(ReadPolicies(request, policies));
  WK_ASSIGN(policies.organization, ReadOrganizationInput(request.ordered_organization_policy_input_list));
  policy::Principal principal;
  principal.kind = policy::PrincipalKind::kUser;
  principal.account_id = context.account.id().value();
  return Run(context, request, "SimulateCustomPolicy", std::move(policies), std::move(principal));
}

ApiResult<api::iam::SimulatePolicyResponse> SimulatePrincipalPolicy(
    const ReadContext& context, const api::iam::SimulatePrincipalPolicyRequest& request) {
  WK_ASSIGN(const Entity entity, RequireEntity(context.account, *request.policy_source_arn));
  SimulationPolicies policies;
  WK_TRY(AddPoliciesOf(context, context.account, entity, request.policy_exclusion_list, policies));
  // A boundary of the request stands in for the entity's own.
  WK_TRY(ReadPolicies(request, policies));
  return Run(context, request, "SimulatePrincipalPolicy|" + *request.policy_source_arn, std::move(policies),
             PrincipalOf(context.account, entity));
}

}  // namespace

void RegisterSimulators(pipeline::Registry& registry) {
  registry.Read("iam", "SimulateCustomPolicy", SimulateCustomPolicy);
  registry.Read("iam", "SimulatePrincipalPolicy", SimulatePrincipalPolicy);
}

}  // namespace wardkeep::service::iam
