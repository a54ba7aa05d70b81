#include "service/iam/policy_entities.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "catalog/managed_policies.h"
#include "service/iam/lookup.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

enum class Kind { kGroup, kRole, kUser };
struct Found {
  Kind kind;
  std::string name;
  std::string id;
};
// Three lists share one marker: the key begins with the kind, so the lists follow one another.
using FoundList = std::vector<std::pair<std::string, Found>>;

struct Query {
  std::string arn;
  std::string prefix;
  std::string entity_filter;  // "", "User", "Role" or "Group"
  std::string usage;          // "", "PermissionsPolicy" or "PermissionsBoundary"

  bool Wants(std::string_view kind) const { return entity_filter.empty() || entity_filter == kind; }

  bool Matches(const std::string& path, const std::vector<std::string>& attached,
               const std::string& boundary) const {
    if (!path.starts_with(prefix)) return false;
    const bool is_attached = std::find(attached.begin(), attached.end(), arn) != attached.end();
    const bool bounds = boundary == arn;
    if (usage == "PermissionsBoundary") return bounds;
    if (usage == "PermissionsPolicy") return is_attached;
    return is_attached || bounds;
  }
};

FoundList Gather(const snapshot::AccountState& account, const Query& query) {
  FoundList found;
  if (query.Wants("Group")) {
    account.groups().ForEach([&](const std::string& key, const snapshot::GroupPtr& group) {
      if (query.Matches(group->path, group->attached_policies, "")) {
        found.emplace_back("g" + key, Found{Kind::kGroup, group->name, group->id});
      }
    });
  }
  if (query.Wants("Role")) {
    account.roles().ForEach([&](const std::string& key, const snapshot::RolePtr& role) {
      if (query.Matches(role->path, role->attached_policies, role->permissions_boundary)) {
        found.emplace_back("r" + key, Found{Kind::kRole, role->name, role->id});
      }
    });
  }
  if (query.Wants("User")) {
    account.users().ForEach([&](const std::string& key, const snapshot::UserPtr& user) {
      if (query.Matches(user->path, user->attached_policies, user->permissions_boundary)) {
        found.emplace_back("u" + key, Found{Kind::kUser, user->name, user->id});
      }
    });
  }
  return found;
}

ApiResult<api::iam::ListEntitiesForPolicyResponse> ListEntitiesForPolicy(
    const ReadContext& context, const api::iam::ListEntitiesForPolicyRequest& request) {
  const Query query{*request.policy_arn, request.path_prefix.value_or("/"),
                    request.entity_filter.value_or(""), request.policy_usage_filter.value_or("")};
  if (context.account.FindPolicyByArn(query.arn) == nullptr && !catalog::FindManagedPolicy(query.arn)) {
    return api::iam::NoSuchEntity("Policy " + query.arn + " was not found.");
  }
  api::iam::ListEntitiesForPolicyResponse response;
  response.policy_groups.emplace();
  response.policy_users.emplace();
  response.policy_roles.emplace();
  // The two filters of AWS that are one here: entity kinds AWS manages itself are never entities of an
  // account.
  const bool impossible =
      query.entity_filter == "LocalManagedPolicy" || query.entity_filter == "AWSManagedPolicy";
  const FoundList found = impossible ? FoundList() : Gather(context.account, query);
  const PageRequest page{"ListEntitiesForPolicy|" + query.arn + "|" + query.prefix + "|" +
                             query.entity_filter + "|" + query.usage,
                         request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, found, [&](const Found& entity) {
              switch (entity.kind) {
                case Kind::kGroup:
                  response.policy_groups->push_back({.group_name = entity.name, .group_id = entity.id});
                  break;
                case Kind::kRole:
                  response.policy_roles->push_back({.role_name = entity.name, .role_id = entity.id});
                  break;
                case Kind::kUser:
                  response.policy_users->push_back({.user_name = entity.name, .user_id = entity.id});
                  break;
              }
            }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterPolicyEntities(pipeline::Registry& registry) {
  registry.Read("iam", "ListEntitiesForPolicy", ListEntitiesForPolicy);
}

}  // namespace wardkeep::service::iam
