#include "policy/condition/test.h"

#include <algorithm>

#include "base/ascii.h"

namespace wardkeep::policy {
namespace {

using Values = std::span<const std::string>;

// Null: present means at least one value; an empty text is a value (3.2). With ForAllValues it is always true
// and with ForAnyValue never.
bool HoldsNull(const CompiledTest& test, bool present) {
  if (test.qualifier == SetQualifier::kForAllValues) return true;
  if (test.qualifier == SetQualifier::kForAnyValue) return false;
  if (test.if_exists && !present) return true;
  for (const Operand& operand : test.operands) {
    const bool* wants_missing = std::get_if<bool>(&operand);
    if (wants_missing != nullptr && *wants_missing != present) return true;
  }
  return false;
}

// The request has no value to test.
bool HoldsWithoutValue(const CompiledTest& test) {
  if (test.qualifier == SetQualifier::kForAllValues) return true;
  if (test.qualifier == SetQualifier::kForAnyValue) return false;
  return test.if_exists || test.negated;
}

bool HoldsForValues(const CompiledTest& test, Values values, const RequestContext& context) {
  const ValueQuestion question{test.comparator, test.negated, test.in_deny, test.operands};
  const auto holds = [&](const std::string& value) { return Satisfies(question, value, context); };
  return test.qualifier == SetQualifier::kForAnyValue ? std::any_of(values.begin(), values.end(), holds)
                                                      : std::all_of(values.begin(), values.end(), holds);
}

// See CompiledTest.
void FindShortcut(CompiledTest& test) {
  if (test.comparator != Comparator::kEqual || test.qualifier != SetQualifier::kNone) return;
  if (test.operands.empty()) return;
  const Operand& first = test.operands.front();
  if (const auto* pattern = std::get_if<Pattern>(&first)) {
    test.has_shortcut = pattern->pieces.size() == 1 && pattern->pieces.front().kind == Piece::Kind::kText;
    if (test.has_shortcut) test.shortcut = pattern->pieces.front().text;
    test.shortcut_decides = test.has_shortcut && test.operands.size() == 1;
  } else if (const bool* wanted = std::get_if<bool>(&first)) {
    test.has_shortcut = true;
    test.shortcut = *wanted ? "true" : "false";
  }
}

}  // namespace

CompiledTest MakeTest(const ConditionTest& test, Effect effect, LanguageVersion version, Arena& arena) {
  const OperatorRow& row = RowOf(test.op);
  CompiledTest compiled;
  compiled.spelled = arena.CopyText(test.key);
  compiled.key = arena.CopyText(base::AsciiLower(test.key));
  compiled.hash = RequestContext::KeyHash(compiled.key);
  compiled.comparator = row.comparator;
  compiled.negated = row.negated;
  compiled.if_exists = test.if_exists;
  compiled.in_deny = effect == Effect::kDeny;
  compiled.qualifier = test.qualifier;
  std::vector<Operand> operands;
  operands.reserve(test.values.size());
  for (const std::string& value : test.values) operands.push_back(MakeOperand(row, value, version, arena));
  compiled.operands = arena.CopyArray(std::span<const Operand>(operands));
  FindShortcut(compiled);
  return compiled;
}

bool HoldsForEntry(const CompiledTest& test, const RequestContext::Entry* entry,
                   const RequestContext& context) {
  const Values values = entry == nullptr ? Values() : Values(entry->values);
  if (test.comparator == Comparator::kIsMissing) return HoldsNull(test, !values.empty());
  if (values.empty()) return HoldsWithoutValue(test);
  const bool is_set = test.qualifier != SetQualifier::kNone;
  // A plain operator never holds for a key of several values, however many the request has (3.3).
  if (entry->multi_valued && !is_set) return false;
  // An empty policy list: with a qualifier or IfExists it never holds for a value, negated or not (3.3).
  if (test.operands.empty() && (is_set || test.if_exists)) return false;
  return HoldsForValues(test, values, context);
}

}  // namespace wardkeep::policy
