#include "policy/compile/program.h"

#include <algorithm>

namespace wardkeep::policy {
namespace {

// Whether a statement asks who the caller is. Without a Principal, identity-side policies apply to whoever
// they are attached to and an endpoint policy to everybody (policy-semantics 1.5); a resource-side statement
// without one names nobody.
bool TestsPrincipal(const Statement& statement, DocumentKind kind) {
  return statement.has_principal || kind == DocumentKind::kResource || kind == DocumentKind::kTrust;
}

template <typename Compiled, typename Source, typename Make>
std::span<const Compiled> CompileList(const std::vector<Source>& items, Arena& arena, Make make) {
  std::vector<Compiled> compiled;
  compiled.reserve(items.size());
  for (const Source& item : items) compiled.push_back(make(item));
  return arena.CopyArray(std::span<const Compiled>(compiled));
}

CompiledStatement CompileStatement(const Statement& statement, const Document& document, Arena& arena) {
  const ResourceRules rules{document.kind, document.version};
  CompiledStatement compiled;
  compiled.effect = statement.effect;
  compiled.not_action = statement.not_action;
  compiled.not_resource = statement.not_resource;
  compiled.not_principal = statement.not_principal;
  compiled.has_resource = statement.has_resource;
  compiled.tests_principal = TestsPrincipal(statement, document.kind);
  compiled.actions = CompileList<ActionPattern>(
      statement.actions, arena, [&](const std::string& text) { return MakeActionPattern(text, arena); });
  compiled.resources = CompileList<ResourcePattern>(statement.resources, arena, [&](const std::string& text) {
    return MakeResourcePattern(text, rules, arena);
  });
  compiled.principals = CompileList<PrincipalPattern>(
      statement.principals, arena,
      [&](const PrincipalEntry& entry) { return MakePrincipalPattern(entry, arena); });
  compiled.tests = CompileList<CompiledTest>(statement.conditions, arena, [&](const ConditionTest& test) {
    return MakeTest(test, statement.effect, document.version, arena);
  });
  compiled.sid = arena.CopyText(statement.sid);
  compiled.start = statement.start;
  compiled.end = statement.end;
  return compiled;
}

std::vector<std::string> CollectContextKeys(std::span<const CompiledStatement> statements) {
  std::vector<std::string> keys;
  const auto add = [&](const Variable& variable) { keys.emplace_back(variable.key); };
  for (const CompiledStatement& statement : statements) {
    for (const ResourcePattern& resource : statement.resources) ForEachVariable(resource.last, add);
    for (const CompiledTest& test : statement.tests) {
      keys.emplace_back(test.key);
      ForEachVariable(test, add);
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  keys.shrink_to_fit();
  return keys;
}

// A first block that holds a typical policy whole.
std::size_t EstimateBytes(const Document& document) {
  return 256 + 512 * document.statements.size();
}

}  // namespace

Program::Program(const Document& document) : arena_(EstimateBytes(document)) {
  statements_ = CompileList<CompiledStatement>(document.statements, arena_, [&](const Statement& statement) {
    return CompileStatement(statement, document, arena_);
  });
  context_keys_ = CollectContextKeys(statements_);
}

PolicyPtr Compile(const Document& document) {
  return std::make_shared<const Program>(document);
}

}  // namespace wardkeep::policy
