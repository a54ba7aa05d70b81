#include "policy_case/difference.h"

#include <array>

namespace wardkeep::policy_case {
namespace {

std::string Describe(const policy::StatementRef& ref) {
  return std::string(policy::PolicyTypeName(ref.type)) + "[" + std::to_string(ref.policy) + "]." +
         std::to_string(ref.statement);
}

std::string Describe(const policy::Explanation& explanation) {
  std::string out = " matched:";
  for (const policy::MatchedStatement& matched : explanation.matched) {
    out += ' ' + Describe(matched.ref) + (matched.effect == policy::Effect::kAllow ? "+" : "-");
  }
  out += " missing keys:";
  for (const std::string& key : explanation.missing_context_keys) out += " '" + key + "'";
  return out;
}

}  // namespace

std::string Describe(const policy::Decision& decision) {
  static constexpr std::array<const char*, 3> kVerdicts = {"implicitDeny", "explicitDeny", "allowed"};
  static constexpr std::array<const char*, 5> kBases = {"none", "statement", "rootUser", "undeniable",
                                                        "builtInDeny"};
  std::string out = kVerdicts.at(static_cast<std::size_t>(decision.verdict));
  out += std::string(" by ") + kBases.at(static_cast<std::size_t>(decision.basis));
  if (decision.statement) out += ' ' + Describe(*decision.statement);
  for (int i = 0; i < policy::kPolicyTypeCount; ++i) {
    const auto type = static_cast<policy::PolicyType>(i);
    if (decision.missing_layers.Has(type)) out += " -" + std::string(policy::PolicyTypeName(type));
  }
  return out;
}

std::string Difference(const policy::Request& request, const ParsedLayers& layers,
                       const policy::spec::Answer& expected) {
  const std::string want = Describe(expected.decision) + Describe(expected.explanation);
  for (const policy::PolicySet* policies : {&layers.policies(), &layers.indexed_policies()}) {
    const std::string who = policies == &layers.policies() ? "evaluator:     " : "with indexes:  ";
    policy::Explanation explanation;
    const policy::Decision explained = policy::Evaluate(request, *policies, &explanation);
    const policy::Decision plain = policy::Evaluate(request, *policies);
    if (!(plain == explained)) return who + Describe(plain) + "\nexplained:     " + Describe(explained);
    const std::string have = Describe(explained) + Describe(explanation);
    if (want != have) return "specification: " + want + "\n" + who + have;
  }
  return "";
}

}  // namespace wardkeep::policy_case
