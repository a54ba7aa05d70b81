#include "policy/index/effective_program.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <new>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include "policy/index/literal_prefix.h"
#include "policy/index/near_pattern.h"
#include "policy/index/prefix_trie_draft.h"
#include "policy/index/word_sets_draft.h"

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

void AddRules(PolicySet::Policies policies, Effect effect, std::vector<Rule>& rules) {
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
}

// Denies first.
std::vector<Rule> OrderedRules(PolicySet::Policies policies) {
  std::vector<Rule> rules;
  AddRules(policies, Effect::kDeny, rules);
  AddRules(policies, Effect::kAllow, rules);
  return rules;
}

uint32_t CountDenies(std::span<const Rule> rules) {
  const auto denies = [](const Rule& rule) { return rule.statement->effect == Effect::kDeny; };
  return static_cast<uint32_t>(std::ranges::count_if(rules, denies));
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

void ShareBlocks(std::span<Rule> rules) {
  ConditionBlocks blocks;
  std::vector<uint32_t> block_of(rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].asks_condition) block_of[i] = blocks.Add(rules[i].statement->tests);
  }
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].asks_condition) {
      const uint32_t id = blocks.SharedId(block_of[i]);
      if (id <= std::numeric_limits<uint16_t>::max()) rules[i].shared_block = static_cast<uint16_t>(id);
    }
  }
}

}  // namespace

bool AllowsEverything(const Rule& rule) {
  const CompiledStatement& statement = *rule.statement;
  if (!rule.asks_nothing() || statement.not_action) return false;
  const auto every = [](const auto& pattern) {
    return pattern.form == std::decay_t<decltype(pattern)>::Form::kEvery;
  };
  return std::ranges::any_of(statement.actions, every) &&
         (!statement.has_resource || std::ranges::any_of(statement.resources, every));
}

// What goes into the block, and where.
struct EffectiveProgram::Draft {
  Draft(PolicySet::Policies given, std::span<const std::string_view> known_actions)
      : policies(given), rules(OrderedRules(given)), sets(static_cast<uint32_t>(rules.size())) {
    ShareBlocks(rules);
    actions.emplace(ActionEntries(rules, known_actions), sets);
    actions->Accumulate(sets);
    resources.emplace(ResourceEntries(rules), sets);
    ChooseLayout();
    for (const Rule& rule : rules) {
      near_resources.push_back(rule.asks_resource ? NearPatternOf(*rule.statement) : std::string());
    }
    Place();
  }

  void ChooseLayout() {
    layout = sets.is_one_word() ? TrieLayout::kOneWord : TrieLayout::kWide;
    constexpr std::size_t kNarrowRules = 32;
    constexpr std::size_t kNarrowBytes = std::size_t{1} << 16U;
    const bool is_narrow = rules.size() <= kNarrowRules &&
                           actions->PackedBytes(TrieLayout::kNarrow) < kNarrowBytes &&
                           resources->PackedBytes(TrieLayout::kNarrow) < kNarrowBytes;
    if (is_narrow) layout = TrieLayout::kNarrow;
  }

  // Places are numbers of 32 bits: what does not fit into those is refused as too much for the memory.
  void Place() {
    std::size_t end = sizeof(EffectiveProgram);
    const auto take = [&](std::size_t size, std::size_t alignment) {
      const std::size_t place = (end + alignment - 1) / alignment * alignment;
      end = place + size;
      if (end > std::numeric_limits<uint32_t>::max()) throw std::bad_alloc();
      return static_cast<uint32_t>(place);
    };
    take(actions->PackedBytes(layout), 1);
    resources_at = take(resources->PackedBytes(layout), 1);
    rules_at = take(PrefixTrie::kPadding + rules.size() * sizeof(Rule), alignof(Rule));
    rules_at += PrefixTrie::kPadding;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      const uint32_t place = take(near_resources[i].size(), 1);
      if (!near_resources[i].empty()) rules[i].near_resource = place;
    }
    sets_at = take(sets.PackedBytes(), alignof(uint64_t));
    policies_at = take(policies.size_bytes(), alignof(void*));
    bytes = take(0, 1);
  }

  PolicySet::Policies policies;
  std::vector<Rule> rules;
  std::vector<std::string> near_resources;  // for each rule; empty if it has none
  WordSetsDraft sets;
  std::optional<PrefixTrieDraft> actions;
  std::optional<PrefixTrieDraft> resources;
  TrieLayout layout = TrieLayout::kWide;
  uint32_t resources_at = 0;
  uint32_t rules_at = 0;
  uint32_t sets_at = 0;
  uint32_t policies_at = 0;
  uint32_t bytes = 0;
};

EffectiveProgram::EffectiveProgram(const Draft& draft)
    : bytes_(draft.bytes),
      resources_at_(draft.resources_at),
      rules_at_(draft.rules_at),
      policies_at_(draft.policies_at),
      policy_count_(static_cast<uint32_t>(draft.policies.size())),
      rule_count_(static_cast<uint32_t>(draft.rules.size())),
      deny_count_(CountDenies(draft.rules)),
      layout_(draft.layout),
      allows_everything_(deny_count_ == 0 && rule_count_ != 0 && AllowsEverything(draft.rules.front())) {
  static_assert(sizeof(EffectiveProgram) == 64);
  auto* const memory = reinterpret_cast<std::byte*>(this);
  draft.actions->Pack(layout_, draft.sets, memory + sizeof *this);
  draft.resources->Pack(layout_, draft.sets, memory + resources_at_);
  std::uninitialized_copy(draft.rules.begin(), draft.rules.end(),
                          reinterpret_cast<Rule*>(memory + rules_at_));
  for (std::size_t i = 0; i < draft.rules.size(); ++i) {
    std::ranges::copy(std::as_bytes(std::span(draft.near_resources[i])),
                      memory + draft.rules[i].near_resource);
  }
  sets_ = draft.sets.Pack(memory + draft.sets_at);
  std::uninitialized_copy(draft.policies.begin(), draft.policies.end(),
                          reinterpret_cast<const CompiledPolicy**>(memory + policies_at_));
}

std::shared_ptr<const EffectiveProgram> EffectiveProgram::Make(
    PolicySet::Policies policies, std::span<const std::string_view> known_actions) {
  const Draft draft(policies, known_actions);
  void* const memory = ::operator new(draft.bytes, std::align_val_t{alignof(EffectiveProgram)});
  return {new (memory) EffectiveProgram(draft), Free};
}

void EffectiveProgram::Free(const EffectiveProgram* program) {
  static_assert(std::is_trivially_destructible_v<Rule>);
  program->~EffectiveProgram();
  ::operator delete(const_cast<EffectiveProgram*>(program), std::align_val_t{alignof(EffectiveProgram)});
}

PolicyIndexPtr MakeIndex(std::span<const CompiledPolicy* const> policies,
                         std::span<const std::string_view> known_actions) {
  return EffectiveProgram::Make(policies, known_actions);
}

}  // namespace wardkeep::policy
