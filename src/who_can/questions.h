// Who may do this, and what may he do? Answers over an AccountAccess, each the decision of the evaluator for
// the same request. Pure functions, thread-safe; time grows with the number of principals or actions.
//
//   const auto access = FromState(state);
//   for (const Finding& found : WhoCan(*access, {.action = "s3:GetObject", .resource = arn}).allowed) ...
//
// A request is decided with the keys that follow from the principal, those that the question gives, and the
// tags of a resource that is a user or role of the account. Conditions on other keys are decided with those
// keys absent; a principal who is refused while such a key is missing is listed apart.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "wardkeep/decision.h"
#include "who_can/account_access.h"

namespace wardkeep::who_can {

struct AccessQuestion {
  std::string action = {};            // "s3:GetObject"
  std::string resource = "*";         // an ARN, or "*" for actions without a resource
  std::string resource_account = {};  // 12 digits; empty: that of the ARN, else the account asked
  // The policy of the resource. For sts:AssumeRole and its companions on a role of the account, its trust
  // policy is used and this is ignored.
  const policy::CompiledPolicy* resource_policy = nullptr;
  std::vector<std::pair<std::string, std::string>> context = {};  // key, value
};

struct Finding {
  const AccountPrincipal* who = nullptr;
  policy::Decision decision;
  std::string policy;  // the name of the policy that decided, empty if none did
};

struct Dependence {
  const AccountPrincipal* who = nullptr;
  std::vector<std::string> missing_context_keys;
  // What the account would have to say and does not: "AllowUsersToChangePassword" (its password policy),
  // "owner of the resource". One of the two lists is not empty.
  std::vector<std::string> missing_facts;
};

struct WhoCanAnswer {
  std::vector<Finding> allowed;     // in the order of the account
  std::vector<Dependence> depends;  // refused, while keys that a statement asks for are missing
  std::vector<const AccountPrincipal*> unreadable;  // with a policy that cannot be read
  // The resource is a role whose trust policy cannot be read: nobody is shown as allowed to assume it.
  bool is_resource_unreadable = false;
};

// Which principals of the account may do it. Callers from elsewhere are not looked for.
WhoCanAnswer WhoCan(const AccountAccess& account, const AccessQuestion& question);

struct WhatCanAnswer {
  std::vector<std::size_t> allowed;    // indexes into the actions asked for
  std::vector<std::size_t> undecided;  // refused, unless a fact holds that the account does not say
};

// Which of the actions the principal may do. `question.action` is not used.
WhatCanAnswer WhatCan(const AccountAccess& account, const AccountPrincipal& who,
                      const AccessQuestion& question, std::span<const std::string> actions);

// Every action that the service authorization reference has for the service of the ARN, as "s3:GetObject";
// all services for "*".
std::vector<std::string> ActionsFor(std::string_view resource);

}  // namespace wardkeep::who_can
