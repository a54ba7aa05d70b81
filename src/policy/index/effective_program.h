// The statements of all policies of one layer, merged and indexed: by action and by the literal beginning of
// their resources (performance notes, section 3). The index only narrows down which statements are asked: the
// patterns themselves decide wherever it is not exact. Built from the names that occur in the policies; no
// list of the services' actions is needed. Immutable, thread-safe; points into the policies.
//
// All of it is one block of memory, aligned to the lines of the caches: this object, which is one line, then
// what a search reads, in the order in which it does: actions, resources, rules, short patterns that are
// still to be asked (near_pattern.h), sets that are not in the tries themselves. So the waits of a decision
// about a principal that nobody asked for lately overlap.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "policy/compile/program.h"
#include "policy/index/condition_blocks.h"
#include "policy/index/prefix_trie.h"
#include "policy/index/word_sets.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::policy {

// A statement and what is left to ask of it once the index has named it.
struct Rule {
  const CompiledStatement* statement = nullptr;
  uint32_t policy = 0;         // within the layer
  uint32_t number = 0;         // within the policy
  uint32_t near_resource = 0;  // where in the program what asks_resource asks lies; 0: only in the statement
  uint16_t shared_block = ConditionBlocks::kUnshared;
  bool asks_action : 1 = false;
  bool asks_principal : 1 = false;
  bool asks_resource : 1 = false;
  bool asks_condition : 1 = false;

  bool asks_nothing() const { return !asks_action && !asks_principal && !asks_resource && !asks_condition; }
};

// Whether it applies to every request: an Allow that asks nothing, of every action and resource.
bool AllowsEverything(const Rule& rule);

class alignas(64) EffectiveProgram final : public PolicyIndex {
 public:
  static std::shared_ptr<const EffectiveProgram> Make(PolicySet::Policies policies,
                                                      std::span<const std::string_view> known_actions);
  EffectiveProgram(const EffectiveProgram&) = delete;
  EffectiveProgram& operator=(const EffectiveProgram&) = delete;

  std::span<const CompiledPolicy* const> policies() const override {
    return {At<const CompiledPolicy*>(policies_at_), policy_count_};
  }
  // Whether it was made for these very policies.
  bool IsOf(PolicySet::Policies policies) const {
    return policies.data() == At<const CompiledPolicy*>(policies_at_) && policies.size() == policy_count_;
  }
  std::size_t bytes() const override { return bytes_; }

  // The Deny statements, then the Allow statements, each in the order of policies and statements.
  std::span<const Rule> rules() const { return {At<Rule>(rules_at_), rule_count_}; }
  uint32_t deny_count() const { return deny_count_; }

  // No rule denies and the first one allows everything, as most layers of an organization do.
  bool allows_everything() const { return allows_everything_; }

  const WordSets& sets() const { return sets_; }
  // The rules whose action matches, and some of those with asks_action whose action may not; for a settled
  // action none of these but with NotAction.
  PrefixTrie::Found RulesForAction(std::string_view folded_action) const {
    return PrefixTrie(At<std::byte>(sizeof *this), layout_).Deepest(folded_action);
  }
  // Sets that together hold the rules whose resource matches, and some of those with asks_resource whose
  // resource may not.
  PrefixTrie resources() const { return {At<std::byte>(resources_at_), layout_}; }

  // A NearPattern of a rule, or null.
  const std::byte* NearResource(const Rule& rule) const {
    return rule.near_resource == 0 ? nullptr : At<std::byte>(rule.near_resource);
  }

  // Asks for the memory that a search reads, as far as it is of typical size: the beginning, and when that is
  // there, the rest.
  static void FetchBeginning(const PolicyIndex* program) {
    const char* const memory = reinterpret_cast<const char*>(program);
    for (std::size_t at = 0; at < kBeginning; at += 64) __builtin_prefetch(memory + at);
  }
  void FetchRest() const {
    const std::size_t end = std::min<std::size_t>(bytes_, kTypicalSize);
    for (std::size_t at = kBeginning; at < end; at += 64) __builtin_prefetch(At<char>(at));
  }

 private:
  static constexpr std::size_t kBeginning = 768;
  static constexpr std::size_t kTypicalSize = 2048;

  struct Draft;
  explicit EffectiveProgram(const Draft& draft);
  ~EffectiveProgram() override = default;
  static void Free(const EffectiveProgram* program);

  template <typename T>
  const T* At(std::size_t place) const {
    return reinterpret_cast<const T*>(reinterpret_cast<const std::byte*>(this) + place);
  }

  WordSets sets_;
  uint32_t bytes_;  // of the block
  uint32_t resources_at_;
  uint32_t rules_at_;
  uint32_t policies_at_;
  uint32_t policy_count_;
  uint32_t rule_count_;
  uint32_t deny_count_;
  TrieLayout layout_;
  bool allows_everything_;
};

}  // namespace wardkeep::policy
