#include "policy/match/resource_pattern.h"

#include <vector>

#include "policy/match/glob.h"

namespace wardkeep::policy {
namespace {

constexpr PatternSyntax kWildcardsOnly = {.wildcards = true, .variables = false};

// Which documents take missing components as '*' (policy-semantics 1.7).
bool ImpliesMissingComponents(DocumentKind kind, std::string_view written) {
  if (kind == DocumentKind::kIdentity || kind == DocumentKind::kPermissionsBoundary) return true;
  return written.ends_with('*');
}

// One glob over a whole ARN: wildcards everywhere, variables only where the last component has them.
Pattern JoinHeadAndTail(std::string_view head, const Pattern& tail, Arena& arena) {
  const Pattern front = MakePattern(head, kWildcardsOnly, arena);
  std::vector<Piece> pieces(front.pieces.begin(), front.pieces.end());
  pieces.insert(pieces.end(), tail.pieces.begin(), tail.pieces.end());
  return {arena.CopyArray(std::span<const Piece>(pieces)), tail.has_variables};
}

bool MatchesLeading(const ResourcePattern& pattern, const ArnText& resource) {
  for (std::size_t i = 0; i < pattern.leading.size(); ++i) {
    if (!MatchesGlob(pattern.leading[i].pieces, resource.component(i))) return false;
  }
  return true;
}

bool MatchesFull(const ResourcePattern& pattern, const ArnText& resource, const RequestContext& context) {
  if (resource.count != ArnText::kComponents) return false;  // too few colons for the pattern's
  if (pattern.head_is_literal) {
    return pattern.head == resource.Head() && Matches(pattern.last, resource.resource(), context);
  }
  if (MatchesLeading(pattern, resource) && Matches(pattern.last, resource.resource(), context)) return true;
  return pattern.runs_on && Matches(pattern.whole, resource.text, context);
}

// The docs complete an incomplete ARN with "*" for each missing component.
bool MatchesShort(const ResourcePattern& pattern, const ArnText& resource) {
  if (resource.count != ArnText::kComponents) return MatchesGlob(pattern.whole.pieces, resource.text);
  return pattern.form == ResourcePattern::Form::kShort && MatchesLeading(pattern, resource) &&
         MatchesGlob(pattern.last.pieces, resource.component(pattern.component_count - 1));
}

}  // namespace

ResourcePattern MakeResourcePattern(std::string_view written, const ResourceRules& rules, Arena& arena) {
  ResourcePattern pattern;
  if (written == "*") {
    pattern.form = ResourcePattern::Form::kEvery;
    return pattern;
  }
  const ArnText arn = SplitArn(written);
  const bool variables = rules.version == LanguageVersion::k2012;
  const bool full = arn.count == ArnText::kComponents;
  const std::string_view last = arn.component(arn.count - 1);
  pattern.component_count = arn.count;
  if (full) {
    pattern.form = ResourcePattern::Form::kFull;
  } else {
    const bool expands = ImpliesMissingComponents(rules.kind, written);
    pattern.form = expands ? ResourcePattern::Form::kShort : ResourcePattern::Form::kPlain;
    pattern.whole = MakePattern(written, kWildcardsOnly, arena);
  }
  pattern.last = MakePattern(last, {.wildcards = true, .variables = variables && full}, arena);

  const std::string_view head = written.substr(0, written.size() - last.size());
  pattern.head_is_literal = full && head.find_first_of("*?") == std::string_view::npos;
  if (pattern.head_is_literal) {
    pattern.head = arena.CopyText(head);
    return pattern;
  }
  std::vector<Pattern> leading;
  for (std::size_t i = 0; i + 1 < arn.count; ++i) {
    leading.push_back(MakePattern(arn.component(i), kWildcardsOnly, arena));
    pattern.runs_on = pattern.runs_on || (full && arn.component(i).ends_with('*'));
  }
  pattern.leading = arena.CopyArray(std::span<const Pattern>(leading));
  if (pattern.runs_on) pattern.whole = JoinHeadAndTail(head, pattern.last, arena);
  return pattern;
}

bool MatchesResource(const ResourcePattern& pattern, const ArnText& resource, const RequestContext& context) {
  switch (pattern.form) {
    case ResourcePattern::Form::kEvery:
      return true;
    case ResourcePattern::Form::kFull:
      return MatchesFull(pattern, resource, context);
    case ResourcePattern::Form::kShort:
    case ResourcePattern::Form::kPlain:
      return MatchesShort(pattern, resource);
  }
  return false;
}

}  // namespace wardkeep::policy
