#include "service/iam/groups.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "entity/unique_id.h"
#include "service/iam/deletable.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using pipeline::ReadContext;
using pipeline::WriteContext;

api::ApiError GroupExists(std::string_view name) {
  return api::iam::EntityAlreadyExists("Group with name " + std::string(name) + " already exists.");
}

bool IsMember(const entity::User& user, const std::string& group_id) {
  return std::find(user.group_ids.begin(), user.group_ids.end(), group_id) != user.group_ids.end();
}

ApiResult<api::iam::CreateGroupResponse> CreateGroup(WriteContext& context,
                                                     const api::iam::CreateGroupRequest& request) {
  const snapshot::AccountState& account = context.account();
  if (account.FindGroup(*request.group_name) != nullptr) return GroupExists(*request.group_name);
  WK_TRY(CheckQuota(context, Quota::kGroupsPerAccount, account.groups().size()));
  entity::Group group;
  group.id = entity::MakeUniqueId(entity::UniqueIdKind::kGroup, context.services.rng);
  group.name = *request.group_name;
  group.path = request.path.value_or("/");
  group.create_date = context.now;
  api::iam::CreateGroupResponse response;
  response.group = ShowGroup(account, group);
  context.edit.PutGroup(std::move(group));
  return response;
}

// The group repeats on each page; the users are what is paged.
ApiResult<api::iam::GetGroupResponse> GetGroup(const ReadContext& context,
                                               const api::iam::GetGroupRequest& request) {
  WK_ASSIGN(const entity::Group* group, RequireGroup(context.account, *request.group_name));
  api::iam::GetGroupResponse response;
  response.group = ShowGroup(context.account, *group);
  response.users.emplace();
  WK_ASSIGN(
      const PageEnd end,
      ListPage(
          context, PageRequest{"GetGroup|" + group->id, request.marker, request.max_items},
          context.account.users(), [&](const snapshot::UserPtr& user) { return IsMember(*user, group->id); },
          [&](const snapshot::UserPtr& user) {
            response.users->push_back(ShowUser(context.account, *user, Detail::kList));
          }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::ListGroupsResponse> ListGroups(const ReadContext& context,
                                                   const api::iam::ListGroupsRequest& request) {
  api::iam::ListGroupsResponse response;
  const std::string prefix = request.path_prefix.value_or("/");
  response.groups.emplace();
  WK_ASSIGN(const PageEnd end,
            ListPage(
                context, PageRequest{"ListGroups|" + prefix, request.marker, request.max_items},
                context.account.groups(),
                [&](const snapshot::GroupPtr& group) { return group->path.starts_with(prefix); },
                [&](const snapshot::GroupPtr& group) {
                  response.groups->push_back(ShowGroup(context.account, *group));
                }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::UpdateGroupResponse> UpdateGroup(WriteContext& context,
                                                     const api::iam::UpdateGroupRequest& request) {
  WK_ASSIGN(const entity::Group* found, RequireGroup(context.account(), *request.group_name));
  entity::Group group = *found;
  if (request.new_group_name) {
    const entity::Group* taken = context.account().FindGroup(*request.new_group_name);
    if (taken != nullptr && taken->id != group.id) return GroupExists(*request.new_group_name);
    group.name = *request.new_group_name;
  }
  if (request.new_path) group.path = *request.new_path;
  context.edit.PutGroup(std::move(group));
  return api::iam::UpdateGroupResponse{};
}

ApiResult<void> CheckDeletable(const snapshot::AccountState& account, const entity::Group& group) {
  WK_TRY(CheckWithoutPolicies(group));
  bool has_members = false;
  account.users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
    has_members = has_members || IsMember(*user, group.id);
  });
  if (has_members)
    return api::iam::DeleteConflict("Cannot delete entity, must remove users from group first.");
  return {};
}

ApiResult<api::iam::DeleteGroupResponse> DeleteGroup(WriteContext& context,
                                                     const api::iam::DeleteGroupRequest& request) {
  WK_ASSIGN(const entity::Group* group, RequireGroup(context.account(), *request.group_name));
  WK_TRY(CheckDeletable(context.account(), *group));
  context.edit.DeleteGroup(*request.group_name);
  return api::iam::DeleteGroupResponse{};
}

}  // namespace

void RegisterGroups(pipeline::Registry& registry) {
  registry.Write("iam", "CreateGroup", CreateGroup);
  registry.Read("iam", "GetGroup", GetGroup);
  registry.Read("iam", "ListGroups", ListGroups);
  registry.Write("iam", "UpdateGroup", UpdateGroup);
  registry.Write("iam", "DeleteGroup", DeleteGroup);
}

}  // namespace wardkeep::service::iam
