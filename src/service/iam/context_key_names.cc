#include "service/iam/context_key_names.h"

#include "base/ascii.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {

void ContextKeyNames::AddPolicy(const SimulationPolicy& policy) {
  policy::ParseOptions options;
  options.is_stored = true;
  const policy::ParseOutcome outcome =
      policy::ParseDocument(policy.document->text(), policy.document->kind(), options);
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

void ContextKeyNames::AddLayer(const SimulationLayer& layer) {
  for (const SimulationPolicy& policy : layer) AddPolicy(policy);
}

void ContextKeyNames::AddAll(const SimulationPolicies& policies) {
  AddLayer(policies.identity);
  if (policies.boundary) AddLayer(*policies.boundary);
  if (policies.organization) {
    for (const SimulationLayer& level : *policies.organization) AddLayer(level);
  }
  if (policies.resource) AddPolicy(*policies.resource);
}

// What counts as a key is the compiler's to say; here it only gets its spelling back.
void ContextKeyNames::Add(std::string_view written) {
  const std::string folded = base::AsciiLower(written);
  if (asked_.contains(folded) && known_.insert(folded).second) names_.emplace_back(written);
}

// "${key}" and "${key, 'default'}".
void ContextKeyNames::AddVariables(std::string_view text) {
  for (std::size_t start = text.find("${"); start != std::string_view::npos;
       start = text.find("${", start + 2)) {
    const std::string_view rest = text.substr(start + 2);
    std::string_view key = rest.substr(0, rest.find_first_of(",}"));
    while (key.ends_with(' ')) key.remove_suffix(1);
    Add(key);
  }
}

}  // namespace wardkeep::service::iam
