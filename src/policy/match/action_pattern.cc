#include "policy/match/action_pattern.h"

#include "base/ascii.h"
#include "policy/match/glob.h"

namespace wardkeep::policy {

ActionPattern MakeActionPattern(std::string_view written, Arena& arena) {
  ActionPattern pattern;
  if (written == "*" || written == "*:*") {
    pattern.form = ActionPattern::Form::kEvery;
    return pattern;
  }
  const std::size_t colon = written.find(':');
  const std::size_t wildcard = written.find_first_of("*?");
  if (colon == std::string_view::npos || wildcard < colon) return pattern;
  const std::string_view folded = arena.CopyText(base::AsciiLower(written));
  if (wildcard == std::string_view::npos) {
    pattern.form = ActionPattern::Form::kExact;
    pattern.text = folded;
  } else {
    pattern.form = ActionPattern::Form::kGlob;
    pattern.glob = MakePattern(folded, {.wildcards = true, .variables = false}, arena);
  }
  return pattern;
}

bool MatchesAction(const ActionPattern& pattern, std::string_view folded_action) {
  switch (pattern.form) {
    case ActionPattern::Form::kEvery:
      return true;
    case ActionPattern::Form::kNever:
      return false;
    case ActionPattern::Form::kExact:
      return pattern.text == folded_action;
    case ActionPattern::Form::kGlob:
      return MatchesGlob(pattern.glob.pieces, folded_action);
  }
  return false;
}

}  // namespace wardkeep::policy
