#include "service/iam/context_keys.h"

#include <algorithm>
#include <set>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "service/iam/simulation_policies.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

// Collects keys as they are first written, in the order in which they are met.
class KeyNames {
 public:
  // `text` is a document of that kind that has been read before.
  void AddPolicy(const std::string& text, policy::DocumentKind kind) {
    const policy::ParseOutcome outcome = policy::ParseDocument(text, kind);
    if (outcome.document == nullptr) return;
    const policy::PolicyPtr compiled = policy::Compile(*outcome.document);
    asked_ = {compiled->context_keys().begin(), compiled->context_keys().end()};
    for (const policy::Statement& statement : outcome.document->statements) {
      for (const std::string& resource : statement.resources) AddVariables(resource);
      for (const policy::ConditionTest& test : statement.conditions) {
        Add(test.key);
        for (const std::string& value : test.values) AddVariables(value);
      }
    }
  }

  std::vector<std::string> Take() { return std::move(names_); }

 private:
  // What counts as a key is the compiler's to say; here it only gets its spelling back.
  void Add(std::string_view written) {
    const std::string folded = base::AsciiLower(written);
    if (asked_.contains(folded) && known_.insert(folded).second) names_.emplace_back(written);
  }

  // "${key}" and "${key, 'default'}".
  void AddVariables(std::string_view text) {
    for (std::size_t start = text.find("${"); start != std::string_view::npos;
         start = text.find("${", start + 2)) {
      const std::string_view rest = text.substr(start + 2);
      std::string_view key = rest.substr(0, rest.find_first_of(",}"));
      while (key.ends_with(' ')) key.remove_suffix(1);
      Add(key);
    }
  }

  std::set<std::string, std::less<>> asked_;  // lower case, by the policy at hand
  std::set<std::string> known_;
  std::vector<std::string> names_;
};

api::iam::GetContextKeysForPolicyResponse KeysOf(const SimulationPolicies& policies) {
  KeyNames names;
  for (const SimulationPolicy& policy : policies.identity) {
    names.AddPolicy(policy.document->text(), policy.document->kind());
  }
  for (const SimulationPolicy& policy : policies.boundary.value_or(SimulationLayer())) {
    names.AddPolicy(policy.document->text(), policy.document->kind());
  }
  api::iam::GetContextKeysForPolicyResponse response;
  response.context_key_names = names.Take();
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
