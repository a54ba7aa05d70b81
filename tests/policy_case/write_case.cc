#include "json/writer.h"
#include "policy_case/text_case.h"

namespace wardkeep::policy_case {
namespace {

using json::Writer;
using policy::PrincipalKind;

void WritePrincipal(const policy::Principal& caller, Writer& out) {
  if (caller.kind == PrincipalKind::kAnonymous) {
    out.Null();
    return;
  }
  out.BeginObject();
  if (caller.kind == PrincipalKind::kService) {
    out.Key("service").String(caller.service);
  } else if (caller.kind == PrincipalKind::kFederated) {
    out.Key("federated").String(caller.arn);
  } else {
    out.Key("arn").String(caller.arn);
  }
  if (caller.kind == PrincipalKind::kRoleSession && caller.entity_arn != caller.arn) {
    out.Key("roleArn").String(caller.entity_arn);
  }
  if (caller.kind == PrincipalKind::kFederatedUser && !caller.entity_arn.empty()) {
    out.Key("parentArn").String(caller.entity_arn);
  }
  if (!caller.entity_id.empty()) out.Key("uniqueId").String(caller.entity_id);
  out.EndObject();
}

void WriteContext(const policy::RequestContext& context, Writer& out) {
  out.BeginObject();
  for (const policy::RequestContext::Entry& entry : context.entries()) {
    out.Key(entry.key);
    if (!entry.multi_valued && entry.values.size() == 1) {
      out.String(entry.values.front());
      continue;
    }
    out.BeginArray();
    for (const std::string& value : entry.values) out.String(value);
    out.EndArray();
  }
  out.EndObject();
}

void WriteRequest(const policy::Request& request, Writer& out) {
  out.BeginObject().Key("principal");
  WritePrincipal(request.principal, out);
  out.Key("action").String(request.action);
  out.Key("resource").BeginObject().Key("arn").String(request.resource);
  if (!request.resource_account.empty()) out.Key("accountId").String(request.resource_account);
  out.EndObject().Key("context");
  WriteContext(request.context, out);
  if (request.wildcard_only) out.Key("wildcardOnly").Bool(true);
  out.EndObject();
}

void WriteList(const std::vector<SourceText>& list, Writer& out) {
  out.BeginArray();
  for (const SourceText& source : list) out.Raw(source.text);
  out.EndArray();
}

void WriteMaybe(std::string_view name, const std::optional<std::vector<SourceText>>& list, Writer& out) {
  if (!list) return;
  out.Key(name);
  WriteList(*list, out);
}

void WriteLevels(std::string_view name, const std::optional<std::vector<std::vector<SourceText>>>& levels,
                 Writer& out) {
  if (!levels) return;
  out.Key(name).BeginArray();
  for (std::size_t i = 0; i < levels->size(); ++i) {
    out.BeginObject().Key("id").String("level-" + std::to_string(i)).Key("policies");
    WriteList((*levels)[i], out);
    out.EndObject();
  }
  out.EndArray();
}

}  // namespace

std::string WriteCase(const TextCase& text_case, std::string_view id) {
  Writer out;
  out.BeginObject().Key("id").String(id).Key("request");
  WriteRequest(text_case.request, out);
  const Layers<SourceText>& layers = text_case.layers;
  out.Key("policies").BeginObject();
  WriteMaybe("identity", layers.identity, out);
  WriteMaybe("permissionsBoundary", layers.permissions_boundary, out);
  WriteMaybe("session", layers.session, out);
  if (layers.resource) out.Key("resource").Raw(layers.resource->text);
  WriteLevels("serviceControl", layers.service_control, out);
  WriteLevels("resourceControl", layers.resource_control, out);
  WriteMaybe("endpoint", layers.endpoint, out);
  out.EndObject().EndObject();
  return std::move(out).Take();
}

}  // namespace wardkeep::policy_case
