#include "snapshot/group_codec.h"

#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeGroup(const entity::Group& group) {
  json::Writer out = BeginBody();
  out.Key("id").String(group.id).Key("name").String(group.name).Key("path").String(group.path);
  WriteTime(out, "created", group.create_date);
  WriteInlinePolicies(out, group.inline_policies);
  WriteTexts(out, "attached", group.attached_policies);
  return EndBody(std::move(out));
}

base::Result<entity::Group> DecodeGroup(std::string_view body) {
  BodyReader reader("group", body);
  const BodyFields fields = reader.root();
  entity::Group group;
  group.id = fields.Text("id");
  group.name = fields.Text("name");
  group.path = fields.Text("path");
  group.create_date = fields.Time("created");
  group.inline_policies = ReadInlinePolicies(fields);
  group.attached_policies = fields.OptionalTexts("attached");
  WK_TRY(reader.Finish());
  return group;
}

}  // namespace wardkeep::snapshot
