// The statements of all policies of one layer, merged and indexed: by action and by the literal beginning of
// their resources (performance notes, section 3). The index only narrows down which statements are asked: the
// patterns themselves decide wherever it is not exact. Built from the names that occur in the policies; no
// list of the services' actions is needed. Immutable, thread-safe; points into the policies.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "policy/compile/program.h"
#include "policy/index/condition_blocks.h"
#include "policy/index/prefix_trie.h"
#include "policy/index/word_sets.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::policy {

// A statement and what is left to ask of it once the index has named it.
struct Rule {
  const CompiledStatement* statement = nullptr;
  uint32_t policy = 0;  // within the layer
  uint32_t number = 0;  // within the policy
  uint32_t shared_block = ConditionBlocks::kUnshared;
  bool asks_action = false;
  bool asks_principal = false;
  bool asks_resource = false;
  bool asks_condition = false;

  bool asks_nothing() const { return !asks_action && !asks_principal && !asks_resource && !asks_condition; }
};

class EffectiveProgram final : public PolicyIndex {
 public:
  EffectiveProgram(PolicySet::Policies policies, std::span<const std::string_view> known_actions);

  std::span<const CompiledPolicy* const> policies() const override { return policies_; }
  // Whether it was made for these very policies.
  bool IsOf(PolicySet::Policies policies) const {
    return policies.data() == policies_.data() && policies.size() == policies_.size();
  }
  std::size_t bytes() const override;

  // The Deny statements, then the Allow statements, each in the order of policies and statements.
  std::span<const Rule> rules() const { return {rules_.data(), rule_count_}; }
  uint32_t deny_count() const { return deny_count_; }

  // No rule denies and the first one allows everything, as most layers of an organization do.
  bool allows_everything() const { return allows_everything_; }

  const WordSets& sets() const { return sets_; }
  // The rules whose action matches, and some of those with asks_action whose action may not; for a settled
  // action none of these but with NotAction.
  PrefixTrie::Found RulesForAction(std::string_view folded_action) const {
    return actions_.Deepest(folded_action);
  }
  // Sets that together hold the rules whose resource matches, and some of those with asks_resource whose
  // resource may not.
  const PrefixTrie& resources() const { return resources_; }

  // Ask for the memory that a search begins with: of this object, and when that is there, of its arrays.
  void FetchHead() const {
    const char* const self = reinterpret_cast<const char*>(this);
    for (std::size_t line = 0; line < sizeof *this; line += 64) __builtin_prefetch(self + line);
  }
  void FetchArrays() const {
    __builtin_prefetch(rules_.data());
    sets_.Fetch();
    actions_.Fetch();
    resources_.Fetch();
  }

 private:
  std::vector<const CompiledPolicy*> policies_;
  std::vector<Rule> rules_;
  uint32_t deny_count_;
  uint32_t rule_count_ = 0;
  bool allows_everything_ = false;
  WordSets sets_;
  PrefixTrie actions_;
  PrefixTrie resources_;
};

}  // namespace wardkeep::policy
