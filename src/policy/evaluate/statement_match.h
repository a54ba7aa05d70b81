// Whether one statement applies to a request: principal, action, resource and condition all match
// (policy-semantics 3.1).
#pragma once

#include "policy/compile/program.h"
#include "policy/evaluate/missing_keys.h"
#include "policy/evaluate/request_facts.h"

namespace wardkeep::policy {

// If it applies, `kinds` says in which ways its Principal names the caller (kStar where nothing is asked).
// `missing` may be null.
bool Applies(const CompiledStatement& statement, const RequestFacts& facts, MissingKeys* missing,
             MatchKinds& kinds);

// The parts of Applies.
bool ActionApplies(const CompiledStatement& statement, std::string_view folded_action);
bool ResourceApplies(const CompiledStatement& statement, const RequestFacts& facts);
MatchKinds KindsOfCaller(const CompiledStatement& statement, const RequestFacts& facts);
inline bool ConditionsHold(std::span<const CompiledTest> tests, const RequestContext& context) {
  for (const CompiledTest& test : tests) {
    if (!Holds(test, context)) return false;
  }
  return true;
}

}  // namespace wardkeep::policy
