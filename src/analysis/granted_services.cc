#include "analysis/granted_services.h"

#include <algorithm>

#include "base/ascii.h"

namespace wardkeep::analysis {
namespace {

using policy::ActionPattern;

constexpr std::size_t kArenaBlock = 256;

bool Matches(const std::string& written, std::string_view folded_action) {
  policy::Arena arena(kArenaBlock);
  return policy::MatchesAction(policy::MakeActionPattern(written, arena), folded_action);
}

bool IsEverything(std::string_view written) {
  return written == "*" || written == "*:*";
}

bool IsOfService(std::string_view written, std::string_view prefix) {
  return base::EqualsIgnoreAsciiCase(written.substr(0, written.find(':')), prefix);
}

// "iam:*"
bool IsWholeService(std::string_view written, std::string_view prefix) {
  return IsOfService(written, prefix) && written.substr(std::min(prefix.size() + 1, written.size())) == "*";
}

std::vector<std::string> FoldedNames(const catalog::ServiceEntry& service,
                                     const catalog::ServiceFacts& facts) {
  std::vector<std::string> names;
  for (const catalog::ActionFacts& action : facts.actions()) {
    names.push_back(std::string(service.prefix) + ":" + base::AsciiLower(action.name));
  }
  return names;
}

}  // namespace

void GrantedServices::Add(const policy::Document& document) {
  for (const policy::Statement& statement : document.statements) {
    if (statement.effect == policy::Effect::kAllow)
      rules_.push_back({statement.not_action, statement.actions});
  }
}

bool GrantedServices::GrantsName(const Rule& rule, std::string_view folded_action) const {
  const bool listed = std::ranges::any_of(
      rule.written, [&](const std::string& written) { return Matches(written, folded_action); });
  return listed != rule.not_action;
}

bool GrantedServices::GrantsService(const Rule& rule, const catalog::ServiceEntry& service) const {
  const auto is_everything = [](const std::string& written) { return IsEverything(written); };
  const auto is_of_service = [&](const std::string& written) { return IsOfService(written, service.prefix); };
  const auto is_whole = [&](const std::string& written) { return IsWholeService(written, service.prefix); };
  // What needs no look at the actions comes first: it is the common case.
  if (std::ranges::any_of(rule.written, is_everything)) return !rule.not_action;
  if (std::ranges::any_of(rule.written, is_whole)) return !rule.not_action;
  if (std::ranges::none_of(rule.written, is_of_service)) return rule.not_action;
  const std::vector<std::string> names = FoldedNames(service, catalog::LoadService(service));
  return std::ranges::any_of(names, [&](const std::string& name) { return GrantsName(rule, name); });
}

bool GrantedServices::Grants(const catalog::ServiceEntry& service) const {
  return std::ranges::any_of(rules_, [&](const Rule& rule) { return GrantsService(rule, service); });
}

std::set<std::size_t> GrantedServices::Services() const {
  std::set<std::size_t> granted;
  for (std::size_t i = 0; i < catalog::ServiceCount(); ++i) {
    if (Grants(catalog::ServiceAt(i))) granted.insert(i);
  }
  return granted;
}

std::vector<std::string_view> GrantedServices::Actions(const catalog::ServiceEntry& service,
                                                       const catalog::ServiceFacts& facts) const {
  std::vector<std::string_view> granted;
  const std::vector<std::string> names = FoldedNames(service, facts);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (std::ranges::any_of(rules_, [&](const Rule& rule) { return GrantsName(rule, names[i]); })) {
      granted.push_back(facts.actions()[i].name);
    }
  }
  return granted;
}

}  // namespace wardkeep::analysis
