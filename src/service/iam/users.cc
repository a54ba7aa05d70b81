#include "service/iam/users.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "entity/unique_id.h"
#include "service/iam/boundary_input.h"
#include "service/iam/deletable.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/tag_input.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using entity::TagKeyCase;
using pipeline::ReadContext;
using pipeline::WriteContext;

api::ApiError UserExists(std::string_view name) {
  return api::iam::EntityAlreadyExists("User with name " + std::string(name) + " already exists.");
}

ApiResult<api::iam::CreateUserResponse> CreateUser(WriteContext& context,
                                                   const api::iam::CreateUserRequest& request) {
  const snapshot::AccountState& account = context.account();
  if (account.FindUser(*request.user_name) != nullptr) return UserExists(*request.user_name);
  entity::User user;
  WK_ASSIGN(user.permissions_boundary, ReadBoundary(account, request.permissions_boundary));
  WK_ASSIGN(user.tags, ReadTagsOfNew(request.tags, TagKeyCase::kFolded));
  WK_TRY(CheckQuota(context, Quota::kUsersPerAccount, account.users().size()));
  user.id = entity::MakeUniqueId(entity::UniqueIdKind::kUser, context.services.rng);
  user.name = *request.user_name;
  user.path = request.path.value_or("/");
  user.create_date = context.now;
  api::iam::CreateUserResponse response;
  response.user = ShowUser(account, user, Detail::kCreated);
  context.edit.PutUser(std::move(user));
  return response;
}

ApiResult<api::iam::GetUserResponse> GetUser(const ReadContext& context,
                                             const api::iam::GetUserRequest& request) {
  api::iam::GetUserResponse response;
  if (!request.user_name && context.caller.is_root()) {
    response.user = ShowRootUser(context.account);
    return response;
  }
  WK_ASSIGN(const entity::User* user, NamedOrCallingUser(context, context.account, request.user_name));
  response.user = ShowUser(context.account, *user, Detail::kFull);
  return response;
}

ApiResult<api::iam::ListUsersResponse> ListUsers(const ReadContext& context,
                                                 const api::iam::ListUsersRequest& request) {
  api::iam::ListUsersResponse response;
  const std::string prefix = request.path_prefix.value_or("/");
  response.users.emplace();
  WK_ASSIGN(const PageEnd end,
            ListPage(
                context, PageRequest{"ListUsers|" + prefix, request.marker, request.max_items},
                context.account.users(),
                [&](const snapshot::UserPtr& user) { return user->path.starts_with(prefix); },
                [&](const snapshot::UserPtr& user) {
                  response.users->push_back(ShowUser(context.account, *user, Detail::kList));
                }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::UpdateUserResponse> UpdateUser(WriteContext& context,
                                                   const api::iam::UpdateUserRequest& request) {
  WK_ASSIGN(const entity::User* found, RequireUser(context.account(), *request.user_name));
  entity::User user = *found;
  if (request.new_user_name) {
    const entity::User* taken = context.account().FindUser(*request.new_user_name);
    // Its own name is free to a user: Terraform sends it beside a new path.
    if (taken != nullptr && taken->id != user.id) return UserExists(*request.new_user_name);
    user.name = *request.new_user_name;
  }
  if (request.new_path) user.path = *request.new_path;
  context.edit.PutUser(std::move(user));
  return api::iam::UpdateUserResponse{};
}

// What keeps a user from being deleted, in the order AWS reports it: policies before keys (api-surface,
// DeleteUser).
ApiResult<void> CheckDeletable(const snapshot::AccountState& account, const entity::User& user) {
  WK_TRY(CheckWithoutPolicies(user));
  if (!user.access_keys.empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must delete access keys first.");
  }
  if (!user.signing_certificates.empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must delete certificates first.");
  }
  if (!user.ssh_public_keys.empty() || !user.service_credentials.empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must remove referenced objects first.");
  }
  if (user.login_profile) {
    return api::iam::DeleteConflict("Cannot delete entity, must delete login profile first.");
  }
  if (!account.MfaDevicesOf(user.id).empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must remove tokens from principal first.");
  }
  if (!user.group_ids.empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must remove users from group first.");
  }
  return {};
}

ApiResult<api::iam::DeleteUserResponse> DeleteUser(WriteContext& context,
                                                   const api::iam::DeleteUserRequest& request) {
  WK_ASSIGN(const entity::User* user, RequireUser(context.account(), *request.user_name));
  WK_TRY(CheckDeletable(context.account(), *user));
  context.edit.DeleteUser(*request.user_name);
  return api::iam::DeleteUserResponse{};
}

}  // namespace

void RegisterUsers(pipeline::Registry& registry) {
  registry.Write("iam", "CreateUser", CreateUser);
  registry.Read("iam", "GetUser", GetUser);
  registry.Read("iam", "ListUsers", ListUsers);
  registry.Write("iam", "UpdateUser", UpdateUser);
  registry.Write("iam", "DeleteUser", DeleteUser);
}

}  // namespace wardkeep::service::iam
