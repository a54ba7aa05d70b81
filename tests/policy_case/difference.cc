#include "policy_case/difference.h"

#include <algorithm>
#include <array>
#include <utility>

#include "wardkeep/batch.h"

namespace wardkeep::policy_case {
namespace {

std::string Show(const policy::StatementRef& ref) {
  return std::string(policy::PolicyTypeName(ref.type)) + "[" + std::to_string(ref.policy) + "]." +
         std::to_string(ref.statement);
}

std::string Show(const policy::Explanation& explanation) {
  std::string out = " matched:";
  for (const policy::MatchedStatement& matched : explanation.matched) {
    out += ' ' + Show(matched.ref) + (matched.effect == policy::Effect::kAllow ? "+" : "-");
  }
  out += " missing keys:";
  for (const std::string& key : explanation.missing_context_keys) out += " '" + key + "'";
  return out;
}

bool Same(const policy::Explanation& a, const policy::Explanation& b) {
  const auto same = [](const policy::MatchedStatement& x, const policy::MatchedStatement& y) {
    return x.ref == y.ref && x.effect == y.effect;
  };
  return a.missing_context_keys == b.missing_context_keys &&
         std::equal(a.matched.begin(), a.matched.end(), b.matched.begin(), b.matched.end(), same);
}

}  // namespace

std::string Describe(const policy::Decision& decision) {
  static constexpr std::array<const char*, 3> kVerdicts = {"implicitDeny", "explicitDeny", "allowed"};
  static constexpr std::array<const char*, 5> kBases = {"none", "statement", "rootUser", "undeniable",
                                                        "builtInDeny"};
  std::string out = kVerdicts.at(static_cast<std::size_t>(decision.verdict));
  out += std::string(" by ") + kBases.at(static_cast<std::size_t>(decision.basis));
  if (decision.statement) out += ' ' + Show(*decision.statement);
  for (int i = 0; i < policy::kPolicyTypeCount; ++i) {
    const auto type = static_cast<policy::PolicyType>(i);
    if (decision.missing_layers.Has(type)) out += " -" + std::string(policy::PolicyTypeName(type));
  }
  return out;
}

namespace {

std::string Report(const policy::spec::Answer& expected, const std::string& who,
                   const policy::Decision& decision, const policy::Explanation& explanation) {
  return "specification: " + Describe(expected.decision) + Show(expected.explanation) + "\n" + who +
         Describe(decision) + Show(explanation);
}

// All forms in one batch, with parts that the questions share and with a copy.
std::string DifferenceInBatch(const policy::Request& request, const ParsedLayers& layers,
                              const policy::spec::Answer& expected) {
  const policy::RequestContext context = request.context;
  std::array questions = {policy::MakeQuestion(request, layers.policies()),
                          policy::MakeQuestion(request, layers.indexed_policies()),
                          policy::MakeQuestion(request, layers.policies_with_known_actions()),
                          policy::MakeQuestion(request, layers.indexed_policies())};
  questions.back().context = &context;
  std::array<policy::Decision, questions.size()> decisions;
  policy::EvaluateBatch(questions, decisions);
  for (const policy::Decision& decision : decisions) {
    if (decision != expected.decision) return Report(expected, "in a batch:    ", decision, {});
  }
  return "";
}

}  // namespace

std::string Difference(const policy::Request& request, const ParsedLayers& layers,
                       const policy::spec::Answer& expected) {
  const std::pair<const char*, const policy::PolicySet*> forms[] = {
      {"evaluator:     ", &layers.policies()},
      {"with indexes:  ", &layers.indexed_policies()},
      {"known actions: ", &layers.policies_with_known_actions()},
      {"index by level:", &layers.policies_indexed_by_level()}};
  for (const auto& [who, policies] : forms) {
    policy::Explanation explanation;
    const policy::Decision explained = policy::Evaluate(request, *policies, &explanation);
    const policy::Decision plain = policy::Evaluate(request, *policies);
    if (plain != explained)
      return std::string(who) + Describe(plain) + "\nexplained:     " + Describe(explained);
    if (explained != expected.decision || !Same(explanation, expected.explanation)) {
      return Report(expected, who, explained, explanation);
    }
  }
  return DifferenceInBatch(request, layers, expected);
}

}  // namespace wardkeep::policy_case
