#include "analysis/policy_summary.h"

#include <algorithm>
#include <utility>

#include "analysis/resource_fit.h"
#include "analysis/statement_grants.h"
#include "base/join.h"
#include "policy/condition/operators.h"

namespace wardkeep::analysis {
namespace {

void AddOnce(std::vector<std::string>& list, std::string text) {
  if (std::ranges::find(list, text) == list.end()) list.push_back(std::move(text));
}

std::string ConditionText(const policy::ConditionTest& test) {
  const std::string op = policy::FormatOperatorName({test.op, test.qualifier, test.if_exists});
  return test.key + " | " + op + " | " + base::Join(test.values, ", ");
}

// The tests of a statement must hold together, so they are one condition.
std::string ConditionText(const policy::Statement& statement) {
  std::string out;
  for (const policy::ConditionTest& test : statement.conditions) {
    out += (out.empty() ? "" : " and ") + ConditionText(test);
  }
  return out;
}

void AddResources(const policy::Statement& statement, std::vector<std::string>& resources) {
  if (!statement.has_resource) AddOnce(resources, "*");
  if (statement.not_resource) {  // none of them, which is one thing
    AddOnce(resources, "not " + base::Join(statement.resources, " and not "));
    return;
  }
  for (const std::string& written : statement.resources) AddOnce(resources, written);
}

ActionSummary SummarizeAction(const ActionGrant& grant) {
  ActionSummary action;
  action.name = grant.action->name;
  action.level = grant.action->level;
  bool unconditional = false;
  for (const policy::Statement* statement : grant.statements) {
    AddResources(*statement, action.resources);
    unconditional = unconditional || statement->conditions.empty();
    if (!statement->conditions.empty()) AddOnce(action.conditions, ConditionText(*statement));
  }
  if (unconditional) action.conditions.clear();
  return action;
}

std::string ResourceColumn(const std::vector<ActionSummary>& actions) {
  std::vector<std::string> all;
  for (const ActionSummary& action : actions) {
    for (const std::string& resource : action.resources) AddOnce(all, resource);
  }
  if (all.size() > 1) return "Multiple";
  if (all.empty()) return "None";
  return NamesEverything(all.front()) ? "All resources" : all.front();
}

std::string ConditionColumn(const std::vector<ActionSummary>& actions) {
  std::vector<std::string> all;
  for (const ActionSummary& action : actions) {
    if (action.conditions.empty()) AddOnce(all, "None");
    for (const std::string& condition : action.conditions) AddOnce(all, condition);
  }
  if (all.size() > 1) return "Multiple";
  return all.empty() ? "None" : all.front();
}

Access AccessOf(std::size_t named, std::size_t total) {
  if (named == 0) return Access::kNone;
  return named == total ? Access::kFull : Access::kLimited;
}

ServiceSummary SummarizeService(const ServiceGrants& grants) {
  ServiceSummary service;
  service.prefix = grants.service.prefix;
  service.name = grants.service.name;
  service.access = AccessOf(grants.actions.size(), grants.service.action_count);
  service.unknown_actions = grants.unknown_patterns;
  service.has_misfit = grants.has_misfit;
  for (const ActionGrant& grant : grants.actions) {
    service.actions.push_back(SummarizeAction(grant));
    ++service.levels[static_cast<std::size_t>(grant.action->level)].named;
  }
  for (std::size_t i = 0; i < catalog::kAccessLevelCount; ++i) {
    LevelSummary& level = service.levels[i];
    level.total = grants.service.level_counts[i];
    level.access = AccessOf(level.named, level.total);
  }
  service.resources = ResourceColumn(service.actions);
  service.conditions = ConditionColumn(service.actions);
  return service;
}

std::vector<ServiceSummary> SummarizeEffect(const policy::Document& document, policy::Effect effect,
                                            std::vector<UncategorizedService>& uncategorized) {
  DocumentGrants grants = CollectGrants(document, effect);
  std::vector<ServiceSummary> services;
  for (const ServiceGrants& service : grants.services) {
    // NotAction names every service, also those of which it leaves nothing.
    const bool silent = service.actions.empty() && service.unknown_patterns.empty() && !service.has_misfit;
    if (!silent) services.push_back(SummarizeService(service));
  }
  for (UnknownService& unknown : grants.unknown) {
    uncategorized.push_back(
        {std::move(unknown.prefix), std::move(unknown.patterns), effect, unknown.is_left_out});
  }
  return services;
}

std::string LevelsOf(const ServiceSummary& service, Access access) {
  std::vector<std::string> names;
  for (const catalog::AccessLevel level : catalog::kAccessLevels) {
    if (service.levels[static_cast<std::size_t>(level)].access == access) {
      names.emplace_back(catalog::AccessLevelName(level));
    }
  }
  return names.empty() ? "" : std::string(AccessName(access)) + ": " + base::Join(names, ", ");
}

}  // namespace

std::string_view AccessName(Access access) {
  switch (access) {
    case Access::kNone:
      return "None";
    case Access::kLimited:
      return "Limited";
    case Access::kFull:
      return "Full";
  }
  return "";
}

PolicySummary Summarize(const policy::Document& document) {
  PolicySummary summary;
  summary.service_count = catalog::ServiceCount();
  summary.denied = SummarizeEffect(document, policy::Effect::kDeny, summary.uncategorized);
  summary.allowed = SummarizeEffect(document, policy::Effect::kAllow, summary.uncategorized);
  return summary;
}

std::string AccessText(const ServiceSummary& service) {
  if (service.access == Access::kFull) return "Full access";
  if (service.access == Access::kNone) {
    return service.has_misfit ? "None - No resources are defined." : "None - No actions are defined.";
  }
  const std::string full = LevelsOf(service, Access::kFull);
  const std::string limited = LevelsOf(service, Access::kLimited);
  return full + (full.empty() || limited.empty() ? "" : " ") + limited;
}

}  // namespace wardkeep::analysis
