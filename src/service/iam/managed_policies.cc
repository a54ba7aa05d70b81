#include "service/iam/managed_policies.h"

#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "catalog/managed_policies.h"
#include "entity/unique_id.h"
#include "service/iam/lookup.h"
#include "service/iam/policy_input.h"
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

ApiResult<api::iam::CreatePolicyResponse> CreatePolicy(WriteContext& context,
                                                       const api::iam::CreatePolicyRequest& request) {
  const snapshot::AccountState& account = context.account();
  if (account.FindPolicy(*request.policy_name) != nullptr) {
    return api::iam::EntityAlreadyExists("A policy called " + *request.policy_name +
                                         " already exists. Duplicate names are not allowed.");
  }
  WK_ASSIGN(entity::DocumentPtr document,
            ReadDocument(*request.policy_document, policy::DocumentKind::kIdentity));
  WK_TRY(CheckDocumentSize(*request.policy_document, Quota::kPolicySize));
  entity::ManagedPolicy policy;
  WK_ASSIGN(policy.tags, ReadTagsOfNew(request.tags, TagKeyCase::kExact));
  WK_TRY(CheckQuota(context, Quota::kPoliciesPerAccount, account.policies().size()));
  policy.id = entity::MakeUniqueId(entity::UniqueIdKind::kPolicy, context.services.rng);
  policy.name = *request.policy_name;
  policy.path = request.path.value_or("/");
  policy.description = request.description.value_or("");
  policy.create_date = context.now;
  policy.update_date = context.now;
  policy.versions.push_back({.number = 1, .document = std::move(document), .create_date = context.now});
  api::iam::CreatePolicyResponse response;
  response.policy = ShowPolicy(account, policy, Detail::kCreated);
  context.edit.PutPolicy(std::move(policy));
  return response;
}

ApiResult<api::iam::GetPolicyResponse> GetPolicy(const ReadContext& context,
                                                 const api::iam::GetPolicyRequest& request) {
  const std::string& arn = *request.policy_arn;
  api::iam::GetPolicyResponse response;
  if (const entity::ManagedPolicy* policy = context.account.FindPolicyByArn(arn)) {
    response.policy = ShowPolicy(context.account, *policy, Detail::kFull);
  } else if (const auto managed = catalog::FindManagedPolicy(arn)) {
    response.policy = ShowAwsPolicy(context.account, *managed, Detail::kFull);
  } else {
    return api::iam::NoSuchEntity("Policy " + arn + " was not found.");
  }
  return response;
}

// What a listed policy must satisfy besides its scope.
struct Filter {
  std::string prefix;
  bool only_attached;
  std::string usage;  // "", "PermissionsPolicy" or "PermissionsBoundary"

  bool Keeps(std::string_view path, const snapshot::PolicyUsage& used) const {
    if (!path.starts_with(prefix)) return false;
    if (!only_attached) return true;  // the usage counts with OnlyAttached alone
    if (usage == "PermissionsBoundary") return used.boundaries > 0;
    if (usage == "PermissionsPolicy") return used.attachments > 0;
    return used.attachments > 0 || used.boundaries > 0;
  }
};

using Listed = std::vector<std::pair<std::string, api::iam::Policy>>;

void GatherOwn(const snapshot::AccountState& account, const Filter& filter, Listed& listed) {
  account.policies().ForEach([&](const std::string& key, const snapshot::PolicyPtr& policy) {
    if (filter.Keeps(policy->path, account.UsageOf(account.PolicyArn(*policy)))) {
      listed.emplace_back("1" + key, ShowPolicy(account, *policy, Detail::kList));
    }
  });
}

// Keys begin with 0 for AWS's policies and 1 for the account's own, so that a page never mixes up two of one
// name.
void GatherAws(const snapshot::AccountState& account, const Filter& filter, Listed& listed) {
  for (std::size_t i = 0; i < catalog::ManagedPolicyCount(); ++i) {
    const catalog::ManagedPolicyEntry entry = catalog::ManagedPolicyAt(i);
    if (!entry.path.starts_with(filter.prefix)) continue;
    api::iam::Policy shown = ShowAwsPolicy(account, entry, Detail::kList);
    const snapshot::PolicyUsage used{.attachments = *shown.attachment_count,
                                     .boundaries = *shown.permissions_boundary_usage_count};
    if (filter.Keeps(entry.path, used)) listed.emplace_back("0" + std::string(entry.name), std::move(shown));
  }
}

ApiResult<api::iam::ListPoliciesResponse> ListPolicies(const ReadContext& context,
                                                       const api::iam::ListPoliciesRequest& request) {
  const std::string scope = request.scope.value_or("All");
  const Filter filter{request.path_prefix.value_or("/"), request.only_attached.value_or(false),
                      request.policy_usage_filter.value_or("")};
  Listed listed;
  if (scope != "Local") GatherAws(context.account, filter, listed);
  if (scope != "AWS") GatherOwn(context.account, filter, listed);
  const PageRequest page{
      "ListPolicies|" + scope + "|" + filter.prefix + "|" + filter.usage + (filter.only_attached ? "|a" : ""),
      request.marker, request.max_items};
  api::iam::ListPoliciesResponse response;
  response.policies.emplace();
  WK_ASSIGN(const PageEnd end, ListPage(context, page, listed, [&](const api::iam::Policy& policy) {
              response.policies->push_back(policy);
            }));
  return WithPageEnd(std::move(response), end);
}

ApiResult<api::iam::DeletePolicyResponse> DeletePolicy(WriteContext& context,
                                                       const api::iam::DeletePolicyRequest& request) {
  WK_ASSIGN(const entity::ManagedPolicy* policy, RequireOwnPolicy(context.account(), *request.policy_arn));
  const snapshot::PolicyUsage usage = context.account().UsageOf(*request.policy_arn);
  if (usage.attachments > 0 || usage.boundaries > 0) {
    return api::iam::DeleteConflict("Cannot delete a policy attached to entities.");
  }
  if (policy->versions.size() > 1) {
    return api::iam::DeleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's "
        "versions. The "
        "default version is deleted with the policy.");
  }
  context.edit.DeletePolicy(policy->name);
  return api::iam::DeletePolicyResponse{};
}

}  // namespace

void RegisterManagedPolicies(pipeline::Registry& registry) {
  registry.Write("iam", "CreatePolicy", CreatePolicy);
  registry.Read("iam", "GetPolicy", GetPolicy);
  registry.Read("iam", "ListPolicies", ListPolicies);
  registry.Write("iam", "DeletePolicy", DeletePolicy);
}

}  // namespace wardkeep::service::iam
