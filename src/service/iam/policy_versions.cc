#include "service/iam/policy_versions.h"

#include <charconv>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "catalog/managed_policies.h"
#include "service/iam/lookup.h"
#include "service/iam/policy_input.h"
#include "service/iam/views.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::Quota;
using pipeline::ReadContext;
using pipeline::WriteContext;

// "v12" as 12; 0, which is no version, for anything else. The model's pattern also admits "v12.id".
uint32_t VersionNumber(std::string_view id) {
  uint32_t number = 0;
  if (!id.starts_with('v')) return 0;
  const auto [end, error] = std::from_chars(id.data() + 1, id.data() + id.size(), number);
  return error == std::errc() && end == id.data() + id.size() ? number : 0;
}

ApiResult<const entity::PolicyVersion*> RequireVersion(const entity::ManagedPolicy& policy,
                                                       const std::string& arn, const std::string& id) {
  if (const entity::PolicyVersion* version = policy.FindVersion(VersionNumber(id))) return version;
  return api::iam::NoSuchEntity("Policy " + arn + " version " + id + " does not exist or is not attachable.");
}

api::iam::PolicyVersion ShowVersion(const entity::ManagedPolicy& policy,
                                    const entity::PolicyVersion& version) {
  return {.document = std::nullopt,
          .version_id = VersionName(version.number),
          .is_default_version = version.number == policy.default_version,
          .create_date = version.create_date};
}

ApiResult<api::iam::CreatePolicyVersionResponse> CreatePolicyVersion(
    WriteContext& context, const api::iam::CreatePolicyVersionRequest& request) {
  WK_ASSIGN(const entity::ManagedPolicy* found, RequireOwnPolicy(context.account(), *request.policy_arn));
  WK_ASSIGN(entity::DocumentPtr document,
            ReadDocument(*request.policy_document, policy::DocumentKind::kIdentity));
  WK_TRY(CheckDocumentSize(*request.policy_document, Quota::kPolicySize));
  if (static_cast<int64_t>(found->versions.size()) >= entity::DefaultLimit(Quota::kVersionsPerPolicy)) {
    return api::iam::LimitExceeded(
        "A managed policy can have up to 5 versions. Before you create a new version, you must delete an "
        "existing version.");
  }
  entity::ManagedPolicy policy = *found;
  policy.versions.push_back(
      {.number = policy.next_version++, .document = std::move(document), .create_date = context.now});
  policy.update_date = context.now;
  if (request.set_as_default.value_or(false)) policy.default_version = policy.versions.back().number;
  api::iam::CreatePolicyVersionResponse response;
  response.policy_version = ShowVersion(policy, policy.versions.back());
  context.edit.PutPolicy(std::move(policy));
  return response;
}

ApiResult<api::iam::GetPolicyVersionResponse> GetPolicyVersion(
    const ReadContext& context, const api::iam::GetPolicyVersionRequest& request) {
  const std::string& arn = *request.policy_arn;
  api::iam::GetPolicyVersionResponse response;
  if (const entity::ManagedPolicy* policy = context.account.FindPolicyByArn(arn)) {
    WK_ASSIGN(const entity::PolicyVersion* version, RequireVersion(*policy, arn, *request.version_id));
    response.policy_version = ShowVersion(*policy, *version);
    response.policy_version->document = ShowDocument(version->document->text());
    return response;
  }
  const auto managed = catalog::FindManagedPolicy(arn);
  if (!managed) return api::iam::NoSuchEntity("Policy " + arn + " was not found.");
  if (managed->VersionId() != *request.version_id) {
    return api::iam::NoSuchEntity("Policy " + arn + " version " + *request.version_id +
                                  " does not exist or is not attachable.");
  }
  response.policy_version =
      api::iam::PolicyVersion{.document = ShowDocument(catalog::ManagedPolicyDocument(*managed)),
                              .version_id = managed->VersionId(),
                              .is_default_version = true,
                              .create_date = managed->update_date};
  return response;
}

// Newest first. The sort key counts down so that pages go the same way.
ApiResult<api::iam::ListPolicyVersionsResponse> ListPolicyVersions(
    const ReadContext& context, const api::iam::ListPolicyVersionsRequest& request) {
  const std::string& arn = *request.policy_arn;
  std::vector<std::pair<std::string, api::iam::PolicyVersion>> shown;
  if (const entity::ManagedPolicy* policy = context.account.FindPolicyByArn(arn)) {
    for (auto it = policy->versions.rbegin(); it != policy->versions.rend(); ++it) {
      shown.emplace_back(std::to_string(4'000'000'000U - it->number), ShowVersion(*policy, *it));
    }
  } else if (const auto managed = catalog::FindManagedPolicy(arn)) {
    shown.emplace_back("0", api::iam::PolicyVersion{.document = std::nullopt,
                                                    .version_id = managed->VersionId(),
                                                    .is_default_version = true,
                                                    .create_date = managed->update_date});
  } else {
    return api::iam::NoSuchEntity("Policy " + arn + " was not found.");
  }
  api::iam::ListPolicyVersionsResponse response;
  response.versions.emplace();
  WK_ASSIGN(
      const PageEnd end,
      ListPage(context, PageRequest{"ListPolicyVersions|" + arn, request.marker, request.max_items}, shown,
               [&](const api::iam::PolicyVersion& version) { response.versions->push_back(version); }));
  return WithPageEnd(std::move(response), end);
}

// Takes effect for every attachment at once.
ApiResult<api::iam::SetDefaultPolicyVersionResponse> SetDefaultPolicyVersion(
    WriteContext& context, const api::iam::SetDefaultPolicyVersionRequest& request) {
  WK_ASSIGN(const entity::ManagedPolicy* found, RequireOwnPolicy(context.account(), *request.policy_arn));
  WK_ASSIGN(const entity::PolicyVersion* version,
            RequireVersion(*found, *request.policy_arn, *request.version_id));
  entity::ManagedPolicy policy = *found;
  policy.default_version = version->number;
  policy.update_date = context.now;
  context.edit.PutPolicy(std::move(policy));
  return api::iam::SetDefaultPolicyVersionResponse{};
}

ApiResult<api::iam::DeletePolicyVersionResponse> DeletePolicyVersion(
    WriteContext& context, const api::iam::DeletePolicyVersionRequest& request) {
  WK_ASSIGN(const entity::ManagedPolicy* found, RequireOwnPolicy(context.account(), *request.policy_arn));
  WK_ASSIGN(const entity::PolicyVersion* version,
            RequireVersion(*found, *request.policy_arn, *request.version_id));
  if (version->number == found->default_version) {
    return api::iam::DeleteConflict("Cannot delete the default version of a policy.");
  }
  entity::ManagedPolicy policy = *found;
  std::erase_if(policy.versions,
                [number = version->number](const entity::PolicyVersion& v) { return v.number == number; });
  context.edit.PutPolicy(std::move(policy));
  return api::iam::DeletePolicyVersionResponse{};
}

}  // namespace

void RegisterPolicyVersions(pipeline::Registry& registry) {
  registry.Write("iam", "CreatePolicyVersion", CreatePolicyVersion);
  registry.Read("iam", "GetPolicyVersion", GetPolicyVersion);
  registry.Read("iam", "ListPolicyVersions", ListPolicyVersions);
  registry.Write("iam", "SetDefaultPolicyVersion", SetDefaultPolicyVersion);
  registry.Write("iam", "DeletePolicyVersion", DeletePolicyVersion);
}

}  // namespace wardkeep::service::iam
