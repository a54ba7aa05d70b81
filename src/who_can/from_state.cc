#include "who_can/from_state.h"

#include <map>

#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "entity/stored_document.h"

namespace wardkeep::who_can {
namespace {

class StateReader {
 public:
  explicit StateReader(const snapshot::AccountStatePtr& state)
      : state_(*state), access_(std::make_unique<AccountAccess>(state->id().value())) {
    access_->Pin(state);
  }

  std::unique_ptr<const AccountAccess> Read() {
    AddRoot();
    state_.users().ForEach([&](const std::string&, const snapshot::UserPtr& user) { AddUser(*user); });
    state_.roles().ForEach([&](const std::string&, const snapshot::RolePtr& role) { AddRole(*role); });
    return std::move(access_);
  }

 private:
  void AddRoot() {
    AccountPrincipal root;
    root.principal.kind = policy::PrincipalKind::kRoot;
    root.principal.account_id = access_->account_id();
    root.principal.arn = entity::RootArn(state_.id());
    access_->Add(std::move(root));
  }

  void AddUser(const entity::User& user) {
    AccountPrincipal who;
    who.principal.kind = policy::PrincipalKind::kUser;
    who.principal.account_id = access_->account_id();
    who.principal.arn = state_.UserArn(user);
    who.principal.entity_id = user.id;
    who.tags = user.tags;
    AddPolicies(user.inline_policies, user.attached_policies, "", who);
    for (const std::string& id : user.group_ids) {
      const entity::Group* group = state_.FindGroupById(id);
      if (group == nullptr) continue;
      AddPolicies(group->inline_policies, group->attached_policies, group->name + "/", who);
    }
    SetBoundary(user.permissions_boundary, who);
    access_->Add(std::move(who));
  }

  // The role's ARN stands for a session of it whose name is not known.
  void AddRole(const entity::Role& role) {
    AccountPrincipal who;
    who.principal.kind = policy::PrincipalKind::kRoleSession;
    who.principal.account_id = access_->account_id();
    who.principal.arn = state_.RoleArn(role);
    who.principal.entity_arn = who.principal.arn;
    who.principal.entity_id = role.id;
    who.principal.is_service_linked_role = role.is_service_linked();
    who.tags = role.tags;
    AddPolicies(role.inline_policies, role.attached_policies, "", who);
    SetBoundary(role.permissions_boundary, who);
    who.trust = NamedPolicy{role.trust_policy->compiled(), "trust policy"};
    access_->Add(std::move(who));
  }

  void AddPolicies(const entity::InlinePolicies& own, const std::vector<std::string>& attached,
                   const std::string& prefix, AccountPrincipal& who) {
    for (const entity::InlinePolicy& policy : own) {
      who.identity.push_back({policy.document->compiled(), prefix + policy.name});
    }
    for (const std::string& arn : attached) who.identity.push_back({Managed(arn), arn});
  }

  void SetBoundary(const std::string& arn, AccountPrincipal& who) {
    if (!arn.empty()) who.boundary = NamedPolicy{Managed(arn), arn};
  }

  // Null for a policy that is not there: its principal is then unreadable.
  const policy::CompiledPolicy* Managed(const std::string& arn) {
    if (const entity::ManagedPolicy* own = state_.FindPolicyByArn(arn)) {
      return own->default_document().document->compiled();
    }
    const auto [place, is_new] = aws_.try_emplace(arn);
    const auto entry = is_new ? catalog::FindManagedPolicy(arn) : std::nullopt;
    if (entry) {
      place->second = std::make_shared<const entity::StoredDocument>(catalog::ManagedPolicyDocument(*entry),
                                                                     policy::DocumentKind::kIdentity);
      access_->Pin(place->second);
    }
    return place->second == nullptr ? nullptr : place->second->compiled();
  }

  const snapshot::AccountState& state_;
  std::unique_ptr<AccountAccess> access_;
  std::map<std::string, entity::DocumentPtr> aws_;  // AWS managed policies met so far
};

}  // namespace

std::unique_ptr<const AccountAccess> FromState(const snapshot::AccountStatePtr& state) {
  return StateReader(state).Read();
}

}  // namespace wardkeep::who_can
