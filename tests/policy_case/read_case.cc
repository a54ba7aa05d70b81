#include <utility>

#include "base/assert.h"
#include "policy_case/text_case.h"
#include "wardkeep/evaluate.h"

namespace wardkeep::policy_case {
namespace {

using json::Value;
using policy::DocumentKind;
using policy::Principal;
using policy::PrincipalKind;

std::string Text(const Value* value) {
  const std::string* text = value == nullptr ? nullptr : value->AsString();
  return text == nullptr ? "" : *text;
}

std::string Scalar(const Value& value) {
  if (value.is_bool()) return *value.AsBool() ? "true" : "false";
  return value.is_number() ? std::string(value.number_text()) : Text(&value);
}

std::vector<std::string> Parts(std::string_view arn) {
  std::vector<std::string> parts(1);
  for (const char c : arn) {
    if (c == ':' && parts.size() < 6) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  parts.resize(6);
  return parts;
}

void ReadArn(const Value& from, Principal& caller) {
  caller.arn = Text(from.Find("arn"));
  caller.entity_id = Text(from.Find("uniqueId"));
  const std::vector<std::string> parts = Parts(caller.arn);
  caller.account_id = parts[4];
  const std::string& rest = parts[5];
  if (rest == "root") {
    caller.kind = PrincipalKind::kRoot;
  } else if (rest.starts_with("user/")) {
    caller.kind = PrincipalKind::kUser;
  } else if (rest.starts_with("federated-user/")) {
    caller.kind = PrincipalKind::kFederatedUser;
    caller.entity_arn = Text(from.Find("parentArn"));
  } else {
    caller.kind = PrincipalKind::kRoleSession;
    caller.entity_arn = Text(from.Find("roleArn"));
    if (rest.starts_with("role/")) caller.entity_arn = caller.arn;
    if (caller.entity_arn.empty()) {
      const std::string name = rest.substr(rest.find('/') + 1);
      caller.entity_arn = "arn:" + parts[1] + ":iam::" + parts[4] + ":role/" + name.substr(0, name.find('/'));
    }
    caller.is_service_linked_role = caller.entity_arn.find(":role/aws-service-role/") != std::string::npos;
  }
}

Principal ReadPrincipal(const Value* from) {
  Principal caller;
  if (from == nullptr || from->is_null()) return caller;
  if (from->Find("service") != nullptr) {
    caller.kind = PrincipalKind::kService;
    caller.service = Text(from->Find("service"));
  } else if (from->Find("federated") != nullptr) {
    caller.kind = PrincipalKind::kFederated;
    caller.arn = Text(from->Find("federated"));
  } else {
    ReadArn(*from, caller);
  }
  return caller;
}

void ReadContext(const Value* from, policy::RequestContext& context) {
  if (from == nullptr) return;
  for (const json::Member& member : from->members()) {
    if (!member.value.is_array()) {
      context.Set(member.key, Scalar(member.value));
      continue;
    }
    std::vector<std::string> values;
    for (const Value& value : member.value.elements()) values.push_back(Scalar(value));
    context.SetMulti(member.key, std::move(values));
  }
}

class LayerReader {
 public:
  explicit LayerReader(std::string_view text) : text_(text) {}

  SourceText One(const Value& from, DocumentKind kind) const {
    const Value* document = from.Find("document") != nullptr ? from.Find("document") : &from;
    const json::Span span = document->span();
    return {kind, std::string(text_.substr(span.start, span.end - span.start))};
  }

  std::vector<SourceText> List(const Value& from, DocumentKind kind) const {
    std::vector<SourceText> list;
    for (const Value& item : from.elements()) list.push_back(One(item, kind));
    return list;
  }

  std::optional<std::vector<SourceText>> Maybe(const Value* from, DocumentKind kind) const {
    return from == nullptr ? std::nullopt : std::optional(List(*from, kind));
  }

  std::optional<std::vector<std::vector<SourceText>>> Levels(const Value* from, DocumentKind kind) const {
    if (from == nullptr) return std::nullopt;
    std::vector<std::vector<SourceText>> levels;
    for (const Value& level : from->elements()) levels.push_back(List(*level.Find("policies"), kind));
    return levels;
  }

 private:
  std::string_view text_;
};

Layers<SourceText> ReadLayers(const Value& policies, const policy::Request& request, std::string_view text) {
  const LayerReader read(text);
  const bool trust = policy::IsTrustAction(request.action) && Parts(request.resource)[5].starts_with("role/");
  Layers<SourceText> layers;
  layers.identity =
      read.Maybe(policies.Find("identity"), DocumentKind::kIdentity).value_or(std::vector<SourceText>());
  layers.permissions_boundary =
      read.Maybe(policies.Find("permissionsBoundary"), DocumentKind::kPermissionsBoundary);
  layers.session = read.Maybe(policies.Find("session"), DocumentKind::kSession);
  layers.endpoint = read.Maybe(policies.Find("endpoint"), DocumentKind::kEndpoint);
  layers.service_control = read.Levels(policies.Find("serviceControl"), DocumentKind::kServiceControl);
  layers.resource_control = read.Levels(policies.Find("resourceControl"), DocumentKind::kResourceControl);
  if (const Value* resource = policies.Find("resource")) {
    layers.resource = read.One(*resource, trust ? DocumentKind::kTrust : DocumentKind::kResource);
  }
  return layers;
}

}  // namespace

TextCase ReadCase(const Value& line, std::string_view text) {
  TextCase out;
  const Value* request = line.Find("request");
  const Value* policies = line.Find("policies");
  WK_ASSERT(request != nullptr && policies != nullptr);
  const Value* principal = request->Find("principal");
  out.request.principal = ReadPrincipal(principal);
  out.request.action = Text(request->Find("action"));
  if (const Value* resource = request->Find("resource")) {
    out.request.resource = Text(resource->Find("arn"));
    out.request.resource_account = Text(resource->Find("accountId"));
  }
  const Value* wildcard_only = request->Find("wildcardOnly");
  out.request.wildcard_only = wildcard_only != nullptr && wildcard_only->AsBool().value_or(false);
  ReadContext(request->Find("context"), out.request.context);
  std::vector<std::pair<std::string, std::string>> tags;
  if (const Value* given = principal == nullptr ? nullptr : principal->Find("tags")) {
    for (const json::Member& tag : given->members()) tags.emplace_back(tag.key, Text(&tag.value));
  }
  out.layers = ReadLayers(*policies, out.request, text);
  Principal& caller = out.request.principal;
  caller.is_assumed_root = caller.kind == PrincipalKind::kRoot && out.layers.session.has_value();
  policy::FillPrincipalKeys(caller, tags, out.request.context);
  return out;
}

}  // namespace wardkeep::policy_case
