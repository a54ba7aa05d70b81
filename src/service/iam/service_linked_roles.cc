#include "service/iam/service_linked_roles.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "catalog/service_linked_roles.h"
#include "entity/unique_id.h"
#include "service/iam/lookup.h"
#include "service/iam/policy_input.h"
#include "service/iam/quota_check.h"
#include "service/iam/views.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using pipeline::ReadContext;
using pipeline::WriteContext;

constexpr std::string_view kTaskPrefix = "task/aws-service-role/";

std::string TrustDocument(const std::string& service) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":")" + service +
         R"("},"Action":"sts:AssumeRole"}]})";
}

ApiResult<api::iam::CreateServiceLinkedRoleResponse> CreateServiceLinkedRole(
    WriteContext& context, const api::iam::CreateServiceLinkedRoleRequest& request) {
  const snapshot::AccountState& account = context.account();
  const std::string& service = *request.aws_service_name;
  if (!catalog::IsServicePrincipal(service))
    return api::iam::InvalidInput("Invalid Service Principal: " + service);
  const catalog::ServiceLinkedRoleFacts* facts = catalog::FindServiceLinkedRole(service);
  const std::string suffix = request.custom_suffix.value_or("");
  if (!suffix.empty() && (facts == nullptr || !facts->custom_suffix)) {
    return api::iam::InvalidInput("Custom suffix is not allowed for " + service);
  }
  entity::Role role;
  role.name = catalog::ServiceLinkedRoleName(service, suffix);
  if (account.FindRole(role.name) != nullptr) {
    return api::iam::InvalidInput("Service role name " + role.name +
                                  " has been taken in this account, please try a different suffix.");
  }
  WK_TRY(CheckQuota(context, Quota::kRolesPerAccount, account.roles().size()));
  WK_ASSIGN(role.trust_policy, ReadDocument(TrustDocument(service), policy::DocumentKind::kTrust));
  role.id = entity::MakeUniqueId(entity::UniqueIdKind::kRole, context.services.rng);
  role.path = "/aws-service-role/" + service + "/";
  role.create_date = context.now;
  role.has_description = request.description.has_value();
  role.description = request.description.value_or("");
  role.linked_service = service;
  if (facts != nullptr) {
    role.attached_policies.push_back("arn:aws:iam::aws:policy/aws-service-role/" +
                                     std::string(facts->policy));
  }
  api::iam::CreateServiceLinkedRoleResponse response;
  response.role = ShowRole(context, account, role, Detail::kFull);
  context.edit.PutRole(std::move(role));
  return response;
}

// AWS asks the service whether the role is still in use and deletes it later; no service runs here, so it is
// gone at once.
ApiResult<api::iam::DeleteServiceLinkedRoleResponse> DeleteServiceLinkedRole(
    WriteContext& context, const api::iam::DeleteServiceLinkedRoleRequest& request) {
  WK_ASSIGN(const entity::Role* role, RequireRole(context.account(), *request.role_name));
  if (!role->is_service_linked()) {
    return api::iam::InvalidInput("The role " + role->name + " is not a service-linked role.");
  }
  api::iam::DeleteServiceLinkedRoleResponse response;
  response.deletion_task_id = std::string(kTaskPrefix) + role->linked_service + "/" + role->name + "/" +
                              base::RandomUuid(context.services.rng);
  context.edit.DeleteRole(*request.role_name);
  return response;
}

// A task id names its role; the task has succeeded when that role is gone.
ApiResult<api::iam::GetServiceLinkedRoleDeletionStatusResponse> GetServiceLinkedRoleDeletionStatus(
    const ReadContext& context, const api::iam::GetServiceLinkedRoleDeletionStatusRequest& request) {
  std::string_view rest = *request.deletion_task_id;
  const api::ApiError missing =
      api::iam::NoSuchEntity("Deletion task " + *request.deletion_task_id + " cannot be found.");
  if (!rest.starts_with(kTaskPrefix)) return missing;
  rest.remove_prefix(kTaskPrefix.size());
  const std::size_t first = rest.find('/');
  const std::size_t last = rest.rfind('/');
  if (first == std::string_view::npos || first == last || rest.size() - last - 1 != 36) return missing;
  if (context.account.FindRole(rest.substr(first + 1, last - first - 1)) != nullptr) return missing;
  api::iam::GetServiceLinkedRoleDeletionStatusResponse response;
  response.status = "SUCCEEDED";
  return response;
}

}  // namespace

void RegisterServiceLinkedRoles(pipeline::Registry& registry) {
  registry.Write("iam", "CreateServiceLinkedRole", CreateServiceLinkedRole);
  registry.Write("iam", "DeleteServiceLinkedRole", DeleteServiceLinkedRole);
  registry.Read("iam", "GetServiceLinkedRoleDeletionStatus", GetServiceLinkedRoleDeletionStatus);
}

}  // namespace wardkeep::service::iam
