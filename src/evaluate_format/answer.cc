#include "evaluate_format/answer.h"

#include <string_view>

#include "json/writer.h"

namespace wardkeep::evaluate_format {
namespace {

using policy::PolicyType;

std::string_view VerdictName(policy::Verdict verdict) {
  switch (verdict) {
    case policy::Verdict::kAllowed:
      return "allowed";
    case policy::Verdict::kExplicitDeny:
      return "explicitDeny";
    case policy::Verdict::kImplicitDeny:
      return "implicitDeny";
  }
  return "";
}

// The rule that decided where no statement did; empty if a statement did or nothing allowed.
std::string_view RuleName(policy::Basis basis) {
  switch (basis) {
    case policy::Basis::kRootUser:
      return "rootUser";
    case policy::Basis::kUndeniable:
      return "undeniable";
    case policy::Basis::kBuiltInDeny:
      return "builtInDeny";
    case policy::Basis::kNone:
    case policy::Basis::kStatement:
      return "";
  }
  return "";
}

void WriteId(json::Writer& out, const json::Value* id) {
  out.Key("id");
  if (id == nullptr) {
    out.Null();
  } else {
    out.Copy(*id);
  }
}

// The members that name a statement.
void WriteStatement(json::Writer& out, policy::StatementRef ref, const EvaluatePolicies& policies) {
  out.Key("policyType").String(policy::PolicyTypeName(ref.type));
  out.Key("policy").String(policies.Label(ref));
  out.Key("statement").Unsigned(ref.statement);
  const std::string_view sid = policies.Policy(ref).sid(ref.statement);
  if (!sid.empty()) out.Key("sid").String(sid);
}

void WritePosition(json::Writer& out, std::string_view name, policy::Position position) {
  out.Key(name).BeginObject();
  out.Key("line").Unsigned(position.line).Key("column").Unsigned(position.column);
  out.EndObject();
}

void WriteMissingLayers(json::Writer& out, policy::PolicyTypeSet missing) {
  out.Key("missingLayers").BeginArray();
  for (int i = 0; i < policy::kPolicyTypeCount; ++i) {
    const auto type = static_cast<PolicyType>(i);
    if (missing.Has(type)) out.String(policy::PolicyTypeName(type));
  }
  out.EndArray();
}

void WriteExplanation(json::Writer& out, const policy::Explanation& explanation,
                      const EvaluatePolicies& policies) {
  out.Key("matched").BeginArray();
  for (const policy::MatchedStatement& matched : explanation.matched) {
    const policy::CompiledPolicy& compiled = policies.Policy(matched.ref);
    out.BeginObject();
    WriteStatement(out, matched.ref, policies);
    out.Key("effect").String(matched.effect == policy::Effect::kAllow ? "Allow" : "Deny");
    WritePosition(out, "start", compiled.start(matched.ref.statement));
    WritePosition(out, "end", compiled.end(matched.ref.statement));
    out.EndObject();
  }
  out.EndArray();
  out.Key("missingContextKeys").BeginArray();
  for (const std::string& key : explanation.missing_context_keys) out.String(key);
  out.EndArray();
}

}  // namespace

std::string WriteAnswer(const json::Value* id, const policy::Decision& decision,
                        const EvaluatePolicies& policies, const policy::Explanation* explanation) {
  json::Writer out;
  out.BeginObject();
  WriteId(out, id);
  out.Key("decision").String(VerdictName(decision.verdict));
  if (decision.statement) {
    out.Key("reason").BeginObject();
    WriteStatement(out, *decision.statement, policies);
    out.EndObject();
  }
  if (const std::string_view rule = RuleName(decision.basis); !rule.empty()) out.Key("rule").String(rule);
  WriteMissingLayers(out, decision.missing_layers);
  if (explanation != nullptr) WriteExplanation(out, *explanation, policies);
  out.EndObject();
  return std::move(out).Take();
}

std::string WriteError(const json::Value* id, const EvaluateError& error, std::size_t line) {
  json::Writer out;
  out.BeginObject();
  WriteId(out, id);
  out.Key("error").BeginObject();
  out.Key("code").String(error.code).Key("message").String(error.message).Key("line").Unsigned(line);
  WriteWhere(error, out);
  out.EndObject().EndObject();
  return std::move(out).Take();
}

}  // namespace wardkeep::evaluate_format
