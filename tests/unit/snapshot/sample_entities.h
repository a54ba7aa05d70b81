// Entities with every member filled, for tests.
#pragma once

#include <memory>
#include <string>

#include "entity/account.h"
#include "entity/group.h"
#include "entity/instance_profile.h"
#include "entity/managed_policy.h"
#include "entity/role.h"
#include "entity/user.h"

namespace wardkeep::snapshot::sample {

inline const base::AccountId kAccount("123456789012");

inline base::Instant At(int64_t seconds) {
  return base::FromUnixSeconds(1'700'000'000 + seconds);
}

inline entity::DocumentPtr Identity(std::string text) {
  return std::make_shared<entity::StoredDocument>(std::move(text), policy::DocumentKind::kIdentity);
}
inline entity::DocumentPtr Trust(std::string text) {
  return std::make_shared<entity::StoredDocument>(std::move(text), policy::DocumentKind::kTrust);
}

inline entity::Account Account(const base::AccountId& id = kAccount) {
  entity::Account account;
  account.id = id;
  account.name = "main";
  account.create_date = At(0);
  return account;
}

inline entity::User User(std::string id, std::string name) {
  entity::User user;
  user.id = std::move(id);
  user.name = std::move(name);
  user.create_date = At(1);
  return user;
}

inline entity::Group Group(std::string id, std::string name) {
  entity::Group group;
  group.id = std::move(id);
  group.name = std::move(name);
  group.create_date = At(2);
  return group;
}

inline entity::Role Role(std::string id, std::string name) {
  entity::Role role;
  role.id = std::move(id);
  role.name = std::move(name);
  role.create_date = At(3);
  role.trust_policy = Trust(R"({"Statement":[]})");
  return role;
}

inline entity::ManagedPolicy Policy(std::string id, std::string name) {
  entity::ManagedPolicy policy;
  policy.id = std::move(id);
  policy.name = std::move(name);
  policy.create_date = policy.update_date = At(4);
  policy.versions.push_back({1, Identity(R"({"Statement":[]})"), At(4)});
  return policy;
}

inline entity::AccessKey Key(std::string id) {
  return {std::move(id), std::string("\x00\xff\x10 secret", 10), entity::KeyStatus::kActive, At(5)};
}

}  // namespace wardkeep::snapshot::sample
