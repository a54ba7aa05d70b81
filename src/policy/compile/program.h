// The compiled form of a policy: what Compile makes and the evaluator walks. Flat arrays over one arena;
// statements keep the order of the document, so an index over them can be added beside without changing them.
// Immutable once made, safe to share between threads.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/compile/arena.h"
#include "policy/condition/test.h"
#include "policy/match/action_pattern.h"
#include "policy/match/principal_match.h"
#include "policy/match/resource_pattern.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::policy {

struct CompiledStatement {
  Effect effect = Effect::kDeny;
  bool not_action = false;
  bool not_resource = false;
  bool not_principal = false;
  bool has_resource = false;  // trust policies have none: the role is the resource
  bool tests_principal = false;
  std::span<const ActionPattern> actions;
  std::span<const ResourcePattern> resources;
  std::span<const PrincipalPattern> principals;
  std::span<const CompiledTest> tests;  // all must hold
  std::string_view sid;
  Position start;
  Position end;
};

class Program final : public CompiledPolicy {
 public:
  explicit Program(const Document& document);

  std::span<const std::string> context_keys() const override { return context_keys_; }
  std::size_t statement_count() const override { return statements_.size(); }
  std::string_view sid(uint32_t statement) const override { return statements_[statement].sid; }
  Position start(uint32_t statement) const override { return statements_[statement].start; }
  Position end(uint32_t statement) const override { return statements_[statement].end; }

  std::span<const CompiledStatement> statements() const { return statements_; }

 private:
  Arena arena_;
  std::span<const CompiledStatement> statements_;
  std::vector<std::string> context_keys_;
};

// Calls `visit(const Variable&)` for every variable of a pattern, or of a test's values.
template <typename Visit>
void ForEachVariable(const Pattern& pattern, Visit visit) {
  if (!pattern.has_variables) return;
  for (const Piece& piece : pattern.pieces) {
    if (piece.kind == Piece::Kind::kVariable) visit(*piece.variable);
  }
}

template <typename Visit>
void ForEachVariable(const CompiledTest& test, Visit visit) {
  for (const Operand& operand : test.operands) {
    if (const auto* pattern = std::get_if<Pattern>(&operand)) ForEachVariable(*pattern, visit);
    if (const auto* arn = std::get_if<ArnPattern>(&operand)) ForEachVariable(arn->pattern, visit);
  }
}

}  // namespace wardkeep::policy
