// The decision procedure of policy-semantics 4.1, in its order: what no policy can change, explicit denies,
// the gates around the accounts, and last the grant itself.
#include "wardkeep/evaluate.h"

#include "policy/evaluate/built_in_rules.h"
#include "policy/evaluate/fetch_ahead.h"
#include "policy/evaluate/grant.h"
#include "policy/evaluate/layers.h"
#include "policy/index/effective_program.h"

namespace wardkeep::policy {
namespace {

// The outer gates grant nothing; a closed one turns an allow into an implicit deny.
Decision BehindGates(Decision decision, const Votes& votes) {
  PolicyTypeSet closed;
  if (!votes.service_control_allows) closed.Add(PolicyType::kServiceControl);
  if (!votes.resource_control_allows) closed.Add(PolicyType::kResourceControl);
  if (!votes.endpoint_allows) closed.Add(PolicyType::kEndpoint);
  if (closed.empty()) return decision;
  if (decision.allowed()) decision = {};
  for (int i = 0; i < kPolicyTypeCount; ++i) {
    const auto type = static_cast<PolicyType>(i);
    if (closed.Has(type)) decision.missing_layers.Add(type);
  }
  return decision;
}

Decision ByRule(Verdict verdict, Basis basis) {
  Decision decision;
  decision.verdict = verdict;
  decision.basis = basis;
  return decision;
}

Decision DeniedBy(const StatementRef& statement) {
  Decision decision;
  decision.verdict = Verdict::kExplicitDeny;
  decision.basis = Basis::kStatement;
  decision.statement = statement;
  return decision;
}

// Everything about one question, in order.
Decision Decide(const Question& question, Explanation* explanation) {
  const RequestFacts facts(question);
  const Votes votes = CollectVotes(facts, *question.policies, explanation);
  if (IsUndeniable(facts)) return ByRule(Verdict::kAllowed, Basis::kUndeniable);
  if (IsDeniedByRule(facts)) return ByRule(Verdict::kImplicitDeny, Basis::kBuiltInDeny);
  if (votes.deny) return DeniedBy(*votes.deny);
  return BehindGates(DecideGrant(facts, votes), votes);
}

}  // namespace

Decision Evaluate(const Request& request, const PolicySet& policies, Explanation* explanation) {
  return Evaluate(MakeQuestion(request, policies), explanation);
}

Decision Evaluate(const Question& question, Explanation* explanation) {
  if (explanation != nullptr) *explanation = {};
  const PolicyIndex* const identity = question.policies->indexes.identity;
  if (identity != nullptr) EffectiveProgram::FetchBeginning(identity);
  return Decide(question, explanation);
}

void EvaluateBatch(std::span<const Question> questions, std::span<Decision> decisions) {
  FetchAhead fetch(questions);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    fetch.Reach(i);
    decisions[i] = Decide(questions[i], nullptr);
  }
}

}  // namespace wardkeep::policy
