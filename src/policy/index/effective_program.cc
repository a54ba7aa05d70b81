#include "policy/index/effective_program.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <type_traits>

#include "policy/index/literal_prefix.h"

namespace wardkeep::policy {
namespace {

// Whether it depends on the caller if a statement applies, or in which way: "*" alone takes in everybody as
// "*".
bool AsksPrincipal(const CompiledStatement& statement) {
  if (!statement.tests_principal) return false;
  const auto any = [](const PrincipalPattern& listed) { return listed.form == PrincipalPattern::Form::kAny; };
  return statement.not_principal || statement.principals.empty() ||
         !std::ranges::all_of(statement.principals, any);
}

std::vector<Rule> RulesOf(PolicySet::Policies policies, Effect effect) {
  std::vector<Rule> rules;
  for (uint32_t policy = 0; policy < policies.size(); ++policy) {
    const auto statements = static_cast<const Program*>(policies[policy])->statements();
    for (uint32_t number = 0; number < statements.size(); ++number) {
      if (statements[number].effect != effect) continue;
      Rule rule;
      rule.statement = &statements[number];
      rule.policy = policy;
      rule.number = number;
      rule.asks_principal = AsksPrincipal(statements[number]);
      rule.asks_condition = !statements[number].tests.empty();
      rules.push_back(rule);
    }
  }
  return rules;
}

// The beginnings of a statement's patterns.
struct Prefixes {
  std::vector<LiteralPrefix> all;
  bool loose = false;  // some pattern must be asked nevertheless
};

template <typename Patterns>
Prefixes PrefixesOf(const Patterns& patterns) {
  Prefixes prefixes;
  for (const auto& pattern : patterns) {
    std::optional<LiteralPrefix> prefix = PrefixOf(pattern);
    if (!prefix) continue;
    prefixes.loose = prefixes.loose || prefix->form == LiteralPrefix::Form::kLoose;
    prefixes.all.push_back(std::move(*prefix));
  }
  return prefixes;
}

void List(Prefixes&& prefixes, uint32_t number, bool excluded, std::vector<PrefixEntry>& entries) {
  for (LiteralPrefix& prefix : prefixes.all) {
    entries.push_back({std::move(prefix.text), prefix.form == LiteralPrefix::Form::kExact, number, excluded});
  }
}

PrefixEntry Everything(uint32_t number) {
  return {{}, false, number, false};
}

// Lets the index answer for the known actions that a loose Action pattern may match, by leaving out the rules
// whose patterns do not match after all.
void SettleActions(std::span<const Rule> rules, std::span<const std::string_view> known_actions,
                   std::vector<PrefixEntry>& entries) {
  std::set<std::string_view> settled;
  std::vector<uint32_t> loose;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    if (!rules[i].asks_action || rules[i].statement->not_action) continue;
    loose.push_back(i);
    for (const LiteralPrefix& prefix : PrefixesOf(rules[i].statement->actions).all) {
      if (prefix.form != LiteralPrefix::Form::kLoose) continue;
      auto known = std::ranges::lower_bound(known_actions, std::string_view(prefix.text));
      for (; known != known_actions.end() && known->starts_with(prefix.text); ++known) settled.insert(*known);
    }
  }
  for (const std::string_view action : settled) {
    entries.push_back({std::string(action), true, 0, false, true});
    for (const uint32_t i : loose) {
      const auto matches = [&](const ActionPattern& pattern) { return MatchesAction(pattern, action); };
      if (std::ranges::none_of(rules[i].statement->actions, matches)) {
        entries.push_back({std::string(action), true, i, true});
      }
    }
  }
}

std::vector<PrefixEntry> ActionEntries(std::span<Rule> rules,
                                       std::span<const std::string_view> known_actions) {
  std::vector<PrefixEntry> entries;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    const bool excluding = rules[i].statement->not_action;
    Prefixes prefixes = PrefixesOf(rules[i].statement->actions);
    rules[i].asks_action = prefixes.loose;
    if (excluding) entries.push_back(Everything(i));
    if (!excluding || !prefixes.loose) List(std::move(prefixes), i, excluding, entries);
  }
  SettleActions(rules, known_actions, entries);
  return entries;
}

// NotResource must be asked whatever the resource: a walk meets the sets of a path one by one, so none can
// take back what another gave.
std::vector<PrefixEntry> ResourceEntries(std::span<Rule> rules) {
  std::vector<PrefixEntry> entries;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    const CompiledStatement& statement = *rules[i].statement;
    if (!statement.has_resource || statement.not_resource) {
      rules[i].asks_resource = statement.not_resource;
      entries.push_back(Everything(i));
      continue;
    }
    Prefixes prefixes = PrefixesOf(statement.resources);
    rules[i].asks_resource = prefixes.loose;
    List(std::move(prefixes), i, false, entries);
  }
  return entries;
}

bool AllowsEverything(const Rule& rule) {
  const CompiledStatement& statement = *rule.statement;
  if (!rule.asks_nothing() || statement.not_action) return false;
  const auto every = [](const auto& pattern) {
    return pattern.form == std::decay_t<decltype(pattern)>::Form::kEvery;
  };
  return std::ranges::any_of(statement.actions, every) &&
         (!statement.has_resource || std::ranges::any_of(statement.resources, every));
}

void ShareBlocks(std::span<Rule> rules) {
  ConditionBlocks blocks;
  std::vector<uint32_t> block_of(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].asks_condition) block_of[i] = blocks.Add(rules[i].statement->tests);
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].asks_condition) rules[i].shared_block = blocks.SharedId(block_of[i]);
  }
}

}  // namespace

EffectiveProgram::EffectiveProgram(PolicySet::Policies policies,
                                   std::span<const std::string_view> known_actions)
    : policies_(policies.begin(), policies.end()),
      rules_(RulesOf(policies, Effect::kDeny)),
      deny_count_(static_cast<uint32_t>(rules_.size())) {
  const std::vector<Rule> allows = RulesOf(policies, Effect::kAllow);
  rules_.insert(rules_.end(), allows.begin(), allows.end());
  rules_.shrink_to_fit();
  rule_count_ = static_cast<uint32_t>(rules_.size());
  ShareBlocks(rules_);
  sets_ = WordSets(static_cast<uint32_t>(rules_.size()));
  actions_ = PrefixTrie(ActionEntries(rules_, known_actions), sets_);
  actions_.Accumulate(sets_);
  resources_ = PrefixTrie(ResourceEntries(rules_), sets_);
  sets_.Freeze();
  allows_everything_ = deny_count_ == 0 && !rules_.empty() && AllowsEverything(rules_.front());
}

std::size_t EffectiveProgram::bytes() const {
  return sizeof *this + policies_.capacity() * sizeof policies_[0] + rules_.capacity() * sizeof(Rule) +
         sets_.Bytes() + actions_.Bytes() + resources_.Bytes();
}

PolicyIndexPtr MakeIndex(std::span<const CompiledPolicy* const> policies,
                         std::span<const std::string_view> known_actions) {
  return std::make_shared<const EffectiveProgram>(policies, known_actions);
}

}  // namespace wardkeep::policy
