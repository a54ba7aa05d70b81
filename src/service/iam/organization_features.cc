#include "service/iam/organization_features.h"

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {
namespace {

namespace a = api::iam;
using pipeline::ReadContext;
using pipeline::WriteContext;

// No account is in an organization yet: with the operations that make one, this looks it up.
api::ApiError NoOrganization() {
  return a::OrganizationNotFound(
      "The request was rejected because no organization is associated with your account.");
}

ApiResult<a::ListOrganizationsFeaturesResponse> ListFeatures(const ReadContext&,
                                                             const a::ListOrganizationsFeaturesRequest&) {
  return NoOrganization();
}

template <typename Request, typename Response>
ApiResult<Response> ChangeFeature(WriteContext&, const Request&) {
  return NoOrganization();
}

}  // namespace

void RegisterOrganizationFeatures(pipeline::Registry& registry) {
  registry.Read("iam", "ListOrganizationsFeatures", ListFeatures);
  registry.Write("iam", "EnableOrganizationsRootCredentialsManagement",
                 ChangeFeature<a::EnableOrganizationsRootCredentialsManagementRequest,
                               a::EnableOrganizationsRootCredentialsManagementResponse>);
  registry.Write("iam", "DisableOrganizationsRootCredentialsManagement",
                 ChangeFeature<a::DisableOrganizationsRootCredentialsManagementRequest,
                               a::DisableOrganizationsRootCredentialsManagementResponse>);
  registry.Write(
      "iam", "EnableOrganizationsRootSessions",
      ChangeFeature<a::EnableOrganizationsRootSessionsRequest, a::EnableOrganizationsRootSessionsResponse>);
  registry.Write(
      "iam", "DisableOrganizationsRootSessions",
      ChangeFeature<a::DisableOrganizationsRootSessionsRequest, a::DisableOrganizationsRootSessionsResponse>);
}

}  // namespace wardkeep::service::iam
