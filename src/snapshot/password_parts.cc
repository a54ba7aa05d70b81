#include "snapshot/password_parts.h"

#include "snapshot/owned_parts.h"

namespace wardkeep::snapshot {

void WriteLoginProfile(json::Writer& out, std::string_view name, const entity::LoginProfile& profile) {
  out.Key(name).BeginObject();
  WriteText(out, "hash", profile.password_hash);
  WriteTime(out, "created", profile.create_date);
  WriteTime(out, "changed", profile.password_changed);
  WriteFlag(out, "reset", profile.password_reset_required);
  if (profile.max_signin_session_duration) out.Key("max_signin").Int(*profile.max_signin_session_duration);
  if (profile.hygiene_warned) WriteTime(out, "hygiene_warned", *profile.hygiene_warned);
  WriteTexts(out, "former", profile.former_hashes);
  out.EndObject();
}

std::optional<entity::LoginProfile> ReadLoginProfile(const BodyFields& fields, std::string_view name) {
  const auto object = fields.OptionalObject(name);
  if (!object) return std::nullopt;
  entity::LoginProfile profile;
  profile.password_hash = object->OptionalText("hash");
  profile.create_date = object->Time("created");
  profile.password_changed = object->Time("changed");
  profile.password_reset_required = object->Flag("reset");
  if (object->Has("max_signin")) {
    profile.max_signin_session_duration = static_cast<int32_t>(object->Int("max_signin", 1, 7'776'000));
  }
  profile.hygiene_warned = object->OptionalTime("hygiene_warned");
  profile.former_hashes = object->OptionalTexts("former");
  return profile;
}

void WritePasswordPolicy(json::Writer& out, std::string_view name, const entity::PasswordPolicy& policy) {
  out.Key(name).BeginObject();
  out.Key("min_length").Int(policy.minimum_length);
  WriteFlag(out, "symbols", policy.require_symbols);
  WriteFlag(out, "numbers", policy.require_numbers);
  WriteFlag(out, "uppercase", policy.require_uppercase);
  WriteFlag(out, "lowercase", policy.require_lowercase);
  WriteFlag(out, "users_change", policy.allow_users_to_change);
  out.Key("max_age").Int(policy.max_age_days);
  out.Key("reuse").Int(policy.reuse_prevention);
  if (policy.hard_expiry) out.Key("hard_expiry").Bool(*policy.hard_expiry);
  out.EndObject();
}

std::optional<entity::PasswordPolicy> ReadPasswordPolicy(const BodyFields& fields, std::string_view name) {
  const auto object = fields.OptionalObject(name);
  if (!object) return std::nullopt;
  entity::PasswordPolicy policy;
  policy.minimum_length = static_cast<int32_t>(object->Int("min_length", 6, 128));
  policy.require_symbols = object->Flag("symbols");
  policy.require_numbers = object->Flag("numbers");
  policy.require_uppercase = object->Flag("uppercase");
  policy.require_lowercase = object->Flag("lowercase");
  policy.allow_users_to_change = object->Flag("users_change");
  policy.max_age_days = static_cast<int32_t>(object->Int("max_age", 0, 1095));
  policy.reuse_prevention = static_cast<int32_t>(object->Int("reuse", 0, 24));
  if (object->Has("hard_expiry")) policy.hard_expiry = object->Flag("hard_expiry");
  return policy;
}

void WriteSigninPlaces(json::Writer& out, std::string_view name, const entity::SigninPlaces& places) {
  if (places.empty()) return;
  out.Key(name).BeginArray();
  for (const entity::SigninPlace& place : places) {
    out.BeginObject().Key("kind").Int(static_cast<int64_t>(place.kind));
    WriteText(out, "text", place.text);
    WriteTime(out, "last", place.last_success);
    out.EndObject();
  }
  out.EndArray();
}

entity::SigninPlaces ReadSigninPlaces(const BodyFields& fields, std::string_view name) {
  entity::SigninPlaces places;
  fields.Each(name, [&](const BodyFields& place) {
    const int64_t kind = place.Int("kind", 0, static_cast<int64_t>(entity::SigninPlaceKind::kDevice));
    places.push_back({static_cast<entity::SigninPlaceKind>(kind), place.Text("text"), place.Time("last")});
  });
  return places;
}

}  // namespace wardkeep::snapshot
