#include "policy/print/print_document.h"

#include "policy/condition/operators.h"

namespace wardkeep::policy {
namespace {

using json::Writer;

void PrintTexts(const std::vector<std::string>& texts, Writer& out) {
  if (texts.size() == 1) {
    out.String(texts.front());
    return;
  }
  out.BeginArray();
  for (const std::string& text : texts) out.String(text);
  out.EndArray();
}

std::string_view TypeName(PrincipalType type) {
  switch (type) {
    case PrincipalType::kAny:
    case PrincipalType::kAws:
      return "AWS";
    case PrincipalType::kService:
      return "Service";
    case PrincipalType::kFederated:
      return "Federated";
    case PrincipalType::kCanonicalUser:
      return "CanonicalUser";
  }
  return "AWS";
}

// Trust policies refuse the short form of "everyone", resource control policies the long one.
void PrintPrincipals(const std::vector<PrincipalEntry>& principals, DocumentKind kind, Writer& out) {
  if (principals.size() == 1 && principals.front().type == PrincipalType::kAny &&
      kind != DocumentKind::kTrust) {
    out.String("*");
    return;
  }
  out.BeginObject();
  for (std::size_t i = 0; i < principals.size();) {
    const std::string_view name = TypeName(principals[i].type);
    std::vector<std::string> values;
    for (; i < principals.size() && TypeName(principals[i].type) == name; ++i) {
      values.push_back(principals[i].type == PrincipalType::kAny ? "*" : principals[i].value);
    }
    out.Key(name);
    PrintTexts(values, out);
  }
  out.EndObject();
}

OperatorUse UseOf(const ConditionTest& test) {
  return {test.op, test.qualifier, test.if_exists};
}

void PrintConditions(const std::vector<ConditionTest>& tests, Writer& out) {
  out.BeginObject();
  for (std::size_t i = 0; i < tests.size();) {
    const std::string name = FormatOperatorName(UseOf(tests[i]));
    out.Key(name).BeginObject();
    for (; i < tests.size() && FormatOperatorName(UseOf(tests[i])) == name; ++i) {
      out.Key(tests[i].key);
      PrintTexts(tests[i].values, out);
    }
    out.EndObject();
  }
  out.EndObject();
}

void PrintStatement(const Statement& statement, DocumentKind kind, Writer& out) {
  out.BeginObject();
  if (!statement.sid.empty()) out.Key("Sid").String(statement.sid);
  out.Key("Effect").String(statement.effect == Effect::kAllow ? "Allow" : "Deny");
  if (statement.has_principal) {
    out.Key(statement.not_principal ? "NotPrincipal" : "Principal");
    PrintPrincipals(statement.principals, kind, out);
  }
  out.Key(statement.not_action ? "NotAction" : "Action");
  PrintTexts(statement.actions, out);
  if (statement.has_resource) {
    out.Key(statement.not_resource ? "NotResource" : "Resource");
    PrintTexts(statement.resources, out);
  }
  if (!statement.conditions.empty()) {
    out.Key("Condition");
    PrintConditions(statement.conditions, out);
  }
  out.EndObject();
}

}  // namespace

std::string PrintDocument(const Document& document, json::Layout layout) {
  Writer out(layout);
  out.BeginObject();
  out.Key("Version").String(document.version == LanguageVersion::k2012 ? "2012-10-17" : "2008-10-17");
  if (document.id) out.Key("Id").String(*document.id);
  out.Key("Statement").BeginArray();
  for (const Statement& statement : document.statements) PrintStatement(statement, document.kind, out);
  out.EndArray().EndObject();
  return std::move(out).Take();
}

}  // namespace wardkeep::policy
