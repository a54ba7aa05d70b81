#include "snapshot/owned_parts.h"

#include <algorithm>
#include <utility>

#include "base/base64.h"

namespace wardkeep::snapshot {

json::Writer BeginBody() {
  json::Writer out;
  out.BeginObject().Key("v").Int(kBodyVersion);
  return out;
}

std::string EndBody(json::Writer out) {
  out.EndObject();
  return std::move(out).Take();
}

void WriteText(json::Writer& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out.Key(name).String(text);
}

void WriteTexts(json::Writer& out, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out.Key(name).BeginArray();
  for (const auto& text : texts) out.String(text);
  out.EndArray();
}

void WritePairs(json::Writer& out, std::string_view name,
                const std::vector<std::pair<std::string, std::string>>& pairs) {
  if (pairs.empty()) return;
  out.Key(name).BeginArray();
  for (const auto& [first, second] : pairs) out.BeginArray().String(first).String(second).EndArray();
  out.EndArray();
}

void WriteBytes(json::Writer& out, std::string_view name, std::string_view bytes) {
  out.Key(name).String(base::Base64Encode(base::AsBytes(bytes)));
}

void WriteTime(json::Writer& out, std::string_view name, base::Instant time) {
  out.Key(name).Int(time.time_since_epoch().count());
}

void WriteFlag(json::Writer& out, std::string_view name, bool flag) {
  if (flag) out.Key(name).Bool(true);
}

void WriteInlinePolicies(json::Writer& out, const entity::InlinePolicies& policies) {
  if (policies.empty()) return;
  out.Key("inline").BeginArray();
  for (const auto& policy : policies) {
    out.BeginObject()
        .Key("name")
        .String(policy.name)
        .Key("document")
        .String(policy.document->text())
        .EndObject();
  }
  out.EndArray();
}

entity::InlinePolicies ReadInlinePolicies(const BodyFields& fields) {
  entity::InlinePolicies policies;
  fields.Each("inline", [&](const BodyFields& item) {
    policies.push_back({item.Text("name"), std::make_shared<entity::StoredDocument>(
                                               item.Text("document"), policy::DocumentKind::kIdentity)});
  });
  const auto out_of_order = [](const auto& a, const auto& b) { return a.name >= b.name; };
  if (std::adjacent_find(policies.begin(), policies.end(), out_of_order) != policies.end()) {
    fields.Fault("inline", "is not sorted by name");
  }
  return policies;
}

void WriteAccessKeys(json::Writer& out, std::string_view name, const std::vector<entity::AccessKey>& keys) {
  if (keys.empty()) return;
  out.Key(name).BeginArray();
  for (const auto& key : keys) {
    out.BeginObject().Key("id").String(key.id);
    WriteBytes(out, "sealed", key.sealed_secret);
    WriteFlag(out, "inactive", key.status == entity::KeyStatus::kInactive);
    WriteTime(out, "created", key.create_date);
    if (key.status_changed) WriteTime(out, "changed", *key.status_changed);
    if (key.hygiene_warned) WriteTime(out, "hygiene_warned", *key.hygiene_warned);
    out.EndObject();
  }
  out.EndArray();
}

std::vector<entity::AccessKey> ReadAccessKeys(const BodyFields& fields, std::string_view name) {
  std::vector<entity::AccessKey> keys;
  fields.Each(name, [&](const BodyFields& item) {
    keys.push_back({item.Text("id"), item.Bytes("sealed"),
                    item.Flag("inactive") ? entity::KeyStatus::kInactive : entity::KeyStatus::kActive,
                    item.Time("created"), item.OptionalTime("changed"), item.OptionalTime("hygiene_warned")});
  });
  return keys;
}

}  // namespace wardkeep::snapshot
