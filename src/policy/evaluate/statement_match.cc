#include "policy/evaluate/statement_match.h"

namespace wardkeep::policy {
namespace {

// Deny with NotPrincipal reaches every caller with a permissions boundary, whoever is listed (4.9).
bool NotPrincipalApplies(const CompiledStatement& statement, const RequestFacts& facts) {
  if (statement.effect == Effect::kDeny && facts.has_boundary()) return true;
  return !IsExempt(statement.principals, facts.principal());
}

}  // namespace

bool ActionApplies(const CompiledStatement& statement, std::string_view folded_action) {
  for (const ActionPattern& pattern : statement.actions) {
    if (MatchesAction(pattern, folded_action)) return !statement.not_action;
  }
  return statement.not_action;
}

bool ResourceApplies(const CompiledStatement& statement, const RequestFacts& facts) {
  if (!statement.has_resource) return true;
  for (const ResourcePattern& pattern : statement.resources) {
    if (MatchesResource(pattern, facts.resource(), facts.context())) return !statement.not_resource;
  }
  return statement.not_resource;
}

MatchKinds KindsOfCaller(const CompiledStatement& statement, const RequestFacts& facts) {
  constexpr MatchKinds kEverybody = MatchKinds::Of(MatchKind::kStar);
  if (!statement.tests_principal) return kEverybody;
  if (!statement.not_principal) return MatchPrincipals(statement.principals, facts.principal());
  return NotPrincipalApplies(statement, facts) ? kEverybody : MatchKinds();
}

bool Applies(const CompiledStatement& statement, const RequestFacts& facts, MissingKeys* missing,
             MatchKinds& kinds) {
  if (!ActionApplies(statement, facts.action())) return false;
  kinds = KindsOfCaller(statement, facts);
  if (kinds.empty()) return false;
  if (missing != nullptr) missing->AddResources(statement);
  if (!ResourceApplies(statement, facts)) return false;
  if (missing != nullptr) missing->AddConditions(statement);
  return ConditionsHold(statement.tests, facts.context());
}

}  // namespace wardkeep::policy
