// Finds the statements of an effective program that apply to a request: the index names the candidates, and
// what it left open is asked of each. Nothing is allocated; each condition block that statements share is
// evaluated once.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "policy/evaluate/request_facts.h"
#include "policy/evaluate/statement_match.h"
#include "policy/index/effective_program.h"
#include "policy/index/near_pattern.h"

namespace wardkeep::policy {

// What shared condition blocks of one program gave for one request. Forgets rather than grows.
class BlockResults {
 public:
  bool Hold(const Rule& rule, const RequestContext& context) {
    if (rule.shared_block == ConditionBlocks::kUnshared)
      return ConditionsHold(rule.statement->tests, context);
    if (!in_use_) {
      slots_.fill(0);
      in_use_ = true;
    }
    uint64_t& slot = slots_[rule.shared_block % slots_.size()];
    const uint64_t known = uint64_t{rule.shared_block} << 1;
    if ((slot & ~uint64_t{1}) != known) {
      slot = known | static_cast<uint64_t>(ConditionsHold(rule.statement->tests, context));
    }
    return (slot & 1U) != 0;
  }

 private:
  bool in_use_ = false;
  std::array<uint64_t, 8> slots_;  // the id of a block, doubled, plus its result; unset until in_use_
};

enum class Wanted : uint8_t {
  kFirstAllow,  // no other than the first
  kEveryAllow,
  kSomeAllow,  // those that `on_allow.Wants(rule)`, until `on_allow.complete()`
};

template <Wanted wanted, typename OnAllow>
class IndexedSearch {
 public:
  static constexpr uint32_t kNone = ~uint32_t{0};

  IndexedSearch(const EffectiveProgram& program, const RequestFacts& facts, OnAllow on_allow)
      : program_(program),
        rules_(program.rules().data()),
        facts_(facts),
        on_allow_(on_allow),
        first_allow_(program.deny_count()),
        deny_limit_(program.deny_count()),
        allow_limit_(static_cast<uint32_t>(program.rules().size())) {
    if constexpr (wanted == Wanted::kSomeAllow) {
      if (on_allow_.complete()) allow_limit_ = first_allow_;
    }
    const WordSets& sets = program.sets();
    const PrefixTrie::Found found = program.RulesForAction(facts.action());
    const WordSets::Id acted = found.set;
    settled_ = found.settled;
    if (acted == WordSets::kEmpty) return;
    if (sets.is_one_word()) {
      uint64_t bits = 0;
      program.resources().ForEachOnPath(facts.resource().text,
                                        [&](WordSets::Id concerned) { bits |= sets.OneWord(concerned); });
      Ask(0, bits & sets.OneWord(acted));
      return;
    }
    program.resources().ForEachOnPath(facts.resource().text, [&](WordSets::Id concerned) {
      sets.ForEachCommon(acted, concerned, [&](uint32_t first, uint64_t bits) { return Ask(first, bits); });
    });
  }

  // The rule of the first Deny that applies, or kNone. If there is one, `on_allow` may have missed some.
  uint32_t first_deny() const { return deny_limit_ < first_allow_ ? deny_limit_ : kNone; }

 private:
  // Asks one word of candidates. False when the later ones of the set no longer matter.
  bool Ask(uint32_t first, uint64_t bits) {
    for (; bits != 0; bits &= bits - 1) {
      const uint32_t number = first + static_cast<uint32_t>(std::countr_zero(bits));
      // A set met earlier may have given a deny or an allow before this one.
      if (number >= (number < first_allow_ || HasDeny() ? deny_limit_ : allow_limit_)) return false;
      MatchKinds kinds = MatchKinds::Of(MatchKind::kStar);
      const Rule& rule = rules_[number];
      if constexpr (wanted == Wanted::kSomeAllow) {
        if (number >= first_allow_ && !on_allow_.Wants(rule)) continue;
      }
      if (!rule.asks_nothing() && !Applies(rule, kinds)) continue;
      if (number < first_allow_) {
        deny_limit_ = number;
        return false;
      }
      on_allow_(rule, kinds);
      if constexpr (wanted == Wanted::kFirstAllow) {
        allow_limit_ = number;
        return false;
      }
      if constexpr (wanted == Wanted::kSomeAllow) {
        if (!on_allow_.complete()) continue;
        allow_limit_ = first_allow_;
        return false;
      }
    }
    return true;
  }

  bool HasDeny() const { return deny_limit_ < first_allow_; }

  bool Applies(const Rule& rule, MatchKinds& kinds) {
    const bool settled = settled_ && !rule.statement->not_action;
    if (rule.asks_action && !settled && !ActionApplies(*rule.statement, facts_.action())) return false;
    if (rule.asks_principal) {
      kinds = KindsOfCaller(*rule.statement, facts_);
      if (kinds.empty()) return false;
    }
    if (rule.asks_resource && !ResourceHolds(rule)) return false;
    return !rule.asks_condition || results_.Hold(rule, facts_.context());
  }

  bool ResourceHolds(const Rule& rule) const {
    const std::byte* const near = program_.NearResource(rule);
    return near != nullptr ? MatchesNearPattern(near, facts_.resource())
                           : ResourceApplies(*rule.statement, facts_);
  }

  const EffectiveProgram& program_;
  const Rule* rules_;
  const RequestFacts& facts_;
  OnAllow on_allow_;
  const uint32_t first_allow_;
  uint32_t deny_limit_;   // denies from here on no longer matter
  uint32_t allow_limit_;  // likewise
  bool settled_ = false;
  BlockResults results_;
};

// The rules whose action may match, in the order of policies and statements. For explanations, which name
// every statement that applies and the keys missed by those that might.
std::vector<const Rule*> RulesInOrder(const EffectiveProgram& program, std::string_view folded_action);

}  // namespace wardkeep::policy
