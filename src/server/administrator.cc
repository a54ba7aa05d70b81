#include "server/administrator.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "auth/access_key_id.h"
#include "auth/secret_key.h"
#include "entity/quota.h"
#include "entity/unique_id.h"

namespace wardkeep::server {
namespace {

constexpr std::string_view kGroupName = "Administrators";
constexpr std::string_view kAdministratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

template <typename T>
bool Contains(const std::vector<std::string>& list, const T& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// The id of the group, with its policy attached.
std::string EnsureGroup(const pipeline::Services& services, snapshot::AccountEdit& edit) {
  entity::Group group;
  if (const entity::Group* found = edit.state().FindGroup(kGroupName)) {
    group = *found;
  } else {
    group.id = entity::MakeUniqueId(entity::UniqueIdKind::kGroup, services.rng);
    group.name = std::string(kGroupName);
    group.create_date = services.clock.Now();
  }
  const std::string id = group.id;
  if (Contains(group.attached_policies, kAdministratorAccess)) return id;
  group.attached_policies.emplace_back(kAdministratorAccess);
  edit.PutGroup(std::move(group));
  return id;
}

}  // namespace

NewKey MakeKey(const pipeline::Services& services, const base::AccountId& account,
               const BootstrapKey* fixed) {
  NewKey key;
  key.stored.id = fixed != nullptr
                      ? fixed->access_key_id
                      : auth::MakeAccessKeyId(auth::AccessKeyKind::kLongTerm, account, services.rng);
  key.secret = fixed != nullptr ? fixed->secret.Clone() : auth::MakeSecretKey(services.rng);
  key.stored.sealed_secret = services.keys.access_key_secret.Seal(key.secret.Reveal(), key.stored.id);
  key.stored.create_date = services.clock.Now();
  return key;
}

int EnsureAdministrator(const pipeline::Services& services, const entity::AccessKey& key,
                        snapshot::AccountEdit& edit) {
  const std::string group_id = EnsureGroup(services, edit);
  entity::User user;
  if (const entity::User* found = edit.state().FindUser(kAdministratorName)) {
    user = *found;
  } else {
    user.id = entity::MakeUniqueId(entity::UniqueIdKind::kUser, services.rng);
    user.name = std::string(kAdministratorName);
    user.create_date = services.clock.Now();
  }
  user.permissions_boundary.clear();
  if (!Contains(user.group_ids, group_id)) user.group_ids.push_back(group_id);
  int replaced = 0;
  for (entity::AccessKey& earlier : user.access_keys) {
    if (earlier.status == entity::KeyStatus::kInactive) continue;
    earlier.status = entity::KeyStatus::kInactive;
    earlier.status_changed = services.clock.Now();
    ++replaced;
  }
  const auto room = static_cast<std::size_t>(entity::DefaultLimit(entity::Quota::kAccessKeysPerUser));
  while (user.access_keys.size() >= room) user.access_keys.erase(user.access_keys.begin());
  user.access_keys.push_back(key);
  edit.PutUser(std::move(user));
  return replaced;
}

void ResetAdministrator(const pipeline::Services& services, const base::AccountId& account,
                        std::function<void(base::Result<AdministratorKey>)> done) {
  NewKey key = MakeKey(services, account, nullptr);
  auto reset = std::make_shared<AdministratorKey>();
  reset->user_name = std::string(kAdministratorName);
  reset->access_key_id = key.stored.id;
  reset->secret_access_key = std::move(key.secret);
  bool closed = false;
  const auto mutate = [&](snapshot::AccountEdit& edit) {
    closed = edit.state().account().closed_at.has_value();
    if (!closed) reset->replaced_keys = EnsureAdministrator(services, key.stored, edit);
    return !closed;
  };
  const auto answer = [reset, done](const base::Result<void>& committed) {
    if (!committed) return done(committed.error());
    done(std::move(*reset));
  };
  if (!services.directory.Write(account, mutate, answer)) {
    done(base::Error(base::ErrorCode::kConflict, "the account is closed; restore it first"));
  }
}

}  // namespace wardkeep::server
