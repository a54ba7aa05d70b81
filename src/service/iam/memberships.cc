#include "service/iam/memberships.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;

// Adding a member twice succeeds (api-surface, AddUserToGroup).
ApiResult<api::iam::AddUserToGroupResponse> AddUserToGroup(WriteContext& context,
                                                           const api::iam::AddUserToGroupRequest& request) {
  WK_ASSIGN(const entity::Group* group, RequireGroup(context.account(), *request.group_name));
  WK_ASSIGN(const entity::User* found, RequireUser(context.account(), *request.user_name));
  const auto& ids = found->group_ids;
  if (std::find(ids.begin(), ids.end(), group->id) != ids.end()) return api::iam::AddUserToGroupResponse{};
  WK_TRY(CheckQuota(context, entity::Quota::kGroupsPerUser, ids.size()));
  entity::User user = *found;
  user.group_ids.push_back(group->id);
  context.edit.PutUser(std::move(user));
  return api::iam::AddUserToGroupResponse{};
}

ApiResult<api::iam::RemoveUserFromGroupResponse> RemoveUserFromGroup(
    WriteContext& context, const api::iam::RemoveUserFromGroupRequest& request) {
  WK_ASSIGN(const entity::Group* group, RequireGroup(context.account(), *request.group_name));
  WK_ASSIGN(const entity::User* found, RequireUser(context.account(), *request.user_name));
  entity::User user = *found;
  if (std::erase(user.group_ids, group->id) == 0) {
    return api::iam::NoSuchEntity("User " + user.name + " not in group " + group->name + ".");
  }
  context.edit.PutUser(std::move(user));
  return api::iam::RemoveUserFromGroupResponse{};
}

ApiResult<api::iam::ListGroupsForUserResponse> ListGroupsForUser(
    const ReadContext& context, const api::iam::ListGroupsForUserRequest& request) {
  WK_ASSIGN(const entity::User* user, RequireUser(context.account, *request.user_name));
  std::vector<std::pair<std::string, const entity::Group*>> groups;
  for (const std::string& id : user->group_ids) {
    if (const entity::Group* group = context.account.FindGroupById(id))
      groups.emplace_back(base::AsciiLower(group->name), group);
  }
  std::sort(groups.begin(), groups.end());
  api::iam::ListGroupsForUserResponse response;
  response.groups.emplace();
  WK_ASSIGN(const PageEnd end,
            ListPage(context, PageRequest{"ListGroupsForUser|" + user->id, request.marker, request.max_items},
                     groups, [&](const entity::Group* group) {
                       response.groups->push_back(ShowGroup(context.account, *group));
                     }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterMemberships(pipeline::Registry& registry) {
  registry.Write("iam", "AddUserToGroup", AddUserToGroup);
  registry.Write("iam", "RemoveUserFromGroup", RemoveUserFromGroup);
  registry.Read("iam", "ListGroupsForUser", ListGroupsForUser);
}

}  // namespace wardkeep::service::iam
