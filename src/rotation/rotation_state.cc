#include "rotation/rotation_state.h"

#include <array>

#include "json/parse.h"
#include "json/writer.h"

namespace wardkeep::rotation {
namespace {

constexpr std::array<std::string_view, 4> kStepNames = {"planned", "created", "written", "deactivated"};

base::Error Corrupt(std::string_view what) {
  return base::Error(base::ErrorCode::kCorrupt, "the state of the rotation " + std::string(what));
}

base::Result<base::Instant> Time(const json::Value& root, std::string_view name) {
  constexpr int64_t kLatest = 253'402'300'799;  // the end of the year 9999
  const json::Value* value = root.Find(name);
  const auto seconds = value == nullptr ? std::nullopt : value->AsInt64();
  if (!seconds || *seconds < 0 || *seconds > kLatest) return Corrupt("lacks " + std::string(name));
  return base::FromUnixSeconds(*seconds);
}

}  // namespace

std::string EncodeState(const RotationState& state) {
  json::Writer out(json::Layout::kIndented);
  out.BeginObject().Key("version").Int(1);
  out.Key("step").String(kStepNames[static_cast<std::size_t>(state.step)]);
  out.Key("endpoint").String(state.endpoint).Key("user").String(state.user_arn);
  out.Key("old_key").String(state.old_key_id).Key("known_keys").BeginArray();
  for (const std::string& id : state.known_key_ids) out.String(id);
  out.EndArray().Key("new_key").String(state.new_key_id);
  if (state.step == Step::kCreated) out.Key("new_secret").String(state.new_secret.Reveal());
  out.Key("planned_at").Int(base::ToUnixSeconds(state.planned_at));
  if (state.step == Step::kDeactivated) {
    out.Key("deactivated_at").Int(base::ToUnixSeconds(state.deactivated_at));
  }
  out.EndObject();
  return std::move(out).Take() + "\n";
}

base::Result<RotationState> DecodeState(std::string_view text) {
  const auto root = json::Parse(text);
  if (!root) return Corrupt("is not JSON");
  const json::Value* version = root->Find("version");
  if (version == nullptr || version->AsInt64() != 1) return Corrupt("is of another version");
  RotationState state;
  const std::string step = root->TextOf("step");
  std::size_t index = 0;
  while (index < kStepNames.size() && kStepNames[index] != step) ++index;
  if (index == kStepNames.size()) return Corrupt("names no step");
  state.step = static_cast<Step>(index);
  state.endpoint = root->TextOf("endpoint");
  state.user_arn = root->TextOf("user");
  state.old_key_id = root->TextOf("old_key");
  state.new_key_id = root->TextOf("new_key");
  state.new_secret = base::Secret(root->TextOf("new_secret"));
  if (const json::Value* known = root->Find("known_keys")) {
    for (const json::Value& id : known->elements()) {
      if (id.AsString() != nullptr) state.known_key_ids.push_back(*id.AsString());
    }
  }
  if (state.old_key_id.empty() || state.user_arn.empty()) return Corrupt("lacks the old key");
  if (state.step != Step::kPlanned && state.new_key_id.empty()) return Corrupt("lacks the new key");
  if (state.step == Step::kCreated && state.new_secret.empty()) return Corrupt("lacks the new secret");
  WK_ASSIGN(state.planned_at, Time(*root, "planned_at"));
  if (state.step == Step::kDeactivated) {
    WK_ASSIGN(state.deactivated_at, Time(*root, "deactivated_at"));
  }
  return state;
}

}  // namespace wardkeep::rotation
