// Owner<T>: what differs between users, groups and roles for operations that exist for all three. One
// specialisation each; the operations are written once over it.
#pragma once

#include <string>
#include <string_view>

#include "entity/quota.h"
#include "service/iam/lookup.h"
#include "snapshot/account_edit.h"

namespace wardkeep::service::iam {

template <typename T>
struct Owner;

template <>
struct Owner<entity::User> {
  static constexpr std::string_view kKind = "user";
  static constexpr entity::Quota kInlineSize = entity::Quota::kInlinePolicySizeUser;
  static constexpr entity::Quota kAttachments = entity::Quota::kPoliciesPerUser;
  static ApiResult<const entity::User*> Find(const snapshot::AccountState& account, std::string_view name) {
    return RequireUser(account, name);
  }
  static ApiResult<const entity::User*> FindForChange(const snapshot::AccountState& account,
                                                      std::string_view name) {
    return RequireUser(account, name);
  }
  static void Put(snapshot::AccountEdit& edit, entity::User user) { edit.PutUser(std::move(user)); }
};

template <>
struct Owner<entity::Group> {
  static constexpr std::string_view kKind = "group";
  static constexpr entity::Quota kInlineSize = entity::Quota::kInlinePolicySizeGroup;
  static constexpr entity::Quota kAttachments = entity::Quota::kPoliciesPerGroup;
  static ApiResult<const entity::Group*> Find(const snapshot::AccountState& account, std::string_view name) {
    return RequireGroup(account, name);
  }
  static ApiResult<const entity::Group*> FindForChange(const snapshot::AccountState& account,
                                                       std::string_view name) {
    return RequireGroup(account, name);
  }
  static void Put(snapshot::AccountEdit& edit, entity::Group group) { edit.PutGroup(std::move(group)); }
};

template <>
struct Owner<entity::Role> {
  static constexpr std::string_view kKind = "role";
  static constexpr entity::Quota kInlineSize = entity::Quota::kInlinePolicySizeRole;
  static constexpr entity::Quota kAttachments = entity::Quota::kPoliciesPerRole;
  static ApiResult<const entity::Role*> Find(const snapshot::AccountState& account, std::string_view name) {
    return RequireRole(account, name);
  }
  // Service-linked roles belong to their service.
  static ApiResult<const entity::Role*> FindForChange(const snapshot::AccountState& account,
                                                      std::string_view name) {
    return RequireModifiableRole(account, name);
  }
  static void Put(snapshot::AccountEdit& edit, entity::Role role) { edit.PutRole(std::move(role)); }
};

// The requests of the three kinds differ only in the member that names the owner.
const std::string& OwnerName(const auto& request) {
  if constexpr (requires { request.user_name; }) {
    return *request.user_name;
  } else if constexpr (requires { request.group_name; }) {
    return *request.group_name;
  } else {
    return *request.role_name;
  }
}

void SetOwnerName(auto& response, const std::string& name) {
  if constexpr (requires { response.user_name; }) {
    response.user_name = name;
  } else if constexpr (requires { response.group_name; }) {
    response.group_name = name;
  } else {
    response.role_name = name;
  }
}

}  // namespace wardkeep::service::iam
