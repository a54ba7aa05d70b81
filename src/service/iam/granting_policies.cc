#include "service/iam/granting_policies.h"

#include <utility>

#include "analysis/granted_services.h"
#include "api/iam/types.h"
#include "service/iam/principal_policies.h"
#include "service/paging.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

using pipeline::ReadContext;

struct ReadPolicy {
  HeldPolicy held;
  analysis::GrantedServices granted;
};

std::vector<ReadPolicy> ReadPolicies(std::vector<HeldPolicy> policies) {
  std::vector<ReadPolicy> read;
  for (HeldPolicy& held : policies) {
    if (held.document == nullptr) continue;
    const policy::ParseOutcome outcome =
        policy::ParseDocument(held.document->text(), held.document->kind(), {.is_stored = true});
    if (outcome.document == nullptr) continue;
    read.push_back({std::move(held), {}});
    read.back().granted.Add(*outcome.document);
  }
  return read;
}

std::string_view EntityTypeName(OwnerKind kind) {
  switch (kind) {
    case OwnerKind::kUser:
      return "USER";
    case OwnerKind::kGroup:
      return "GROUP";
    case OwnerKind::kRole:
      return "ROLE";
  }
  return "";
}

// Managed policies are named by their ARN, inline ones by who holds them.
api::iam::PolicyGrantingServiceAccess Show(const HeldPolicy& held) {
  api::iam::PolicyGrantingServiceAccess shown;
  shown.policy_name = held.name;
  if (held.arn.empty()) {
    shown.policy_type = "INLINE";
    shown.entity_type = EntityTypeName(held.owner_kind);
    shown.entity_name = held.owner_name;
  } else {
    shown.policy_type = "MANAGED";
    shown.policy_arn = held.arn;
  }
  return shown;
}

api::iam::ListPoliciesGrantingServiceAccessEntry ShowService(const std::string& name,
                                                             const std::vector<ReadPolicy>& policies) {
  api::iam::ListPoliciesGrantingServiceAccessEntry entry;
  entry.service_namespace = name;
  entry.policies.emplace();
  const auto service = catalog::FindService(name);
  if (!service) return entry;
  for (const ReadPolicy& policy : policies) {
    if (policy.granted.Grants(*service)) entry.policies->push_back(Show(policy.held));
  }
  return entry;
}

ApiResult<api::iam::ListPoliciesGrantingServiceAccessResponse> ListPoliciesGrantingServiceAccess(
    const ReadContext& context, const api::iam::ListPoliciesGrantingServiceAccessRequest& request) {
  WK_ASSIGN(const Entity entity, RequireEntity(context.account, *request.arn));
  const std::vector<ReadPolicy> policies = ReadPolicies(PoliciesOf(context, context.account, entity));
  // Pages go by position, because the caller's order is kept.
  std::vector<std::pair<std::string, std::string>> services;
  for (const std::string& name : *request.service_namespaces) {
    std::string key = std::to_string(services.size());
    key.insert(0, 4 - key.size(), '0');  // the model allows 200
    services.emplace_back(std::move(key), name);
  }
  api::iam::ListPoliciesGrantingServiceAccessResponse response;
  response.policies_granting_service_access.emplace();
  const PageRequest page{"ListPoliciesGrantingServiceAccess|" + *request.arn, request.marker, std::nullopt};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, services, [&](const std::string& name) {
              response.policies_granting_service_access->push_back(ShowService(name, policies));
            }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterGrantingPolicies(pipeline::Registry& registry) {
  registry.Read("iam", "ListPoliciesGrantingServiceAccess", ListPoliciesGrantingServiceAccess);
}

}  // namespace wardkeep::service::iam
