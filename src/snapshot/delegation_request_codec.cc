#include "snapshot/delegation_request_codec.h"

#include <limits>
#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {
namespace {

using entity::DelegationState;

void WriteActor(json::Writer& out, std::string_view name, const entity::DelegationActor& actor) {
  if (actor.arn.empty()) return;
  out.Key(name).BeginObject().Key("arn").String(actor.arn).Key("id").String(actor.principal_id).EndObject();
}

entity::DelegationActor ReadActor(const BodyFields& fields, std::string_view name) {
  const auto item = fields.OptionalObject(name);
  if (!item) return {};
  return {item->Text("arn"), item->Text("id")};
}

void WriteParameters(json::Writer& out, const std::vector<entity::PolicyParameter>& parameters) {
  if (parameters.empty()) return;
  out.Key("parameters").BeginArray();
  for (const auto& parameter : parameters) {
    out.BeginObject().Key("name").String(parameter.name);
    WriteFlag(out, "list", parameter.is_list);
    WriteTexts(out, "values", parameter.values);
    out.EndObject();
  }
  out.EndArray();
}

}  // namespace

std::string EncodeDelegationRequest(const entity::DelegationRequest& request) {
  json::Writer out = BeginBody();
  out.Key("id").String(request.id).Key("requestor").String(request.requestor.value());
  WriteFlag(out, "names_owner_account", request.names_owner_account);
  WriteText(out, "requestor_name", request.requestor_name);
  WriteText(out, "description", request.description);
  WriteText(out, "message", request.message);
  WriteText(out, "workflow", request.workflow_id);
  WriteText(out, "channel", request.notification_channel);
  WriteText(out, "redirect", request.redirect_url);
  out.Key("template").String(request.template_arn);
  WriteParameters(out, request.parameters);
  out.Key("policy").String(request.policy).Key("duration").Int(request.session_duration);
  WriteFlag(out, "only_owner_sends", request.only_send_by_owner);
  out.Key("state").Int(static_cast<int64_t>(request.state));
  WriteActor(out, "owner", request.owner);
  WriteActor(out, "approver", request.approver);
  WriteText(out, "notes", request.notes);
  WriteText(out, "rejection", request.rejection_reason);
  WriteTime(out, "created", request.create_date);
  WriteTime(out, "updated", request.update_date);
  WriteTime(out, "expires", request.expiration);
  return EndBody(std::move(out));
}

base::Result<entity::DelegationRequest> DecodeDelegationRequest(std::string_view body) {
  BodyReader reader("delegation request", body);
  const BodyFields fields = reader.root();
  entity::DelegationRequest request;
  request.id = fields.Text("id");
  request.requestor = base::AccountId(fields.Text("requestor"));
  request.names_owner_account = fields.Flag("names_owner_account");
  request.requestor_name = fields.OptionalText("requestor_name");
  request.description = fields.OptionalText("description");
  request.message = fields.OptionalText("message");
  request.workflow_id = fields.OptionalText("workflow");
  request.notification_channel = fields.OptionalText("channel");
  request.redirect_url = fields.OptionalText("redirect");
  request.template_arn = fields.Text("template");
  fields.Each("parameters", [&](const BodyFields& item) {
    request.parameters.push_back({item.Text("name"), item.Flag("list"), item.OptionalTexts("values")});
  });
  request.policy = fields.Text("policy");
  request.session_duration =
      static_cast<int32_t>(fields.Int("duration", 1, std::numeric_limits<int32_t>::max()));
  request.only_send_by_owner = fields.Flag("only_owner_sends");
  request.state = static_cast<DelegationState>(fields.Int("state", 1, 6));
  request.owner = ReadActor(fields, "owner");
  request.approver = ReadActor(fields, "approver");
  request.notes = fields.OptionalText("notes");
  request.rejection_reason = fields.OptionalText("rejection");
  request.create_date = fields.Time("created");
  request.update_date = fields.Time("updated");
  request.expiration = fields.Time("expires");
  WK_TRY(reader.Finish());
  return request;
}

}  // namespace wardkeep::snapshot
