#include "evaluate_format/policies.h"

#include <algorithm>
#include <iterator>

#include "evaluate_format/members.h"
#include "wardkeep/parse.h"

namespace wardkeep::evaluate_format {
namespace {

using policy::DocumentKind;
using policy::PolicyType;

enum class Shape { kDocument, kList, kLevels };

struct MemberRow {
  PolicyType type;  // its name is the member's
  DocumentKind document_kind;
  Shape shape;
};
constexpr MemberRow kMembers[] = {
    {PolicyType::kIdentity, DocumentKind::kIdentity, Shape::kList},
    {PolicyType::kPermissionsBoundary, DocumentKind::kPermissionsBoundary, Shape::kList},
    {PolicyType::kSession, DocumentKind::kSession, Shape::kList},
    {PolicyType::kResource, DocumentKind::kResource, Shape::kDocument},
    {PolicyType::kServiceControl, DocumentKind::kServiceControl, Shape::kLevels},
    {PolicyType::kResourceControl, DocumentKind::kResourceControl, Shape::kLevels},
    {PolicyType::kEndpoint, DocumentKind::kEndpoint, Shape::kList},
};

constexpr std::string_view kTimeKeys = "wardkeep:";

std::string MemberPath(PolicyType type) {
  return "policies." + std::string(policy::PolicyTypeName(type));
}

EvaluateError Refusal(const policy::DocumentError& error, PolicyType type, const std::string& label) {
  return {error.code, error.message, std::string(policy::PolicyTypeName(type)), label};
}

}  // namespace

// A document, or {"name": ..., "document": ...}.
EvaluateResult<void> EvaluatePolicies::ReadDocument(PolicyType type, DocumentKind document_kind,
                                                    const json::Value& value) {
  Kind& kind = Of(type);
  const std::string where = MemberPath(type);
  WK_TRY(ExpectObject(value, where));
  std::string label = std::to_string(kind.compiled.size());
  const json::Value* document = value.Find("document");
  if (document != nullptr) {
    WK_TRY(ExpectOnly(value, where, {"name", "document"}));
    WK_TRY(ExpectObject(*document, where + ".document"));
    WK_ASSIGN(const std::string name, OptionalText(value, where, "name"));
    if (!name.empty()) label = name;
  }
  const json::Value& whole = document != nullptr ? *document : value;
  const json::Span span = whole.span();
  const std::string_view text = text_.substr(span.start, span.end - span.start);
  policy::ParseOptions options;
  options.accept_full_access_rcp = true;
  const policy::ParseOutcome parsed = policy::ParseDocument(text, document_kind, options);
  if (!parsed.document) {
    EvaluateError refusal = Refusal(*parsed.error, type, label);
    Locate(*parsed.error, text, &whole, span.start, refusal);
    return refusal;
  }
  kind.labels.push_back(std::move(label));
  kind.compiled.push_back(policy::Compile(*parsed.document));
  kind.views.push_back(kind.compiled.back().get());
  bytes_ += span.end - span.start;
  const auto keys = kind.compiled.back()->context_keys();  // lower case, sorted
  const auto key = std::lower_bound(keys.begin(), keys.end(), kTimeKeys);
  asks_for_time_ = asks_for_time_ || (key != keys.end() && key->starts_with(kTimeKeys));
  return {};
}

EvaluateResult<void> EvaluatePolicies::ReadList(PolicyType type, DocumentKind document_kind,
                                                const json::Value& value) {
  if (!value.is_array()) return InvalidInput(MemberPath(type) + " must be an array of documents");
  for (const json::Value& document : value.elements()) WK_TRY(ReadDocument(type, document_kind, document));
  return {};
}

EvaluateResult<void> EvaluatePolicies::ReadLevels(PolicyType type, DocumentKind document_kind,
                                                  const json::Value& value) {
  const std::string where = MemberPath(type);
  if (!value.is_array()) return InvalidInput(where + " must be an array of levels");
  for (const json::Value& level : value.elements()) {
    WK_TRY(ExpectObject(level, where));
    WK_TRY(ExpectOnly(level, where, {"id", "policies"}));
    const json::Value* policies = level.Find("policies");
    if (policies == nullptr) return InvalidInput(where + " has a level without policies");
    const std::size_t before = Of(type).compiled.size();
    WK_TRY(ReadList(type, document_kind, *policies));
    Of(type).level_sizes.push_back(Of(type).compiled.size() - before);
  }
  return {};
}

EvaluateResult<void> EvaluatePolicies::Read(const json::Value& policies, std::string_view text,
                                            bool is_trust) {
  text_ = text;
  is_trust_ = is_trust;
  WK_TRY(ExpectObject(policies, "policies"));
  WK_TRY(ExpectOnly(policies, "policies",
                    {"identity", "permissionsBoundary", "session", "resource", "serviceControl",
                     "resourceControl", "endpoint"}));
  for (const MemberRow& row : kMembers) {
    const json::Value* value = policies.Find(policy::PolicyTypeName(row.type));
    if (value == nullptr) continue;
    Of(row.type).given = true;
    switch (row.shape) {
      case Shape::kDocument:
        WK_TRY(ReadDocument(row.type, is_trust ? DocumentKind::kTrust : row.document_kind, *value));
        break;
      case Shape::kList:
        WK_TRY(ReadList(row.type, row.document_kind, *value));
        break;
      case Shape::kLevels:
        WK_TRY(ReadLevels(row.type, row.document_kind, *value));
        break;
    }
  }
  FillSet();
  text_ = {};
  return {};
}

void EvaluatePolicies::FillSet() {
  for (Kind& kind : kinds_) {
    policy::PolicySet::Policies rest(kind.views);
    for (std::size_t size : kind.level_sizes) {
      kind.levels.push_back({rest.first(size)});
      rest = rest.subspan(size);
    }
  }
  const auto list = [&](PolicyType type) {
    const Kind& kind = Of(type);
    return kind.given ? std::optional<policy::PolicySet::Policies>(kind.views) : std::nullopt;
  };
  const auto levels = [&](PolicyType type) {
    const Kind& kind = Of(type);
    return kind.given ? std::optional<std::span<const policy::PolicySet::Level>>(kind.levels) : std::nullopt;
  };
  set_.identity = Of(PolicyType::kIdentity).views;
  set_.permissions_boundary = list(PolicyType::kPermissionsBoundary);
  set_.session = list(PolicyType::kSession);
  set_.endpoint = list(PolicyType::kEndpoint);
  set_.service_control = levels(PolicyType::kServiceControl);
  set_.resource_control = levels(PolicyType::kResourceControl);
  if (Of(PolicyType::kResource).given) set_.resource = Of(PolicyType::kResource).views.front();
}

void EvaluatePolicies::MakeIndexes() {
  using Policies = policy::PolicySet::Policies;
  // An index serves a layer only if the layer is a view of the index's own policies.
  const auto index = [](Kind& kind, Policies& policies) {
    kind.indexes.push_back(policy::MakeIndex(policies));
    policies = kind.indexes.back()->policies();
    return kind.indexes.back().get();
  };
  const auto layer = [&](PolicyType type, std::optional<Policies>& policies) {
    return policies && !policies->empty() ? index(Of(type), *policies) : nullptr;
  };
  if (!set_.identity.empty()) set_.indexes.identity = index(Of(PolicyType::kIdentity), set_.identity);
  set_.indexes.permissions_boundary = layer(PolicyType::kPermissionsBoundary, set_.permissions_boundary);
  set_.indexes.session = layer(PolicyType::kSession, set_.session);
  set_.indexes.endpoint = layer(PolicyType::kEndpoint, set_.endpoint);
  if (set_.resource != nullptr) {
    Policies only(&set_.resource, 1);
    set_.indexes.resource = index(Of(PolicyType::kResource), only);
  }
  const auto merge = [&](PolicyType type, auto& levels) -> const policy::LevelsIndex* {
    if (!levels || levels->empty()) return nullptr;
    Of(type).levels_index = policy::MakeLevelsIndex(*levels);
    levels = Of(type).levels_index->levels();
    return Of(type).levels_index.get();
  };
  set_.indexes.service_control = merge(PolicyType::kServiceControl, set_.service_control);
  set_.indexes.resource_control = merge(PolicyType::kResourceControl, set_.resource_control);
}

const std::string& EvaluatePolicies::Label(policy::StatementRef ref) const {
  return Of(ref.type).labels[ref.policy];
}

const policy::CompiledPolicy& EvaluatePolicies::Policy(policy::StatementRef ref) const {
  return *Of(ref.type).views[ref.policy];
}

std::vector<std::string> EvaluatePolicies::ContextKeys() const {
  std::vector<std::string> keys;
  for (const Kind& kind : kinds_) {
    for (const policy::PolicyPtr& compiled : kind.compiled) {
      std::copy(compiled->context_keys().begin(), compiled->context_keys().end(), std::back_inserter(keys));
    }
  }
  return keys;
}

}  // namespace wardkeep::evaluate_format
