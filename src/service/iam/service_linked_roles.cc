#include "service/iam/service_linked_roles.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "catalog/service_linked_roles.h"
#include "entity/unique_id.h"
#include "service/iam/deletion_task.h"
#include "service/iam/policy_input.h"
#include "service/iam/quota_check.h"
#include "service/iam/views.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using pipeline::ReadContext;
using pipeline::WriteContext;

constexpr std::size_t kLongestName = 64;  // of any role

std::string TrustDocument(const std::string& service) {
  return R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":")" + service +
         R"("},"Action":"sts:AssumeRole"}]})";
}

// Create shows its two scalars as lists, Get as they are stored (data-formats 10.2).
std::string TrustDocumentOfNew(const std::string& service) {
  return R"({"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],"Effect":"Allow",)"
         R"("Principal":{"Service":[")" +
         service + R"("]}}]})";
}

ApiResult<std::string> NameOfNew(const std::string& service, const std::string& suffix) {
  if (!catalog::IsServicePrincipal(service))
    return api::iam::InvalidInput("Invalid Service Principal: " + service);
  const catalog::ServiceLinkedRoleFacts* facts = catalog::FindServiceLinkedRole(service);
  if (!suffix.empty() && (facts == nullptr || !facts->custom_suffix)) {
    return api::iam::InvalidInput("Custom suffix is not allowed for " + service);
  }
  std::string name = catalog::ServiceLinkedRoleName(service, suffix);
  if (name.size() > kLongestName) {
    return api::ValidationError(
        "1 validation error detected: Value at 'roleName' failed to satisfy constraint: Member must have "
        "length less than or equal to 64");
  }
  return name;
}

std::vector<std::string> PoliciesOf(const std::string& service) {
  std::vector<std::string> arns;
  const catalog::ServiceLinkedRoleFacts* facts = catalog::FindServiceLinkedRole(service);
  if (facts == nullptr) return arns;
  for (const std::string_view policy : facts->policies) {
    arns.push_back("arn:aws:iam::aws:policy/aws-service-role/" + std::string(policy));
  }
  return arns;
}

ApiResult<api::iam::CreateServiceLinkedRoleResponse> CreateServiceLinkedRole(
    WriteContext& context, const api::iam::CreateServiceLinkedRoleRequest& request) {
  const std::string& service = *request.aws_service_name;
  WK_ASSIGN(entity::Role role, NewServiceLinkedRole(context, service, request.custom_suffix.value_or("")));
  role.has_description = request.description.has_value();
  role.description = request.description.value_or("");
  api::iam::CreateServiceLinkedRoleResponse response;
  response.role = ShowRole(context, context.account(), role, Detail::kFull);
  response.role->assume_role_policy_document = ShowDocument(TrustDocumentOfNew(service));
  // What no answer to a Create shows (data-formats section 4).
  response.role->description.reset();
  response.role->max_session_duration.reset();
  response.role->role_last_used.reset();
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
  const pipeline::Services& services = context.services;
  api::iam::DeleteServiceLinkedRoleResponse response;
  response.deletion_task_id =
      MakeDeletionTask(services.keys.report_job, services.rng, context.account().id(), *role);
  context.edit.DeleteRole(*request.role_name);
  return response;
}

// A task has succeeded when it is known at all.
ApiResult<api::iam::GetServiceLinkedRoleDeletionStatusResponse> GetServiceLinkedRoleDeletionStatus(
    const ReadContext& context, const api::iam::GetServiceLinkedRoleDeletionStatusRequest& request) {
  switch (
      ReadDeletionTask(context.services.keys.report_job, context.account.id(), *request.deletion_task_id)) {
    case DeletionTask::kMalformed:
      return api::iam::InvalidInput("Invalid task id");
    case DeletionTask::kUnknown:
      return api::iam::NoSuchEntity("Cannot find deletion status for given id.");
    case DeletionTask::kMade:
      break;
  }
  api::iam::GetServiceLinkedRoleDeletionStatusResponse response;
  response.status = "SUCCEEDED";
  return response;
}

}  // namespace

ApiResult<entity::Role> NewServiceLinkedRole(const WriteContext& context, const std::string& service,
                                             const std::string& suffix) {
  const snapshot::AccountState& account = context.account();
  entity::Role role;
  WK_ASSIGN(role.name, NameOfNew(service, suffix));
  if (account.FindRole(role.name) != nullptr) {
    return api::iam::InvalidInput("Service role name " + role.name +
                                  " has been taken in this account, please try a different suffix.");
  }
  WK_TRY(CheckQuota(context, Quota::kRolesPerAccount, account.roles().size()));
  WK_ASSIGN(role.trust_policy, ReadDocument(TrustDocument(service), policy::DocumentKind::kTrust));
  role.id = entity::MakeUniqueId(entity::UniqueIdKind::kRole, context.services.rng);
  role.path = "/aws-service-role/" + service + "/";
  role.create_date = context.now;
  role.linked_service = service;
  role.attached_policies = PoliciesOf(service);
  return role;
}

void RegisterServiceLinkedRoles(pipeline::Registry& registry) {
  registry.Write("iam", "CreateServiceLinkedRole", CreateServiceLinkedRole);
  registry.Write("iam", "DeleteServiceLinkedRole", DeleteServiceLinkedRole);
  registry.Read("iam", "GetServiceLinkedRoleDeletionStatus", GetServiceLinkedRoleDeletionStatus);
}

}  // namespace wardkeep::service::iam
