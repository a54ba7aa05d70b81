#include "pipeline/caller_identity.h"

#include <algorithm>
#include <utility>

#include "pipeline/console_sessions.h"

namespace wardkeep::pipeline {
namespace {

bool IsActive(const std::vector<entity::AccessKey>& keys, const std::string& id) {
  return std::any_of(keys.begin(), keys.end(), [&](const entity::AccessKey& key) {
    return key.id == id && key.status == entity::KeyStatus::kActive;
  });
}

}  // namespace

bool CallerIdentity::MoveTo(snapshot::AccountStatePtr newer) {
  const entity::User* new_user = user == nullptr ? nullptr : newer->FindUserById(user->id);
  const entity::Role* new_role = role == nullptr ? nullptr : newer->FindRoleById(role->id);
  if ((user != nullptr && new_user == nullptr) || (role != nullptr && new_role == nullptr)) return false;
  if (IsClosed(*newer) || (session && !OriginLives(*newer, *session))) return false;
  if (!session) {
    const auto& keys = new_user != nullptr ? new_user->access_keys : newer->account().root_access_keys;
    if (!IsActive(keys, access_key_id)) return false;
  }
  if (new_user != nullptr && is_iam_user()) principal.arn = newer->UserArn(*new_user);
  if (new_user != nullptr && !is_iam_user()) principal.entity_arn = newer->UserArn(*new_user);
  if (new_role != nullptr) principal.entity_arn = newer->RoleArn(*new_role);
  user = new_user;
  role = new_role;
  account = std::move(newer);
  return true;
}

}  // namespace wardkeep::pipeline
