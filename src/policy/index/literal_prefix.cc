#include "policy/index/literal_prefix.h"

namespace wardkeep::policy {
namespace {

using Form = LiteralPrefix::Form;

// Appends the text that pieces start with and says what follows it.
Form AppendStart(std::span<const Piece> pieces, std::string& text) {
  if (!pieces.empty() && pieces.front().kind == Piece::Kind::kText) {
    text += pieces.front().text;
    pieces = pieces.subspan(1);
  }
  if (pieces.empty()) return Form::kExact;
  return pieces.size() == 1 && pieces.front().kind == Piece::Kind::kRun ? Form::kOpen : Form::kLoose;
}

// A wildcard before the last component, or fewer than six components: the text up to the first wildcard,
// whether components are compared one by one or the whole as one glob.
LiteralPrefix PrefixOfComponents(const ResourcePattern& pattern) {
  LiteralPrefix prefix;
  for (const Pattern& component : pattern.leading) {
    if (AppendStart(component.pieces, prefix.text) != Form::kExact) return prefix;
    prefix.text += ':';
  }
  AppendStart(pattern.last.pieces, prefix.text);
  return prefix;
}

}  // namespace

std::optional<LiteralPrefix> PrefixOf(const ActionPattern& pattern) {
  LiteralPrefix prefix;
  switch (pattern.form) {
    case ActionPattern::Form::kNever:
      return std::nullopt;
    case ActionPattern::Form::kEvery:
      prefix.form = Form::kOpen;
      break;
    case ActionPattern::Form::kExact:
      prefix.text = pattern.text;
      prefix.form = Form::kExact;
      break;
    case ActionPattern::Form::kGlob:
      prefix.form = AppendStart(pattern.glob.pieces, prefix.text);
      break;
  }
  return prefix;
}

LiteralPrefix PrefixOf(const ResourcePattern& pattern) {
  if (pattern.form == ResourcePattern::Form::kEvery) return {{}, Form::kOpen};
  if (!pattern.head_is_literal) return PrefixOfComponents(pattern);
  LiteralPrefix prefix;
  prefix.text = pattern.head;
  prefix.form = AppendStart(pattern.last.pieces, prefix.text);
  return prefix;
}

}  // namespace wardkeep::policy
