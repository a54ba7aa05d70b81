// Action and NotAction (policy-semantics 2.1): compared ignoring ASCII case; wildcards only in the name, or
// "*" or
// "*:*" for every action. A pattern that can match nothing, such as "*:Get", is kept and never matches.
#pragma once

#include <string_view>

#include "policy/match/pattern.h"

namespace wardkeep::policy {

struct ActionPattern {
  enum class Form : uint8_t { kEvery, kNever, kExact, kGlob };
  Form form = Form::kNever;
  std::string_view text;  // kExact: lower case
  Pattern glob;           // kGlob: lower case
};

ActionPattern MakeActionPattern(std::string_view written, Arena& arena);

// `folded_action` is the requested action in lower case.
bool MatchesAction(const ActionPattern& pattern, std::string_view folded_action);

}  // namespace wardkeep::policy
