#include "analysis/statement_grants.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "analysis/resource_fit.h"
#include "base/ascii.h"
#include "policy/match/action_pattern.h"

namespace wardkeep::analysis {
namespace {

using policy::ActionPattern;
using policy::Statement;

constexpr std::size_t kArenaBlock = 4096;

// One statement with its action patterns read.
struct ReadStatement {
  const Statement* statement = nullptr;
  std::vector<ActionPattern> patterns;
};

std::string_view PrefixOf(std::string_view action) {
  return action.substr(0, action.find(':'));
}

bool NamesAllServices(const ReadStatement& read) {
  if (read.statement->not_action) return true;
  return std::ranges::any_of(read.patterns,
                             [](const ActionPattern& p) { return p.form == ActionPattern::Form::kEvery; });
}

bool NamesAction(const ReadStatement& read, std::string_view folded_action) {
  const bool listed = std::ranges::any_of(
      read.patterns, [&](const ActionPattern& p) { return policy::MatchesAction(p, folded_action); });
  return listed != read.statement->not_action;
}

// Whether the statement's resource can be one that the action is authorised on. NotResource leaves something
// unless it names everything.
bool FitsResource(const Statement& statement, const catalog::ActionFacts& action,
                  const catalog::ServiceFacts& facts) {
  if (!statement.has_resource) return true;
  const auto& written = statement.resources;
  const bool everything = std::ranges::any_of(written, NamesEverything);
  if (statement.not_resource) return !everything;
  if (everything) return true;
  return std::ranges::any_of(action.resources, [&](const catalog::ActionResource& resource) {
    const std::string_view arn = facts.resource_types()[resource.type].arn;
    return std::ranges::any_of(written, [&](const std::string& pattern) { return CanName(pattern, arn); });
  });
}

class Collector {
 public:
  Collector(const policy::Document& document, policy::Effect effect) : arena_(kArenaBlock) {
    for (const Statement& statement : document.statements) {
      if (statement.effect != effect) continue;
      ReadStatement& read = statements_.emplace_back();
      read.statement = &statement;
      for (const std::string& action : statement.actions) {
        read.patterns.push_back(policy::MakeActionPattern(action, arena_));
      }
    }
  }

  DocumentGrants Collect() {
    DocumentGrants grants;
    for (const std::size_t index : NamedServices(grants.unknown)) {
      grants.services.push_back(GrantsOf(catalog::ServiceAt(index)));
    }
    return grants;
  }

 private:
  // Positions of all services that a statement speaks of. What is in no catalogue goes to `unknown`.
  std::set<std::size_t> NamedServices(std::vector<UnknownService>& unknown) const {
    std::set<std::size_t> named;
    for (const ReadStatement& read : statements_) {
      if (NamesAllServices(read)) {
        for (std::size_t i = 0; i < catalog::ServiceCount(); ++i) named.insert(named.end(), i);
      }
      for (const std::string& action : read.statement->actions) {
        AddService(action, read.statement->not_action, named, unknown);
      }
    }
    return named;
  }

  static void AddService(const std::string& action, bool is_left_out, std::set<std::size_t>& named,
                         std::vector<UnknownService>& unknown) {
    const std::string_view prefix = PrefixOf(action);
    if (NamesEverything(prefix)) return;
    if (const auto service = catalog::FindService(prefix)) {
      named.insert(service->index);
      return;
    }
    auto row = std::ranges::find_if(unknown, [&](const UnknownService& u) {
      return u.is_left_out == is_left_out && base::EqualsIgnoreAsciiCase(u.prefix, prefix);
    });
    if (row == unknown.end()) row = unknown.insert(unknown.end(), {std::string(prefix), {}, is_left_out});
    if (std::ranges::find(row->patterns, action) == row->patterns.end()) row->patterns.push_back(action);
  }

  ServiceGrants GrantsOf(const catalog::ServiceEntry& service) const {
    ServiceGrants grants;
    grants.service = service;
    grants.facts = std::make_shared<const catalog::ServiceFacts>(catalog::LoadService(service));
    std::vector<std::string> names;  // "iam:passrole"
    for (const catalog::ActionFacts& action : grants.facts->actions()) {
      names.push_back(std::string(service.prefix) + ":" + base::AsciiLower(action.name));
      AddAction(action, names.back(), grants);
    }
    AddUnknownPatterns(names, grants);
    return grants;
  }

  void AddAction(const catalog::ActionFacts& action, std::string_view folded_name,
                 ServiceGrants& grants) const {
    ActionGrant grant{.action = &action, .statements = {}};
    bool named = false;
    for (const ReadStatement& read : statements_) {
      if (!NamesAction(read, folded_name)) continue;
      named = true;
      if (FitsResource(*read.statement, action, *grants.facts)) grant.statements.push_back(read.statement);
    }
    if (!grant.statements.empty()) {
      grants.actions.push_back(std::move(grant));
    } else if (named) {
      grants.has_misfit = true;
    }
  }

  void AddUnknownPatterns(const std::vector<std::string>& names, ServiceGrants& grants) const {
    for (const ReadStatement& read : statements_) {
      for (std::size_t i = 0; i < read.patterns.size(); ++i) {
        const std::string& written = read.statement->actions[i];
        if (!base::EqualsIgnoreAsciiCase(PrefixOf(written), grants.service.prefix)) continue;
        const auto matches = [&](std::string_view name) {
          return policy::MatchesAction(read.patterns[i], name);
        };
        if (std::ranges::none_of(names, matches)) grants.unknown_patterns.push_back(written);
      }
    }
  }

  policy::Arena arena_;
  std::vector<ReadStatement> statements_;
};

}  // namespace

DocumentGrants CollectGrants(const policy::Document& document, policy::Effect effect) {
  return Collector(document, effect).Collect();
}

}  // namespace wardkeep::analysis
