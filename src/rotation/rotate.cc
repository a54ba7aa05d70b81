#include "rotation/rotate.h"

#include <algorithm>
#include <utility>

#include "base/time_text.h"
#include "rotation/private_file.h"

namespace wardkeep::rotation {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kMostKeys = 2;  // AWS's limit for a user
// How long a new key may take until AWS knows it everywhere.
constexpr std::chrono::seconds kVerifyPatience{60};
constexpr std::chrono::milliseconds kFirstPause{500};
constexpr std::chrono::milliseconds kLongestPause{8'000};
// A key of an interrupted run was made right after the plan was noted. Both clocks may be a little off.
constexpr std::chrono::minutes kPlanToKey{10};

Error Refused(std::string_view call, const CallFault& fault) {
  std::string message(call);
  if (fault.code.empty()) {
    message.append(": no answer; run the command again to go on");
    return Error(ErrorCode::kUnavailable, std::move(message), fault.message);
  }
  message.append(" was refused: ").append(fault.code).append(": ").append(fault.message);
  return Error(ErrorCode::kInvalid, std::move(message));
}

constexpr const char* kForgetHint =
    "run this with --forget and then again, to rotate the key that is there now";

// A new key is unknown to some servers for a while.
bool MayPass(const CallFault& fault) {
  return fault.transient || fault.code == "InvalidClientTokenId" || fault.code == "SignatureDoesNotMatch";
}

std::string Describe(const std::vector<KeyFacts>& keys) {
  std::string text;
  for (const KeyFacts& key : keys) {
    text.append(text.empty() ? "" : ", ").append(key.access_key_id);
    text.append(key.active ? " (active" : " (inactive").append(", made ").append(key.create_date).append(")");
  }
  return text;
}

const KeyFacts* FindKey(const std::vector<KeyFacts>& keys, const std::string& id) {
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const KeyFacts& key) { return key.access_key_id == id; });
  return found == keys.end() ? nullptr : &*found;
}

}  // namespace

Rotation::Rotation(RotationOrder order, KeyService& service, const base::Clock& clock, RotationHooks hooks)
    : order_(std::move(order)), service_(service), clock_(clock), hooks_(std::move(hooks)) {}

Result<void> Rotation::LoadState(bool& found) {
  const auto text = ReadPrivateFile(order_.state_path);
  found = text.has_value();
  if (!found) {
    if (text.error().code == ErrorCode::kNotFound) return {};
    return text.error();
  }
  WK_ASSIGN(state_, DecodeState(*text));
  if (state_.endpoint == order_.endpoint) return {};
  return Error(ErrorCode::kInvalid, "a rotation of this profile was begun at `" +
                                        (state_.endpoint.empty() ? "AWS" : state_.endpoint) +
                                        "`; finish it there, or run this with --forget");
}

Result<void> Rotation::Save() {
  return ReplacePrivateFile(order_.state_path, EncodeState(state_));
}

// The profile's key, which must be the one with that id: whoever changed it meanwhile knows why.
Result<ProfileKey> Rotation::ReadProfile(std::string_view expected_id) const {
  WK_ASSIGN(const std::string text, ReadPrivateFile(order_.credentials_path));
  WK_ASSIGN(ProfileKey key, ReadProfileKey(text, order_.profile));
  if (key.access_key_id == expected_id) return key;
  return Error(ErrorCode::kConflict,
               "profile `" + order_.profile + "` holds key " + key.access_key_id +
                   ", but its rotation left " + std::string(expected_id) +
                   " there: somebody changed it, and nothing was done; put that key back, or " + kForgetHint);
}

Result<void> Rotation::Plan() {
  WK_ASSIGN(const std::string text, ReadPrivateFile(order_.credentials_path));
  WK_ASSIGN(const ProfileKey key, ReadProfileKey(text, order_.profile));
  const auto arn = service_.CallerArn(key);
  if (!arn) return Refused("the key of profile `" + order_.profile + "`", arn.error());
  if (arn->find(":user/") == std::string::npos && !arn->ends_with(":root")) {
    return Error(ErrorCode::kInvalid, "profile `" + order_.profile + "` belongs to " + *arn +
                                          ", not to a user: its credentials are temporary");
  }
  const auto keys = service_.ListKeys(key);
  if (!keys) return Refused("ListAccessKeys", keys.error());
  if (keys->size() >= kMostKeys) {
    return Error(ErrorCode::kLimit,
                 *arn + " has two access keys already, which is AWS's limit: " + Describe(*keys) +
                     "; delete the one that is not in use (aws iam delete-access-key), then run this again");
  }
  state_ = RotationState{};
  state_.endpoint = order_.endpoint;
  state_.user_arn = *arn;
  state_.old_key_id = key.access_key_id;
  for (const KeyFacts& fact : *keys) state_.known_key_ids.push_back(fact.access_key_id);
  state_.planned_at = clock_.Now();
  WK_TRY(Save());
  hooks_.report("rotating " + state_.old_key_id + " of " + state_.user_arn);
  hooks_.reached("planned");
  return {};
}

// A run that ended between the service's answer and its note leaves a key whose secret nobody has.
Result<void> Rotation::DropLostKey() {
  WK_ASSIGN(const ProfileKey old_key, ReadProfile(state_.old_key_id));
  const auto keys = service_.ListKeys(old_key);
  if (!keys) return Refused("ListAccessKeys", keys.error());
  for (const KeyFacts& key : *keys) {
    const auto& known = state_.known_key_ids;
    if (std::find(known.begin(), known.end(), key.access_key_id) != known.end()) continue;
    const auto used = service_.WasUsed(old_key, key.access_key_id);
    if (!used) return Refused("GetAccessKeyLastUsed", used.error());
    const auto made = base::ParseIso8601(key.create_date);
    const bool ours =
        made && *made >= state_.planned_at - kPlanToKey && *made <= state_.planned_at + kPlanToKey;
    if (*used || !ours) {
      return Error(ErrorCode::kConflict,
                   "key " + key.access_key_id + " (made " + key.create_date +
                       ") is not of this rotation: delete it, or run this with --forget");
    }
    if (auto gone = service_.Delete(old_key, key.access_key_id); !gone) {
      return Refused("DeleteAccessKey", gone.error());
    }
    hooks_.report("deleted " + key.access_key_id + ", made by an interrupted run and never used");
  }
  return {};
}

Result<void> Rotation::Create() {
  WK_ASSIGN(const ProfileKey old_key, ReadProfile(state_.old_key_id));
  auto made = service_.CreateKey(old_key);
  if (!made) {
    // Nothing was made: the next run begins anew. Without an answer nobody knows, and the plan stays.
    if (!made.error().transient) WK_TRY(RemovePrivateFile(order_.state_path));
    return Refused("CreateAccessKey", made.error());
  }
  hooks_.reached("answered");
  state_.new_key_id = made->access_key_id;
  state_.new_secret = std::move(made->secret);
  state_.step = Step::kCreated;
  WK_TRY(Save());
  hooks_.report("created " + state_.new_key_id);
  hooks_.reached("created");
  return {};
}

Result<void> Rotation::Verify() {
  const ProfileKey new_key{state_.new_key_id, state_.new_secret.Clone()};
  std::chrono::milliseconds pause = kFirstPause;
  std::chrono::milliseconds waited{0};
  while (true) {
    const auto arn = service_.CallerArn(new_key);
    if (arn) {
      if (*arn == state_.user_arn) break;
      return Error(ErrorCode::kInvalid, "the new key belongs to " + *arn + ", not to " + state_.user_arn);
    }
    if (!MayPass(arn.error()) || waited >= kVerifyPatience) return Refused("the new key", arn.error());
    hooks_.sleep_for(pause);
    waited += pause;
    pause = std::min(pause * 2, kLongestPause);
  }
  hooks_.report("verified " + state_.new_key_id);
  hooks_.reached("verified");
  return {};
}

Result<void> Rotation::WriteProfile() {
  WK_ASSIGN(const std::string text, ReadPrivateFile(order_.credentials_path));
  WK_ASSIGN(const ProfileKey present, ReadProfileKey(text, order_.profile));
  if (present.access_key_id != state_.new_key_id) {
    WK_TRY(ReadProfile(state_.old_key_id));
    const ProfileKey new_key{state_.new_key_id, state_.new_secret.Clone()};
    WK_ASSIGN(const std::string replaced, ReplaceProfileKey(text, order_.profile, new_key));
    WK_TRY(ReplacePrivateFile(order_.credentials_path, replaced));
  }
  hooks_.reached("replaced");
  state_.step = Step::kWritten;
  state_.new_secret = base::Secret();
  WK_TRY(Save());
  hooks_.report("wrote " + order_.credentials_path);
  hooks_.reached("written");
  return {};
}

Result<void> Rotation::DeactivateOld() {
  WK_ASSIGN(const ProfileKey new_key, ReadProfile(state_.new_key_id));
  const auto done = service_.Deactivate(new_key, state_.old_key_id);
  if (!done && done.error().code != "NoSuchEntity") return Refused("UpdateAccessKey", done.error());
  hooks_.reached("switched-off");
  state_.step = Step::kDeactivated;
  state_.deactivated_at = clock_.Now();
  WK_TRY(Save());
  hooks_.report("deactivated " + state_.old_key_id);
  hooks_.reached("deactivated");
  return {};
}

Result<Outcome> Rotation::DeleteOld() {
  WK_ASSIGN(const ProfileKey new_key, ReadProfile(state_.new_key_id));
  const base::Instant due = state_.deactivated_at + order_.grace;
  if (clock_.Now() < due) {
    hooks_.report(state_.old_key_id + " is inactive; run this again after " + base::FormatIso8601(due) +
                  " to delete it");
    return Outcome::kWaiting;
  }
  const auto keys = service_.ListKeys(new_key);
  if (!keys) return Refused("ListAccessKeys", keys.error());
  if (const KeyFacts* old = FindKey(*keys, state_.old_key_id)) {
    if (old->active) {
      return Error(ErrorCode::kConflict,
                   state_.old_key_id +
                       " was activated again: somebody still needs it; deactivate it, then run this again");
    }
    const auto gone = service_.Delete(new_key, state_.old_key_id);
    if (!gone && gone.error().code != "NoSuchEntity") return Refused("DeleteAccessKey", gone.error());
  }
  hooks_.reached("deleted");
  WK_TRY(RemovePrivateFile(order_.state_path));
  hooks_.report("deleted " + state_.old_key_id);
  return Outcome::kFinished;
}

Result<void> Rotation::Forget() {
  const auto text = ReadPrivateFile(order_.state_path);
  if (!text && text.error().code == ErrorCode::kNotFound) {
    hooks_.report("no rotation of profile `" + order_.profile + "` is under way");
    return {};
  }
  WK_TRY(text);
  if (const auto noted = DecodeState(*text)) {
    const std::string where = noted->endpoint.empty() ? "" : " at " + noted->endpoint;
    hooks_.report("the rotation of " + noted->old_key_id + " of " + noted->user_arn + where +
                  " is forgotten");
    if (noted->step == Step::kPlanned)
      hooks_.report("a key that it may have made is in nobody's hands; see aws iam list-access-keys");
    if (noted->step == Step::kCreated) {
      hooks_.report("key " + noted->new_key_id + ", which it made, is in no profile; delete it");
    }
    if (noted->step >= Step::kWritten) {
      hooks_.report("key " + noted->old_key_id +
                    ", which it replaced, is not deleted; delete it when nobody needs it");
    }
  }
  return RemovePrivateFile(order_.state_path);
}

Result<Outcome> Rotation::Run() {
  bool resumed = false;
  WK_TRY(LoadState(resumed));
  if (!resumed) {
    WK_TRY(Plan());
  } else if (state_.step == Step::kPlanned) {
    WK_TRY(DropLostKey());
  }
  if (state_.step == Step::kPlanned) WK_TRY(Create());
  if (state_.step == Step::kCreated) {
    WK_TRY(Verify());
    WK_TRY(WriteProfile());
  }
  if (state_.step == Step::kWritten) WK_TRY(DeactivateOld());
  return DeleteOld();
}

}  // namespace wardkeep::rotation
