#include "service/iam/roles.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "entity/unique_id.h"
#include "service/iam/boundary_input.h"
#include "service/iam/deletable.h"
#include "service/iam/lookup.h"
#include "service/iam/quota_check.h"
#include "service/iam/signin_duration.h"
#include "service/iam/tag_input.h"
#include "service/iam/trust_input.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using entity::TagKeyCase;
using pipeline::ReadContext;
using pipeline::WriteContext;

// Roles that services make for themselves (policy-semantics 4.10).
constexpr std::string_view kServiceRolePath = "/aws-service-role/";
constexpr std::string_view kReservedPath = "/aws-reserved/";

ApiResult<api::iam::CreateRoleResponse> CreateRole(WriteContext& context,
                                                   const api::iam::CreateRoleRequest& request) {
  const snapshot::AccountState& account = context.account();
  entity::Role role;
  role.path = request.path.value_or("/");
  if (role.path.starts_with(kServiceRolePath)) {
    return api::iam::InvalidInput("Path prefix '" + std::string(kServiceRolePath) +
                                  "' can only be used for AWS Service linked Roles");
  }
  if (role.path.starts_with(kReservedPath)) {
    return api::ValidationError("The path " + role.path + " is reserved for AWS.");
  }
  if (account.FindRole(*request.role_name) != nullptr) {
    return api::iam::EntityAlreadyExists("Role with name " + *request.role_name + " already exists.");
  }
  WK_ASSIGN(TrustPolicy trust, ReadTrustPolicy(context, account, *request.assume_role_policy_document));
  WK_ASSIGN(role.permissions_boundary, ReadBoundary(account, request.permissions_boundary));
  WK_ASSIGN(role.tags, ReadTagsOfNew(request.tags, TagKeyCase::kFolded));
  WK_TRY(CheckQuota(context, Quota::kRolesPerAccount, account.roles().size()));
  role.id = entity::MakeUniqueId(entity::UniqueIdKind::kRole, context.services.rng);
  role.name = *request.role_name;
  role.create_date = context.now;
  role.trust_policy = std::move(trust.document);
  role.trust_principals = std::move(trust.principals);
  role.has_description = request.description.has_value();
  role.description = request.description.value_or("");
  role.max_session_duration = request.max_session_duration.value_or(3600);
  role.max_signin_session_duration = request.max_signin_session_duration;
  api::iam::CreateRoleResponse response;
  response.role = ShowRole(context, account, role, Detail::kCreated);
  context.edit.PutRole(std::move(role));
  return response;
}

ApiResult<api::iam::GetRoleResponse> GetRole(const ReadContext& context,
                                             const api::iam::GetRoleRequest& request) {
  WK_ASSIGN(const entity::Role* role, RequireRole(context.account, *request.role_name));
  api::iam::GetRoleResponse response;
  response.role = ShowRole(context, context.account, *role, Detail::kFull);
  return response;
}

ApiResult<api::iam::ListRolesResponse> ListRoles(const ReadContext& context,
                                                 const api::iam::ListRolesRequest& request) {
  api::iam::ListRolesResponse response;
  const std::string prefix = request.path_prefix.value_or("/");
  response.roles.emplace();
  WK_ASSIGN(const PageEnd end,
            ListPage(
                context, PageRequest{"ListRoles|" + prefix, request.marker, request.max_items},
                context.account.roles(),
                [&](const snapshot::RolePtr& role) { return role->path.starts_with(prefix); },
                [&](const snapshot::RolePtr& role) {
                  response.roles->push_back(ShowRole(context, context.account, *role, Detail::kList));
                }));
  return WithPageEnd(std::move(response), end);
}

// The session durations of a service-linked role are the service's (data-formats 10.2).
ApiResult<void> CheckDurationsMayChange(const entity::Role& role,
                                        const api::iam::UpdateRoleRequest& request) {
  if (!role.is_service_linked()) return {};
  const std::string subject = role.name + " is an AWS service linked role, max ";
  if (request.max_session_duration) {
    return api::iam::UnmodifiableEntity(subject + "session duration cannot be changed.");
  }
  if (request.max_signin_session_duration || request.reset_max_signin_session_duration.value_or(false)) {
    return api::iam::UnmodifiableEntity(subject + "sign-in session duration cannot be changed.");
  }
  return {};
}

// Only the members given change; an empty description clears it. The description is all that may change of a
// service-linked role (api-surface, UpdateRole).
ApiResult<api::iam::UpdateRoleResponse> UpdateRole(WriteContext& context,
                                                   const api::iam::UpdateRoleRequest& request) {
  WK_ASSIGN(const entity::Role* found, RequireRole(context.account(), *request.role_name));
  WK_TRY(CheckDurationsMayChange(*found, request));
  entity::Role role = *found;
  WK_TRY(ChangeSigninDuration(request, role.max_signin_session_duration));
  if (request.description) {
    role.description = *request.description;
    role.has_description = !role.description.empty();
  }
  if (request.max_session_duration) role.max_session_duration = *request.max_session_duration;
  context.edit.PutRole(std::move(role));
  return api::iam::UpdateRoleResponse{};
}

ApiResult<api::iam::UpdateRoleDescriptionResponse> UpdateRoleDescription(
    WriteContext& context, const api::iam::UpdateRoleDescriptionRequest& request) {
  WK_ASSIGN(const entity::Role* found, RequireRole(context.account(), *request.role_name));
  entity::Role role = *found;
  role.description = *request.description;
  role.has_description = !role.description.empty();
  api::iam::UpdateRoleDescriptionResponse response;
  response.role = ShowRole(context, context.account(), role, Detail::kPart);
  if (role.has_description) response.role->description = role.description;
  context.edit.PutRole(std::move(role));
  return response;
}

ApiResult<api::iam::UpdateAssumeRolePolicyResponse> UpdateAssumeRolePolicy(
    WriteContext& context, const api::iam::UpdateAssumeRolePolicyRequest& request) {
  WK_ASSIGN(const entity::Role* found, RequireModifiableRole(context.account(), *request.role_name));
  WK_ASSIGN(TrustPolicy trust, ReadTrustPolicy(context, context.account(), *request.policy_document));
  entity::Role role = *found;
  role.trust_policy = std::move(trust.document);
  role.trust_principals = std::move(trust.principals);
  context.edit.PutRole(std::move(role));
  return api::iam::UpdateAssumeRolePolicyResponse{};
}

ApiResult<void> CheckDeletable(const snapshot::AccountState& account, const entity::Role& role) {
  bool in_profile = false;
  account.instance_profiles().ForEach([&](const std::string&, const snapshot::InstanceProfilePtr& profile) {
    in_profile = in_profile || profile->role_id == role.id;
  });
  if (in_profile) {
    return api::iam::DeleteConflict("Cannot delete entity, must remove roles from instance profile first.");
  }
  return CheckWithoutPolicies(role);
}

// The role's sessions end at once: they are tied to its unique id.
ApiResult<api::iam::DeleteRoleResponse> DeleteRole(WriteContext& context,
                                                   const api::iam::DeleteRoleRequest& request) {
  WK_ASSIGN(const entity::Role* role, RequireModifiableRole(context.account(), *request.role_name));
  WK_TRY(CheckDeletable(context.account(), *role));
  context.edit.DeleteRole(*request.role_name);
  return api::iam::DeleteRoleResponse{};
}

}  // namespace

void RegisterRoles(pipeline::Registry& registry) {
  registry.Write("iam", "CreateRole", CreateRole);
  registry.Read("iam", "GetRole", GetRole);
  registry.Read("iam", "ListRoles", ListRoles);
  registry.Write("iam", "UpdateRole", UpdateRole);
  registry.Write("iam", "UpdateRoleDescription", UpdateRoleDescription);
  registry.Write("iam", "UpdateAssumeRolePolicy", UpdateAssumeRolePolicy);
  registry.Write("iam", "DeleteRole", DeleteRole);
}

}  // namespace wardkeep::service::iam
