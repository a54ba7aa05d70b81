// One test of a Condition block, compiled: a key, an operator and its values. The rules that are the same for
// every operator (set qualifiers, IfExists, missing keys, negation) are applied here, once, around the
// operator's row (policy-semantics 3.1 to 3.3).
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
  SetQualifier qualifier = SetQualifier::kNone;
  std::span<const Operand> operands;
};

CompiledTest MakeTest(const ConditionTest& test, LanguageVersion version, Arena& arena);

bool Holds(const CompiledTest& test, const RequestContext& context);

}  // namespace wardkeep::policy
