#include "snapshot/instance_profile_codec.h"

#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

std::string EncodeInstanceProfile(const entity::InstanceProfile& profile) {
  json::Writer out = BeginBody();
  out.Key("id").String(profile.id).Key("name").String(profile.name).Key("path").String(profile.path);
  WriteTime(out, "created", profile.create_date);
  WriteText(out, "role", profile.role_id);
  WritePairs(out, "tags", profile.tags);
  return EndBody(std::move(out));
}

base::Result<entity::InstanceProfile> DecodeInstanceProfile(std::string_view body) {
  BodyReader reader("instance profile", body);
  const BodyFields fields = reader.root();
  entity::InstanceProfile profile;
  profile.id = fields.Text("id");
  profile.name = fields.Text("name");
  profile.path = fields.Text("path");
  profile.create_date = fields.Time("created");
  profile.role_id = fields.OptionalText("role");
  profile.tags = fields.OptionalPairs("tags");
  WK_TRY(reader.Finish());
  return profile;
}

}  // namespace wardkeep::snapshot
