#include "snapshot/managed_policy_codec.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {
namespace {

constexpr int64_t kMaxNumber = std::numeric_limits<uint32_t>::max();

std::vector<entity::PolicyVersion> ReadVersions(const BodyFields& fields) {
  std::vector<entity::PolicyVersion> versions;
  fields.Each("versions", [&](const BodyFields& item) {
    versions.push_back(
        {static_cast<uint32_t>(item.Int("number", 1, kMaxNumber)),
         std::make_shared<entity::StoredDocument>(item.Text("document"), policy::DocumentKind::kIdentity),
         item.Time("created")});
  });
  const auto out_of_order = [](const auto& a, const auto& b) { return a.number >= b.number; };
  if (std::adjacent_find(versions.begin(), versions.end(), out_of_order) != versions.end()) {
    fields.Fault("versions", "are not ascending");
  }
  return versions;
}

}  // namespace

std::string EncodeManagedPolicy(const entity::ManagedPolicy& policy) {
  json::Writer out = BeginBody();
  out.Key("id").String(policy.id).Key("name").String(policy.name).Key("path").String(policy.path);
  WriteText(out, "description", policy.description);
  WriteTime(out, "created", policy.create_date);
  WriteTime(out, "updated", policy.update_date);
  out.Key("default").Unsigned(policy.default_version).Key("next").Unsigned(policy.next_version);
  out.Key("versions").BeginArray();
  for (const auto& version : policy.versions) {
    out.BeginObject().Key("number").Unsigned(version.number);
    out.Key("document").String(version.document->text());
    WriteTime(out, "created", version.create_date);
    out.EndObject();
  }
  out.EndArray();
  WritePairs(out, "tags", policy.tags);
  return EndBody(std::move(out));
}

base::Result<entity::ManagedPolicy> DecodeManagedPolicy(std::string_view body) {
  BodyReader reader("policy", body);
  const BodyFields fields = reader.root();
  entity::ManagedPolicy policy;
  policy.id = fields.Text("id");
  policy.name = fields.Text("name");
  policy.path = fields.Text("path");
  policy.description = fields.OptionalText("description");
  policy.create_date = fields.Time("created");
  policy.update_date = fields.Time("updated");
  policy.default_version = static_cast<uint32_t>(fields.Int("default", 1, kMaxNumber));
  policy.next_version = static_cast<uint32_t>(fields.Int("next", 1, kMaxNumber));
  policy.versions = ReadVersions(fields);
  policy.tags = fields.OptionalPairs("tags");
  if (policy.FindVersion(policy.default_version) == nullptr) fields.Fault("default", "names no version");
  WK_TRY(reader.Finish());
  return policy;
}

}  // namespace wardkeep::snapshot
