#include "snapshot/role_codec.h"

#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeRole(const entity::Role& role) {
  json::Writer out = BeginBody();
  out.Key("id").String(role.id).Key("name").String(role.name).Key("path").String(role.path);
  WriteTime(out, "created", role.create_date);
  out.Key("trust").String(role.trust_policy->text());
  WritePairs(out, "trust_principals", role.trust_principals);
  if (role.has_description) out.Key("description").String(role.description);
  out.Key("max_session").Int(role.max_session_duration);
  if (role.max_signin_session_duration) out.Key("max_signin").Int(*role.max_signin_session_duration);
  WritePairs(out, "tags", role.tags);
  WriteText(out, "boundary", role.permissions_boundary);
  WriteInlinePolicies(out, role.inline_policies);
  WriteTexts(out, "attached", role.attached_policies);
  WriteText(out, "service", role.linked_service);
  return EndBody(std::move(out));
}

base::Result<entity::Role> DecodeRole(std::string_view body) {
  BodyReader reader("role", body);
  const BodyFields fields = reader.root();
  entity::Role role;
  role.id = fields.Text("id");
  role.name = fields.Text("name");
  role.path = fields.Text("path");
  role.create_date = fields.Time("created");
  role.trust_policy =
      std::make_shared<entity::StoredDocument>(fields.Text("trust"), policy::DocumentKind::kTrust);
  role.trust_principals = fields.OptionalPairs("trust_principals");
  role.has_description = fields.Has("description");
  role.description = fields.OptionalText("description");
  role.max_session_duration = static_cast<int32_t>(fields.Int("max_session", 1, 1'000'000));
  if (fields.Has("max_signin")) {
    role.max_signin_session_duration = static_cast<int32_t>(fields.Int("max_signin", 1, 7'776'000));
  }
  role.tags = fields.OptionalPairs("tags");
  role.permissions_boundary = fields.OptionalText("boundary");
  role.inline_policies = ReadInlinePolicies(fields);
  role.attached_policies = fields.OptionalTexts("attached");
  role.linked_service = fields.OptionalText("service");
  WK_TRY(reader.Finish());
  return role;
}

}  // namespace wardkeep::snapshot
