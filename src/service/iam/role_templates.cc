#include "service/iam/role_templates.h"

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "entity/arn.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;
using pipeline::WriteContext;

api::ApiError MissingTemplate(const std::string& arn) {
  const auto parts = entity::SplitArn(arn);
  if (!parts || parts->service != "iam" || !parts->resource.starts_with("role-template/")) {
    return api::iam::InvalidInput("The ARN " + arn + " is not that of a role template.");
  }
  return api::iam::NoSuchEntity("The role template " + arn + " cannot be found.");
}

ApiResult<api::iam::GetRoleTemplateVersionResponse> GetRoleTemplateVersion(
    const ReadContext&, const api::iam::GetRoleTemplateVersionRequest& request) {
  return MissingTemplate(*request.template_arn);
}

ApiResult<api::iam::AcquireRoleResponse> AcquireRole(WriteContext&,
                                                     const api::iam::AcquireRoleRequest& request) {
  return MissingTemplate(*request.template_arn);
}

}  // namespace

void RegisterRoleTemplates(pipeline::Registry& registry) {
  registry.Read("iam", "GetRoleTemplateVersion", GetRoleTemplateVersion);
  registry.Write("iam", "AcquireRole", AcquireRole);
}

}  // namespace wardkeep::service::iam
