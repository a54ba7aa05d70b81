// One test of a Condition block, compiled: a key, an operator and its values. The rules that are the same for
// every operator (set qualifiers, IfExists, missing keys, keys with several values) are applied here, once,
// around the operator's row (policy-semantics 3.1 to 3.3).
#pragma once

#include <span>
#include <string_view>

#include "policy/condition/operand.h"

namespace wardkeep::policy {

struct CompiledTest {
  std::string_view spelled;  // the key as written
  std::string_view key;      // in lower case
  uint64_t hash = 0;
  Comparator comparator = Comparator::kEqual;
  bool negated = false;
  bool if_exists = false;
  bool in_deny = false;  // the statement's effect
  SetQualifier qualifier = SetQualifier::kNone;
  std::span<const Operand> operands;
  // Most tests compare one value with one plain text. If a request has one value for the key and it is this
  // text, the positive comparison holds, and if `shortcut_decides`, it does not hold for any other.
  bool has_shortcut = false;
  bool shortcut_decides = false;
  std::string_view shortcut;
};

CompiledTest MakeTest(const ConditionTest& test, Effect effect, LanguageVersion version, Arena& arena);

// `entry`: of the test's key, null if the request has none.
bool HoldsForEntry(const CompiledTest& test, const RequestContext::Entry* entry,
                   const RequestContext& context);

inline bool Holds(const CompiledTest& test, const RequestContext& context) {
  const RequestContext::Entry* entry = context.Find(test.key, test.hash);
  if (test.has_shortcut && entry != nullptr && !entry->multi_valued) {
    const bool same = entry->values.front() == test.shortcut;
    if (same || test.shortcut_decides) return same != test.negated;
  }
  return HoldsForEntry(test, entry, context);
}

}  // namespace wardkeep::policy
