#include "service/iam/organizations_access_report.h"

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

ApiResult<api::iam::GenerateOrganizationsAccessReportResponse> GenerateOrganizationsAccessReport(
    const ReadContext&, const api::iam::GenerateOrganizationsAccessReportRequest&) {
  return api::AccessDenied("Your account is not the management account of an organization.");
}

ApiResult<api::iam::GetOrganizationsAccessReportResponse> GetOrganizationsAccessReport(
    const ReadContext&, const api::iam::GetOrganizationsAccessReportRequest& request) {
  return api::iam::NoSuchEntity("The job with id " + *request.job_id + " cannot be found.");
}

}  // namespace

void RegisterOrganizationsAccessReport(pipeline::Registry& registry) {
  registry.Read("iam", "GenerateOrganizationsAccessReport", GenerateOrganizationsAccessReport);
  registry.Read("iam", "GetOrganizationsAccessReport", GetOrganizationsAccessReport);
}

}  // namespace wardkeep::service::iam
