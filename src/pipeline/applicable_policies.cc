#include "pipeline/applicable_policies.h"

#include <algorithm>
#include <span>

namespace wardkeep::pipeline {

using policy::PolicyType;

ApplicablePolicies::ApplicablePolicies(const CallerIdentity& caller, CompiledCache& cache) : cache_(cache) {
  if (caller.account == nullptr) return;
  if (caller.role != nullptr) {
    AddRole(*caller.account, *caller.role);
  } else if (caller.user != nullptr) {
    AddUser(*caller.account, *caller.user);
  }
  if (caller.session) AddSession(*caller.account, *caller.session);
}

void ApplicablePolicies::Add(Layer& layer, const policy::CompiledPolicy* compiled, std::string arn) {
  if (compiled == nullptr) {
    complete_ = false;
    return;
  }
  layer.policies.push_back(compiled);
  layer.arns.push_back(std::move(arn));
}

void ApplicablePolicies::AddManaged(Layer& layer, const snapshot::AccountState& account,
                                    const std::string& arn) {
  if (const entity::ManagedPolicy* own = account.FindPolicyByArn(arn)) {
    Add(layer, own->default_document().document->compiled(), arn);
    return;
  }
  policy::PolicyPtr shared = cache_.AwsManaged(arn);
  Add(layer, shared.get(), arn);
  if (shared != nullptr) pinned_.push_back(std::move(shared));
}

void ApplicablePolicies::AddInline(Layer& layer, const entity::InlinePolicies& policies) {
  for (const entity::InlinePolicy& policy : policies) Add(layer, policy.document->compiled(), {});
}

void ApplicablePolicies::AddUser(const snapshot::AccountState& account, const entity::User& user) {
  AddInline(identity_, user.inline_policies);
  for (const std::string& arn : user.attached_policies) AddManaged(identity_, account, arn);
  for (const std::string& group_id : user.group_ids) {
    const entity::Group* group = account.FindGroupById(group_id);
    if (group == nullptr) continue;
    AddInline(identity_, group->inline_policies);
    for (const std::string& arn : group->attached_policies) AddManaged(identity_, account, arn);
  }
  AddBoundary(account, user.permissions_boundary);
}

void ApplicablePolicies::AddRole(const snapshot::AccountState& account, const entity::Role& role) {
  AddInline(identity_, role.inline_policies);
  for (const std::string& arn : role.attached_policies) AddManaged(identity_, account, arn);
  AddBoundary(account, role.permissions_boundary);
}

void ApplicablePolicies::AddBoundary(const snapshot::AccountState& account, const std::string& arn) {
  if (arn.empty()) return;
  boundary_.emplace();
  AddManaged(*boundary_, account, arn);
}

void ApplicablePolicies::AddSession(const snapshot::AccountState& account, const auth::Session& session) {
  // A federated user without a session policy has an absent layer; the evaluator refuses it for that reason
  // (policy-semantics 4.1).
  if (session.session_policy.empty() && session.session_policy_arns.empty()) return;
  session_.emplace();
  if (!session.session_policy.empty()) {
    policy::PolicyPtr compiled = cache_.Session(session.session_policy);
    Add(*session_, compiled.get(), {});
    if (compiled != nullptr) pinned_.push_back(std::move(compiled));
  }
  for (const std::string& arn : session.session_policy_arns) AddManaged(*session_, account, arn);
}

policy::PolicySet ApplicablePolicies::View() const {
  policy::PolicySet set;
  set.identity = identity_.policies;
  if (boundary_) set.permissions_boundary = policy::PolicySet::Policies(boundary_->policies);
  if (session_) set.session = policy::PolicySet::Policies(session_->policies);
  return set;
}

std::string_view ApplicablePolicies::ArnOf(const policy::StatementRef& statement) const {
  const Layer* layer = nullptr;
  if (statement.type == PolicyType::kIdentity) layer = &identity_;
  if (statement.type == PolicyType::kPermissionsBoundary && boundary_) layer = &*boundary_;
  if (statement.type == PolicyType::kSession && session_) layer = &*session_;
  if (layer == nullptr || statement.policy >= layer->arns.size()) return {};
  return layer->arns[statement.policy];
}

std::vector<std::string> ApplicablePolicies::KeysWithPrefix(std::string_view prefix) const {
  std::vector<std::string> keys;
  const auto collect = [&](const Layer& layer) {
    for (const policy::CompiledPolicy* policy : layer.policies) {
      const std::span<const std::string> all = policy->context_keys();  // sorted
      auto it = std::lower_bound(all.begin(), all.end(), prefix);
      for (; it != all.end() && it->starts_with(prefix); ++it) keys.push_back(*it);
    }
  };
  collect(identity_);
  if (boundary_) collect(*boundary_);
  if (session_) collect(*session_);
  return keys;
}

}  // namespace wardkeep::pipeline
