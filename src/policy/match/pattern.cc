#include "policy/match/pattern.h"

#include <string>

#include "base/ascii.h"
#include "policy/match/glob.h"

namespace wardkeep::policy {
namespace {

using Kind = Piece::Kind;

Variable ReadVariable(std::string_view body, Arena& arena) {
  Variable variable;
  variable.spelled = arena.CopyText(body);
  // Docs: a comma, one blank, and the default in single quotes.
  const std::size_t comma = body.find(", '");
  if (comma != std::string_view::npos && body.size() >= comma + 4 && body.back() == '\'') {
    variable.has_default = true;
    variable.default_value = arena.CopyText(body.substr(comma + 3, body.size() - comma - 4));
    variable.spelled = variable.spelled.substr(0, comma);
  }
  variable.key = arena.CopyText(base::AsciiLower(variable.spelled));
  variable.hash = RequestContext::KeyHash(variable.key);
  return variable;
}

// Collects pieces and joins neighbouring plain text.
class PieceWriter {
 public:
  explicit PieceWriter(Arena& arena) : arena_(arena) {}

  void Text(std::string_view text) { text_ += text; }
  void One() {
    Flush();
    if (!pieces_.empty() && pieces_.back().kind == Kind::kOne) {
      ++pieces_.back().count;
    } else {
      pieces_.push_back({Kind::kOne, 1, {}, nullptr});
    }
  }
  void Run() {
    Flush();
    if (pieces_.empty() || pieces_.back().kind != Kind::kRun) pieces_.push_back({Kind::kRun, 0, {}, nullptr});
  }
  void Value(const Variable* variable) {
    Flush();
    has_variables_ = true;
    pieces_.push_back({Kind::kVariable, 0, {}, variable});
  }
  Pattern Finish() {
    Flush();
    return {arena_.CopyArray(std::span<const Piece>(pieces_)), has_variables_};
  }

 private:
  void Flush() {
    if (text_.empty()) return;
    pieces_.push_back({Kind::kText, 0, arena_.CopyText(text_), nullptr});
    text_.clear();
  }

  Arena& arena_;
  std::string text_;
  std::vector<Piece> pieces_;
  bool has_variables_ = false;
};

}  // namespace

Pattern MakePattern(std::string_view text, PatternSyntax syntax, Arena& arena) {
  PieceWriter out(arena);
  for (std::size_t i = 0; i < text.size();) {
    if (syntax.variables && text.substr(i).starts_with("${")) {
      const std::size_t end = text.find('}', i + 2);
      if (end != std::string_view::npos) {
        const std::string_view body = text.substr(i + 2, end - i - 2);
        if (body == "*" || body == "?" || body == "$") {
          out.Text(body);
        } else {
          out.Value(arena.CopyOne(ReadVariable(body, arena)));
        }
        i = end + 1;
        continue;
      }
      syntax.variables = false;  // no '}' ahead: looking again for each "${" would take quadratic time
    }
    if (syntax.wildcards && text[i] == '*') {
      out.Run();
    } else if (syntax.wildcards && text[i] == '?') {
      out.One();
    } else {
      out.Text(text.substr(i, 1));
    }
    ++i;
  }
  return out.Finish();
}

bool ResolveVariable(const Variable& variable, const RequestContext& context, std::string_view& value) {
  const RequestContext::Entry* entry = context.Find(variable.key, variable.hash);
  if (entry == nullptr) {
    value = variable.default_value;
    return variable.has_default;
  }
  if (entry->multi_valued || entry->values.size() != 1) return false;
  value = entry->values.front();
  return true;
}

ResolvedPieces::ResolvedPieces(const Pattern& pattern, const RequestContext& context)
    : memory_(buffer_, sizeof buffer_), storage_(&memory_) {
  if (!pattern.has_variables) {
    pieces_ = pattern.pieces;
    return;
  }
  storage_.reserve(pattern.pieces.size());
  for (const Piece& piece : pattern.pieces) {
    storage_.push_back(piece);
    if (piece.kind != Kind::kVariable) continue;
    storage_.back().kind = Kind::kText;
    if (!ResolveVariable(*piece.variable, context, storage_.back().text)) {
      complete_ = false;
      return;
    }
  }
  pieces_ = storage_;
}

bool Matches(const Pattern& pattern, std::string_view text, const RequestContext& context) {
  if (!pattern.has_variables) {
    // Most values of conditions are one plain text.
    const bool plain = pattern.pieces.size() == 1 && pattern.pieces.front().kind == Kind::kText;
    return plain ? pattern.pieces.front().text == text : MatchesGlob(pattern.pieces, text);
  }
  const ResolvedPieces resolved(pattern, context);
  return resolved.complete() && MatchesGlob(resolved.pieces(), text);
}

}  // namespace wardkeep::policy
