#include "service/iam/attachments.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "service/iam/boundary_input.h"
#include "service/iam/owner.h"
#include "service/iam/quota_check.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::Group;
using entity::Role;
using entity::User;
using pipeline::ReadContext;
using pipeline::WriteContext;

// Attaching twice succeeds (api-surface, AttachUserPolicy).
template <typename T, typename Request, typename Response>
ApiResult<Response> AttachPolicy(WriteContext& context, const Request& request) {
  WK_ASSIGN(const T* found, Owner<T>::FindForChange(context.account(), OwnerName(request)));
  WK_TRY(RequireAttachable(context.account(), *request.policy_arn));
  const auto& attached = found->attached_policies;
  if (std::find(attached.begin(), attached.end(), *request.policy_arn) != attached.end()) return Response{};
  WK_TRY(CheckQuota(context, Owner<T>::kAttachments, attached.size()));
  T owner = *found;
  owner.attached_policies.push_back(*request.policy_arn);
  Owner<T>::Put(context.edit, std::move(owner));
  return Response{};
}

template <typename T, typename Request, typename Response>
ApiResult<Response> DetachPolicy(WriteContext& context, const Request& request) {
  WK_ASSIGN(const T* found, Owner<T>::FindForChange(context.account(), OwnerName(request)));
  if (!entity::SplitArn(*request.policy_arn))
    return api::ValidationError("Invalid ARN:  Could not be parsed!");
  T owner = *found;
  if (std::erase(owner.attached_policies, *request.policy_arn) == 0) {
    return api::iam::NoSuchEntity("Policy " + *request.policy_arn + " was not found.");
  }
  Owner<T>::Put(context.edit, std::move(owner));
  return Response{};
}

// An attachment sorted by the folded policy name, AWS's before the account's own of the same name.
std::pair<std::string, api::iam::AttachedPolicy> Shown(const std::string& arn) {
  const std::string name = entity::NameInArn(arn);
  const std::string_view owner = catalog::IsManagedPolicyArn(arn) ? "|0" : "|1";
  return {base::AsciiLower(name).append(owner), {.policy_name = name, .policy_arn = arn}};
}

// "arn:aws:iam::1:policy/div/Name" has the path "/div/".
std::string PathOf(const std::string& arn) {
  const std::size_t start = arn.find('/');
  const std::size_t end = arn.rfind('/');
  return start == std::string::npos ? "/" : arn.substr(start, end - start + 1);
}

template <typename T, typename Request, typename Response>
ApiResult<Response> ListAttached(const ReadContext& context, const Request& request) {
  WK_ASSIGN(const T* owner, Owner<T>::Find(context.account, OwnerName(request)));
  const std::string prefix = request.path_prefix.value_or("/");
  std::vector<std::pair<std::string, api::iam::AttachedPolicy>> shown;
  for (const std::string& arn : owner->attached_policies) {
    if (PathOf(arn).starts_with(prefix)) shown.push_back(Shown(arn));
  }
  std::sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  Response response;
  response.attached_policies.emplace();
  const PageRequest page{"ListAttached|" + owner->id + "|" + prefix, request.marker, request.max_items};
  WK_ASSIGN(const PageEnd end, ListPage(context, page, shown, [&](const api::iam::AttachedPolicy& policy) {
              response.attached_policies->push_back(policy);
            }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterAttachments(pipeline::Registry& registry) {
  namespace a = api::iam;
  registry.Write("iam", "AttachUserPolicy",
                 AttachPolicy<User, a::AttachUserPolicyRequest, a::AttachUserPolicyResponse>);
  registry.Write("iam", "AttachGroupPolicy",
                 AttachPolicy<Group, a::AttachGroupPolicyRequest, a::AttachGroupPolicyResponse>);
  registry.Write("iam", "AttachRolePolicy",
                 AttachPolicy<Role, a::AttachRolePolicyRequest, a::AttachRolePolicyResponse>);
  registry.Write("iam", "DetachUserPolicy",
                 DetachPolicy<User, a::DetachUserPolicyRequest, a::DetachUserPolicyResponse>);
  registry.Write("iam", "DetachGroupPolicy",
                 DetachPolicy<Group, a::DetachGroupPolicyRequest, a::DetachGroupPolicyResponse>);
  registry.Write("iam", "DetachRolePolicy",
                 DetachPolicy<Role, a::DetachRolePolicyRequest, a::DetachRolePolicyResponse>);
  registry.Read("iam", "ListAttachedUserPolicies",
                ListAttached<User, a::ListAttachedUserPoliciesRequest, a::ListAttachedUserPoliciesResponse>);
  registry.Read(
      "iam", "ListAttachedGroupPolicies",
      ListAttached<Group, a::ListAttachedGroupPoliciesRequest, a::ListAttachedGroupPoliciesResponse>);
  registry.Read("iam", "ListAttachedRolePolicies",
                ListAttached<Role, a::ListAttachedRolePoliciesRequest, a::ListAttachedRolePoliciesResponse>);
}

}  // namespace wardkeep::service::iam
