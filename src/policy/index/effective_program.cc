#include "policy/index/effective_program.h"

#include <optional>

#include "policy/index/literal_prefix.h"

namespace wardkeep::policy {
namespace {

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
      rule.asks_principal = statements[number].tests_principal;
      rule.asks_condition = !statements[number].tests.empty();
      rules.push_back(rule);
    }
  }
  return rules;
}

// Lists the beginnings of a statement's patterns and says whether they must be asked nevertheless. An
// excluding list (NotAction, NotResource) must be, whatever the key.
template <typename Patterns>
bool ListPrefixes(const Patterns& patterns, bool excluding, uint32_t number,
                  std::vector<PrefixEntry>& entries) {
  if (excluding) {
    entries.push_back({{}, false, number});
    return true;
  }
  bool asks = false;
  for (const auto& pattern : patterns) {
    std::optional<LiteralPrefix> prefix = PrefixOf(pattern);
    if (!prefix) continue;
    asks = asks || prefix->form == LiteralPrefix::Form::kLoose;
    entries.push_back({std::move(prefix->text), prefix->form == LiteralPrefix::Form::kExact, number});
  }
  return asks;
}

std::vector<PrefixEntry> ActionEntries(std::span<Rule> rules) {
  std::vector<PrefixEntry> entries;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    const CompiledStatement& statement = *rules[i].statement;
    rules[i].asks_action = ListPrefixes(statement.actions, statement.not_action, i, entries);
  }
  return entries;
}

std::vector<PrefixEntry> ResourceEntries(std::span<Rule> rules) {
  std::vector<PrefixEntry> entries;
  for (uint32_t i = 0; i < rules.size(); ++i) {
    const CompiledStatement& statement = *rules[i].statement;
    if (statement.has_resource) {
      rules[i].asks_resource = ListPrefixes(statement.resources, statement.not_resource, i, entries);
    } else {
      entries.push_back({{}, false, i});
    }
  }
  return entries;
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

EffectiveProgram::EffectiveProgram(PolicySet::Policies policies)
    : policies_(policies.begin(), policies.end()),
      rules_(RulesOf(policies, Effect::kDeny)),
      deny_count_(static_cast<uint32_t>(rules_.size())) {
  const std::vector<Rule> allows = RulesOf(policies, Effect::kAllow);
  rules_.insert(rules_.end(), allows.begin(), allows.end());
  rules_.shrink_to_fit();
  ShareBlocks(rules_);
  sets_ = WordSets(static_cast<uint32_t>(rules_.size()));
  actions_ = PrefixTrie(ActionEntries(rules_), sets_);
  actions_.Accumulate(sets_);
  resources_ = PrefixTrie(ResourceEntries(rules_), sets_);
  sets_.Freeze();
}

std::size_t EffectiveProgram::bytes() const {
  return sizeof *this + policies_.capacity() * sizeof policies_[0] + rules_.capacity() * sizeof(Rule) +
         sets_.Bytes() + actions_.Bytes() + resources_.Bytes();
}

PolicyIndexPtr MakeIndex(std::span<const CompiledPolicy* const> policies) {
  return std::make_shared<const EffectiveProgram>(policies);
}

}  // namespace wardkeep::policy
