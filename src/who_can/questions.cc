#include "who_can/questions.h"

#include "base/account_id.h"
#include "base/ascii.h"
#include "catalog/action_catalogue.h"
#include "policy/evaluate/request_facts.h"
#include "wardkeep/batch.h"

namespace wardkeep::who_can {
namespace {

// One question about one principal: what a policy::Question points at.
struct Asked {
  policy::RequestContext context;
  policy::PolicySet policies;
};

void AddTags(const AccountPrincipal& resource, policy::RequestContext& context) {
  for (const auto& [key, value] : resource.tags) {
    context.SetDefault("aws:ResourceTag/" + key, value);
    context.SetDefault("iam:ResourceTag/" + key, value);
  }
}

bool IsTrustQuestion(const AccessQuestion& question, std::string_view action) {
  return policy::IsRoleArn(policy::SplitArn(question.resource)) && policy::IsTrustAction(action);
}

const policy::CompiledPolicy* ResourcePolicy(const AccountAccess& account, const AccessQuestion& question,
                                             std::string_view action) {
  if (!IsTrustQuestion(question, action)) return question.resource_policy;
  const AccountPrincipal* role = account.Find(question.resource);
  return role != nullptr && role->trust ? role->trust->policy : nullptr;
}

Asked Prepare(const AccountAccess& account, const AccountPrincipal& who, const AccessQuestion& question) {
  Asked asked{who.context, who.policies};
  for (const auto& [key, value] : question.context) asked.context.Set(key, value);
  if (const AccountPrincipal* resource = account.Find(question.resource)) AddTags(*resource, asked.context);
  asked.policies.resource = ResourcePolicy(account, question, question.action);
  return asked;
}

policy::Question Ask(const AccountAccess& account, const AccountPrincipal& who,
                     const AccessQuestion& question, std::string_view action, const Asked& asked) {
  policy::Question result;
  result.principal = &who.principal;
  result.context = &asked.context;
  result.policies = &asked.policies;
  result.action = action;
  result.resource = question.resource;
  result.resource_account = question.resource_account;
  const policy::ArnText arn = policy::SplitArn(question.resource);
  if (result.resource_account.empty()) {
    // What AWS owns (account "aws") and what names no account is asked about as the evaluator takes it.
    result.resource_account =
        arn.IsArn() && base::IsAccountId(arn.account()) ? arn.account() : account.account_id();
  }
  return result;
}

// Facts that the account does not say and that may allow what policies refuse, whoever asks.
std::vector<std::string> MissingFacts(const AccountPrincipal& who, const policy::Question& refused,
                                      const policy::Decision& decision) {
  std::vector<std::string> facts;
  if (decision.verdict != policy::Verdict::kImplicitDeny) return facts;
  const auto is = [&](std::string_view action) {
    return base::EqualsIgnoreAsciiCase(refused.action, action);
  };
  const bool own = is("iam:ChangePassword") && refused.resource == who.principal.arn;
  if (who.principal.kind == policy::PrincipalKind::kUser && (own || is("iam:GetAccountPasswordPolicy"))) {
    facts.emplace_back("AllowUsersToChangePassword");
  }
  const bool of_owner = is("iam:GetDelegationRequest") || is("iam:GetHumanReadableSummary") ||
                        is("iam:RejectDelegationRequest") || is("iam:UpdateDelegationRequest");
  if (of_owner && policy::SplitArn(refused.resource).resource().starts_with("delegation-request/")) {
    facts.emplace_back("owner of the resource");
  }
  return facts;
}

std::string NameOf(const AccountPrincipal& who, const policy::Decision& decision) {
  if (!decision.statement) return {};
  switch (decision.statement->type) {
    case policy::PolicyType::kIdentity:
      return who.identity[decision.statement->policy].name;
    case policy::PolicyType::kPermissionsBoundary:
      return who.boundary->name;
    default:
      return "resource policy";
  }
}

}  // namespace

WhoCanAnswer WhoCan(const AccountAccess& account, const AccessQuestion& question) {
  WhoCanAnswer answer;
  const AccountPrincipal* resource = account.Find(question.resource);
  answer.is_resource_unreadable = resource != nullptr && resource->trust &&
                                  resource->trust->policy == nullptr &&
                                  IsTrustQuestion(question, question.action);
  std::vector<const AccountPrincipal*> principals;
  std::vector<Asked> asked;
  for (const AccountPrincipal& who : account.principals()) {
    if (who.is_unreadable) {
      answer.unreadable.push_back(&who);
      continue;
    }
    principals.push_back(&who);
    asked.push_back(Prepare(account, who, question));
  }
  std::vector<policy::Question> questions;
  for (std::size_t i = 0; i < principals.size(); ++i) {
    questions.push_back(Ask(account, *principals[i], question, question.action, asked[i]));
  }
  std::vector<policy::Decision> decisions(questions.size());
  policy::EvaluateBatch(questions, decisions);
  for (std::size_t i = 0; i < principals.size(); ++i) {
    if (decisions[i].allowed()) {
      answer.allowed.push_back({principals[i], decisions[i], NameOf(*principals[i], decisions[i])});
      continue;
    }
    policy::Explanation explanation;
    policy::Evaluate(questions[i], &explanation);
    std::vector<std::string> facts = MissingFacts(*principals[i], questions[i], decisions[i]);
    if (explanation.missing_context_keys.empty() && facts.empty()) continue;
    answer.depends.push_back({principals[i], std::move(explanation.missing_context_keys), std::move(facts)});
  }
  return answer;
}

WhatCanAnswer WhatCan(const AccountAccess& account, const AccountPrincipal& who,
                      const AccessQuestion& question, std::span<const std::string> actions) {
  WhatCanAnswer answer;
  if (who.is_unreadable) return answer;
  // Actions that are authorised against a trust policy, and the others.
  Asked asked[2] = {Prepare(account, who, question), Prepare(account, who, question)};
  std::vector<policy::Question> questions;
  for (const std::string& action : actions) {
    Asked& own = asked[policy::IsTrustAction(action) ? 1 : 0];
    own.policies.resource = ResourcePolicy(account, question, action);
    questions.push_back(Ask(account, who, question, action, own));
  }
  std::vector<policy::Decision> decisions(questions.size());
  policy::EvaluateBatch(questions, decisions);
  for (std::size_t i = 0; i < decisions.size(); ++i) {
    if (decisions[i].allowed()) {
      answer.allowed.push_back(i);
    } else if (!MissingFacts(who, questions[i], decisions[i]).empty()) {
      answer.undecided.push_back(i);
    }
  }
  return answer;
}

std::vector<std::string> ActionsFor(std::string_view resource) {
  std::vector<std::string> actions;
  const auto add = [&](const catalog::ServiceEntry& entry) {
    const catalog::ServiceFacts facts = catalog::LoadService(entry);
    for (const catalog::ActionFacts& action : facts.actions()) {
      actions.push_back(std::string(entry.prefix) + ":" + std::string(action.name));
    }
  };
  if (resource == "*") {
    for (std::size_t i = 0; i < catalog::ServiceCount(); ++i) add(catalog::ServiceAt(i));
    return actions;
  }
  const std::string service(policy::SplitArn(resource).service());
  if (const auto entry = catalog::FindService(service)) add(*entry);
  // Roles are assumed with actions of another service.
  if (policy::IsRoleArn(policy::SplitArn(resource))) {
    if (const auto sts = catalog::FindService("sts")) add(*sts);
  }
  return actions;
}

}  // namespace wardkeep::who_can
