#include "service/iam/instance_profiles.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "entity/unique_id.h"
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

ApiResult<api::iam::CreateInstanceProfileResponse> CreateInstanceProfile(
    WriteContext& context, const api::iam::CreateInstanceProfileRequest& request) {
  const snapshot::AccountState& account = context.account();
  if (account.FindInstanceProfile(*request.instance_profile_name) != nullptr) {
    return api::iam::EntityAlreadyExists("Instance Profile " + *request.instance_profile_name +
                                         " already exists.");
  }
  entity::InstanceProfile profile;
  WK_ASSIGN(profile.tags, ReadTagsOfNew(request.tags, TagKeyCase::kExact));
  WK_TRY(CheckQuota(context, Quota::kInstanceProfilesPerAccount, account.instance_profiles().size()));
  profile.id = entity::MakeUniqueId(entity::UniqueIdKind::kInstanceProfile, context.services.rng);
  profile.name = *request.instance_profile_name;
  profile.path = request.path.value_or("/");
  profile.create_date = context.now;
  api::iam::CreateInstanceProfileResponse response;
  response.instance_profile = ShowInstanceProfile(context, account, profile, Detail::kCreated);
  context.edit.PutInstanceProfile(std::move(profile));
  return response;
}

ApiResult<api::iam::GetInstanceProfileResponse> GetInstanceProfile(
    const ReadContext& context, const api::iam::GetInstanceProfileRequest& request) {
  WK_ASSIGN(const entity::InstanceProfile* profile,
            RequireInstanceProfile(context.account, *request.instance_profile_name));
  api::iam::GetInstanceProfileResponse response;
  response.instance_profile = ShowInstanceProfile(context, context.account, *profile, Detail::kFull);
  return response;
}

template <typename Response, typename Keep>
ApiResult<Response> ListProfiles(const ReadContext& context, const PageRequest& page, Keep keep) {
  Response response;
  response.instance_profiles.emplace();
  WK_ASSIGN(const PageEnd end, ListPage(context, page, context.account.instance_profiles(), keep,
                                        [&](const snapshot::InstanceProfilePtr& profile) {
                                          response.instance_profiles->push_back(ShowInstanceProfile(
                                              context, context.account, *profile, Detail::kList));
                                        }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::ListInstanceProfilesResponse> ListInstanceProfiles(
    const ReadContext& context, const api::iam::ListInstanceProfilesRequest& request) {
  const std::string prefix = request.path_prefix.value_or("/");
  return ListProfiles<api::iam::ListInstanceProfilesResponse>(
      context, {"ListInstanceProfiles|" + prefix, request.marker, request.max_items},
      [&](const snapshot::InstanceProfilePtr& profile) { return profile->path.starts_with(prefix); });
}

ApiResult<api::iam::ListInstanceProfilesForRoleResponse> ListInstanceProfilesForRole(
    const ReadContext& context, const api::iam::ListInstanceProfilesForRoleRequest& request) {
  WK_ASSIGN(const entity::Role* role, RequireRole(context.account, *request.role_name));
  return ListProfiles<api::iam::ListInstanceProfilesForRoleResponse>(
      context, {"ListInstanceProfilesForRole|" + role->id, request.marker, request.max_items},
      [&](const snapshot::InstanceProfilePtr& profile) { return profile->role_id == role->id; });
}

// iam:PassRole on the role has been checked by the pipeline.
ApiResult<api::iam::AddRoleToInstanceProfileResponse> AddRoleToInstanceProfile(
    WriteContext& context, const api::iam::AddRoleToInstanceProfileRequest& request) {
  WK_ASSIGN(const entity::InstanceProfile* found,
            RequireInstanceProfile(context.account(), *request.instance_profile_name));
  WK_ASSIGN(const entity::Role* role, RequireModifiableRole(context.account(), *request.role_name));
  WK_TRY(CheckQuota(context, Quota::kRolesPerInstanceProfile, found->role_id.empty() ? 0 : 1));
  entity::InstanceProfile profile = *found;
  profile.role_id = role->id;
  context.edit.PutInstanceProfile(std::move(profile));
  return api::iam::AddRoleToInstanceProfileResponse{};
}

ApiResult<api::iam::RemoveRoleFromInstanceProfileResponse> RemoveRoleFromInstanceProfile(
    WriteContext& context, const api::iam::RemoveRoleFromInstanceProfileRequest& request) {
  WK_ASSIGN(const entity::InstanceProfile* found,
            RequireInstanceProfile(context.account(), *request.instance_profile_name));
  WK_ASSIGN(const entity::Role* role, RequireRole(context.account(), *request.role_name));
  if (found->role_id != role->id) {
    return api::iam::NoSuchEntity("Role " + role->name + " in Instance Profile " + found->name +
                                  " cannot be found.");
  }
  entity::InstanceProfile profile = *found;
  profile.role_id.clear();
  context.edit.PutInstanceProfile(std::move(profile));
  return api::iam::RemoveRoleFromInstanceProfileResponse{};
}

ApiResult<api::iam::DeleteInstanceProfileResponse> DeleteInstanceProfile(
    WriteContext& context, const api::iam::DeleteInstanceProfileRequest& request) {
  WK_ASSIGN(const entity::InstanceProfile* profile,
            RequireInstanceProfile(context.account(), *request.instance_profile_name));
  if (!profile->role_id.empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  }
  context.edit.DeleteInstanceProfile(*request.instance_profile_name);
  return api::iam::DeleteInstanceProfileResponse{};
}

}  // namespace

void RegisterInstanceProfiles(pipeline::Registry& registry) {
  registry.Write("iam", "CreateInstanceProfile", CreateInstanceProfile);
  registry.Read("iam", "GetInstanceProfile", GetInstanceProfile);
  registry.Read("iam", "ListInstanceProfiles", ListInstanceProfiles);
  registry.Read("iam", "ListInstanceProfilesForRole", ListInstanceProfilesForRole);
  registry.Write("iam", "AddRoleToInstanceProfile", AddRoleToInstanceProfile);
  registry.Write("iam", "RemoveRoleFromInstanceProfile", RemoveRoleFromInstanceProfile);
  registry.Write("iam", "DeleteInstanceProfile", DeleteInstanceProfile);
}

}  // namespace wardkeep::service::iam
