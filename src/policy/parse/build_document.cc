#include "policy/parse/build_document.h"

#include "json/line_index.h"
#include "policy/parse/principal_format.h"

namespace wardkeep::policy {
namespace {

Position PositionOf(const json::LineIndex& lines, uint32_t offset) {
  const json::LineColumn at = lines.At(offset);
  return {at.line, at.column};
}

std::vector<std::string> CopyTexts(const json::Value* element) {
  std::vector<std::string> out;
  for (const LocatedText& text : TextsOf(element)) out.push_back(*text.text);
  return out;
}

ConditionTest BuildTest(const DraftTest& draft) {
  ConditionTest test{draft.use.op, draft.use.qualifier, draft.use.if_exists, std::string(draft.key), {}};
  if (!draft.values->is_array()) test.values.emplace_back(ScalarText(*draft.values));
  for (const json::Value& value : draft.values->elements()) {
    if (!value.is_null()) test.values.emplace_back(ScalarText(value));
  }
  return test;
}

void AddPrincipals(const json::Value& element, std::vector<PrincipalEntry>& out) {
  if (element.is_string()) out.push_back({PrincipalType::kAny, ""});
  for (const json::Member& member : element.members()) {
    const std::optional<PrincipalType> type = PrincipalTypeOf(member.key);
    for (const LocatedText& value : TextsOf(&member.value)) {
      if (type == PrincipalType::kAws && *value.text == "*") {
        out.push_back({PrincipalType::kAny, ""});
      } else if (type) {
        out.push_back({*type, *value.text});
      }
    }
  }
}

Statement BuildStatement(const DraftStatement& draft, const DocumentRules& rules,
                         const json::LineIndex& lines) {
  Statement out;
  out.effect = *draft.effect->AsString() == "Allow" ? Effect::kAllow : Effect::kDeny;
  if (draft.sid != nullptr) out.sid = *draft.sid->AsString();
  out.not_principal = draft.not_principal != nullptr;
  if (draft.any_principal() != nullptr) {
    out.has_principal = true;
    AddPrincipals(*draft.any_principal(), out.principals);
  } else if (rules.absent_principal_is_anyone) {
    out.has_principal = true;
    out.principals.push_back({PrincipalType::kAny, ""});
  }
  out.not_action = draft.not_action != nullptr;
  out.actions = CopyTexts(draft.any_action());
  out.has_resource = draft.any_resource() != nullptr;
  out.not_resource = draft.not_resource != nullptr;
  out.resources = CopyTexts(draft.any_resource());
  for (const DraftTest& test : draft.tests) out.conditions.push_back(BuildTest(test));
  out.start = PositionOf(lines, draft.whole->span().start);
  out.end = PositionOf(lines, draft.whole->span().end);
  return out;
}

}  // namespace

Document BuildDocument(const Draft& draft, const DocumentRules& rules, std::string_view text) {
  const json::LineIndex lines(text);
  Document out;
  out.kind = rules.kind;
  out.version = draft.version.value_or(LanguageVersion::k2008);
  if (draft.id != nullptr) out.id = *draft.id;
  out.statements.reserve(draft.statements.size());
  for (const DraftStatement& statement : draft.statements) {
    out.statements.push_back(BuildStatement(statement, rules, lines));
  }
  return out;
}

}  // namespace wardkeep::policy
