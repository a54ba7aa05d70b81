#include "service/iam/inline_policies.h"

#include <algorithm>
#include <utility>

#include "api/iam/errors.h"
#include "api/iam/types.h"
#include "base/ascii.h"
#include "service/iam/owner.h"
#include "service/iam/policy_input.h"
#include "service/paging.h"

namespace wardkeep::service::iam {
namespace {

using entity::Group;
using entity::InlinePolicies;
using entity::InlinePolicy;
using entity::Role;
using entity::User;
using pipeline::ReadContext;
using pipeline::WriteContext;

// The policy of that name, ignoring case (data-formats section 3); one of that very spelling comes first,
// since older databases may hold two that differ by case only.
auto Find(auto& policies, const std::string& name) {
  const auto exact = std::find_if(policies.begin(), policies.end(),
                                  [&](const InlinePolicy& policy) { return policy.name == name; });
  if (exact != policies.end()) return exact;
  return std::find_if(policies.begin(), policies.end(), [&](const InlinePolicy& policy) {
    return base::EqualsIgnoreAsciiCase(policy.name, name);
  });
}

void Insert(InlinePolicies& policies, InlinePolicy added) {
  const auto at = std::lower_bound(
      policies.begin(), policies.end(), added,
      [](const InlinePolicy& one, const InlinePolicy& other) { return one.name < other.name; });
  policies.insert(at, std::move(added));
}

template <typename T>
api::ApiError MissingPolicy(const std::string& name) {
  return api::iam::NoSuchEntity("The " + std::string(Owner<T>::kKind) + " policy with name " + name +
                                " cannot be found.");
}

// The owner's existence is checked before the document (api-surface, PutUserPolicy).
template <typename T, typename Request, typename Response>
ApiResult<Response> PutPolicy(WriteContext& context, const Request& request) {
  WK_ASSIGN(const T* found, Owner<T>::FindForChange(context.account(), OwnerName(request)));
  WK_ASSIGN(entity::DocumentPtr document,
            ReadDocument(*request.policy_document, policy::DocumentKind::kIdentity));
  T owner = *found;
  InlinePolicies& policies = owner.inline_policies;
  const auto it = Find(policies, *request.policy_name);
  if (it != policies.end()) {
    it->document = std::move(document);  // under the first spelling
  } else {
    Insert(policies, InlinePolicy{*request.policy_name, std::move(document)});
  }
  WK_TRY(CheckInlineSize(policies, Owner<T>::kInlineSize, Owner<T>::kKind, owner.name));
  Owner<T>::Put(context.edit, std::move(owner));
  return Response{};
}

template <typename T, typename Request, typename Response>
ApiResult<Response> GetPolicy(const ReadContext& context, const Request& request) {
  WK_ASSIGN(const T* owner, Owner<T>::Find(context.account, OwnerName(request)));
  const auto it = Find(owner->inline_policies, *request.policy_name);
  if (it == owner->inline_policies.end()) return MissingPolicy<T>(*request.policy_name);
  Response response;
  SetOwnerName(response, owner->name);
  response.policy_name = *request.policy_name;  // as asked, whatever the list says
  response.policy_document = ShowDocument(it->document->text());
  return response;
}

template <typename T, typename Request, typename Response>
ApiResult<Response> DeletePolicy(WriteContext& context, const Request& request) {
  WK_ASSIGN(const T* found, Owner<T>::FindForChange(context.account(), OwnerName(request)));
  T owner = *found;
  const auto it = Find(owner.inline_policies, *request.policy_name);
  if (it == owner.inline_policies.end()) return MissingPolicy<T>(*request.policy_name);
  owner.inline_policies.erase(it);
  Owner<T>::Put(context.edit, std::move(owner));
  return Response{};
}

template <typename T, typename Request, typename Response>
ApiResult<Response> ListPolicies(const ReadContext& context, const Request& request) {
  WK_ASSIGN(const T* owner, Owner<T>::Find(context.account, OwnerName(request)));
  std::vector<std::pair<std::string, std::string>> names;
  for (const InlinePolicy& policy : owner->inline_policies) names.emplace_back(policy.name, policy.name);
  Response response;
  response.policy_names.emplace();
  WK_ASSIGN(
      const PageEnd end,
      ListPage(context, PageRequest{"ListInlinePolicies|" + owner->id, request.marker, request.max_items},
               names, [&](const std::string& name) { response.policy_names->push_back(name); }));
  return WithPageEnd(std::move(response), end);
}

}  // namespace

void RegisterInlinePolicies(pipeline::Registry& registry) {
  namespace a = api::iam;
  registry.Write("iam", "PutUserPolicy", PutPolicy<User, a::PutUserPolicyRequest, a::PutUserPolicyResponse>);
  registry.Write("iam", "PutGroupPolicy",
                 PutPolicy<Group, a::PutGroupPolicyRequest, a::PutGroupPolicyResponse>);
  registry.Write("iam", "PutRolePolicy", PutPolicy<Role, a::PutRolePolicyRequest, a::PutRolePolicyResponse>);
  registry.Read("iam", "GetUserPolicy", GetPolicy<User, a::GetUserPolicyRequest, a::GetUserPolicyResponse>);
  registry.Read("iam", "GetGroupPolicy",
                GetPolicy<Group, a::GetGroupPolicyRequest, a::GetGroupPolicyResponse>);
  registry.Read("iam", "GetRolePolicy", GetPolicy<Role, a::GetRolePolicyRequest, a::GetRolePolicyResponse>);
  registry.Write("iam", "DeleteUserPolicy",
                 DeletePolicy<User, a::DeleteUserPolicyRequest, a::DeleteUserPolicyResponse>);
  registry.Write("iam", "DeleteGroupPolicy",
                 DeletePolicy<Group, a::DeleteGroupPolicyRequest, a::DeleteGroupPolicyResponse>);
  registry.Write("iam", "DeleteRolePolicy",
                 DeletePolicy<Role, a::DeleteRolePolicyRequest, a::DeleteRolePolicyResponse>);
  registry.Read("iam", "ListUserPolicies",
                ListPolicies<User, a::ListUserPoliciesRequest, a::ListUserPoliciesResponse>);
  registry.Read("iam", "ListGroupPolicies",
                ListPolicies<Group, a::ListGroupPoliciesRequest, a::ListGroupPoliciesResponse>);
  registry.Read("iam", "ListRolePolicies",
                ListPolicies<Role, a::ListRolePoliciesRequest, a::ListRolePoliciesResponse>);
}

}  // namespace wardkeep::service::iam
