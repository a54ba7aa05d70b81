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
  Finish(identity_);
  if (boundary_) Finish(*boundary_);
  if (session_) Finish(*session_);
  for (Layer& scope : scopes_) Finish(scope);
}

void ApplicablePolicies::AddManaged(Layer& layer, const snapshot::AccountState& account,
                                    const std::string& arn) {
  const entity::ManagedPolicy* own = account.FindPolicyByArn(arn);
  layer.members.push_back({own != nullptr ? own->default_document().document : cache_.AwsManaged(arn), arn});
}

void ApplicablePolicies::AddInline(Layer& layer, const entity::InlinePolicies& policies) {
  for (const entity::InlinePolicy& policy : policies) layer.members.push_back({policy.document, {}});
}

void ApplicablePolicies::Finish(Layer& layer) {
  std::stable_sort(layer.members.begin(), layer.members.end(),
                   [](const Member& a, const Member& b) { return a.arn < b.arn; });
  for (Member& member : layer.members) {
    const bool again = !layer.arns.empty() && !member.arn.empty() && member.arn == layer.arns.back();
    if (again) continue;
    const policy::CompiledPolicy* compiled =
        member.document == nullptr ? nullptr : member.document->compiled();
    if (compiled == nullptr) {
      complete_ = false;
      continue;
    }
    if (!compiled->context_keys().empty()) name_context_keys_ = true;
    layer.policies.push_back(compiled);
    layer.documents.push_back(std::move(member.document));
    layer.arns.push_back(std::move(member.arn));
  }
  layer.members.clear();
  if (complete_) layer.program = cache_.programs().Find(layer.documents);
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
  for (const std::string& policy : session.scope_policies) {
    scopes_.emplace_back().members.push_back({cache_.Session(policy), {}});
  }
  // A federated user without a session policy has an absent layer; the evaluator refuses it for that reason
  // (policy-semantics 4.1).
  if (session.session_policy.empty() && session.session_policy_arns.empty()) return;
  session_.emplace();
  if (!session.session_policy.empty()) {
    session_->members.push_back({cache_.Session(session.session_policy), {}});
  }
  for (const std::string& arn : session.session_policy_arns) AddManaged(*session_, account, arn);
}

policy::PolicySet::Policies ApplicablePolicies::Layer::View(const policy::PolicyIndex*& index) const {
  if (!program) return policies;
  index = program.index.get();
  return index->policies();
}

policy::PolicySet ApplicablePolicies::View() const {
  policy::PolicySet set;
  set.identity = identity_.View(set.indexes.identity);
  if (boundary_) set.permissions_boundary = boundary_->View(set.indexes.permissions_boundary);
  if (session_) set.session = session_->View(set.indexes.session);
  return set;
}

std::vector<policy::PolicySet> ApplicablePolicies::ScopeViews() const {
  std::vector<policy::PolicySet> views;
  for (const Layer& scope : scopes_) {
    policy::PolicySet& set = views.emplace_back(View());
    set.indexes.session = nullptr;
    set.session = scope.View(set.indexes.session);
  }
  return views;
}

std::string_view ApplicablePolicies::ArnOf(const policy::StatementRef& statement) const {
  const Layer* layer = nullptr;
  if (statement.type == PolicyType::kIdentity) layer = &identity_;
  if (statement.type == PolicyType::kPermissionsBoundary && boundary_) layer = &*boundary_;
  // With scopes it is not known whose statement it was; a scope has no ARN.
  if (statement.type == PolicyType::kSession && session_ && scopes_.empty()) layer = &*session_;
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
  for (const Layer& scope : scopes_) collect(scope);
  return keys;
}

}  // namespace wardkeep::pipeline
