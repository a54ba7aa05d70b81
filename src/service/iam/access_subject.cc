#include "service/iam/access_subject.h"

#include <algorithm>

#include "api/iam/errors.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"
#include "wardkeep/parse.h"

namespace wardkeep::service::iam {
namespace {

AccessEntity ShowEntity(const snapshot::AccountState& account, const entity::User& user) {
  return {user.id, account.UserArn(user), user.name, user.path, OwnerKind::kUser};
}

AccessEntity ShowEntity(const snapshot::AccountState& account, const entity::Role& role) {
  return {role.id, account.RoleArn(role), role.name, role.path, OwnerKind::kRole};
}

void AddGranted(const entity::DocumentPtr& document, AccessSubject& subject) {
  if (document == nullptr) return;
  const policy::ParseOutcome outcome =
      policy::ParseDocument(document->text(), document->kind(), {.is_stored = true});
  if (outcome.document != nullptr) subject.granted.Add(*outcome.document);
}

bool Holds(const std::vector<std::string>& values, const std::string& value) {
  return std::ranges::find(values, value) != values.end();
}

void AddMembers(const snapshot::AccountState& account, const std::string& group_id, AccessSubject& subject) {
  account.users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
    if (Holds(user->group_ids, group_id)) subject.entities.push_back(ShowEntity(account, *user));
  });
}

// Users and roles with the policy attached, also through a group.
void AddHolders(const snapshot::AccountState& account, const std::string& arn, AccessSubject& subject) {
  std::vector<std::string> group_ids;
  account.groups().ForEach([&](const std::string&, const snapshot::GroupPtr& group) {
    if (Holds(group->attached_policies, arn)) group_ids.push_back(group->id);
  });
  account.users().ForEach([&](const std::string&, const snapshot::UserPtr& user) {
    const bool through_group =
        std::ranges::any_of(user->group_ids, [&](const std::string& id) { return Holds(group_ids, id); });
    if (through_group || Holds(user->attached_policies, arn)) {
      subject.entities.push_back(ShowEntity(account, *user));
    }
  });
  account.roles().ForEach([&](const std::string&, const snapshot::RolePtr& role) {
    if (Holds(role->attached_policies, arn)) subject.entities.push_back(ShowEntity(account, *role));
  });
}

std::optional<catalog::ManagedPolicyEntry> FindAwsPolicyById(std::string_view id) {
  for (std::size_t i = 0; i < catalog::ManagedPolicyCount(); ++i) {
    const catalog::ManagedPolicyEntry entry = catalog::ManagedPolicyAt(i);
    if (entry.id == id) return entry;
  }
  return std::nullopt;
}

// The ARN of the policy with this id; empty when there is none.
std::string PolicyArnOf(const snapshot::AccountState& account, const std::string& id) {
  std::string arn;
  account.policies().ForEach([&](const std::string&, const snapshot::PolicyPtr& policy) {
    if (policy->id == id) arn = account.PolicyArn(*policy);
  });
  if (arn.empty()) {
    if (const auto entry = FindAwsPolicyById(id)) arn = entry->Arn();
  }
  return arn;
}

}  // namespace

ApiResult<std::string> SubjectIdOf(const snapshot::AccountState& account, const std::string& arn) {
  const auto parts = entity::SplitArn(arn);
  const auto name = parts ? entity::SplitEntityResource(parts->resource) : std::nullopt;
  if (name && name->kind == "policy") {
    if (const entity::ManagedPolicy* policy = account.FindPolicyByArn(arn)) return policy->id;
    if (const auto policy = catalog::FindManagedPolicy(arn)) return std::string(policy->id);
    return api::iam::NoSuchEntity("Policy " + arn + " was not found.");
  }
  WK_ASSIGN(const Entity entity, RequireEntity(account, arn));
  if (entity.user != nullptr) return entity.user->id;
  return entity.group != nullptr ? entity.group->id : entity.role->id;
}

std::optional<AccessSubject> FindSubject(const pipeline::OperationContext& context,
                                         const snapshot::AccountState& account, const std::string& id) {
  AccessSubject subject;
  subject.id = id;
  const Entity entity{account.FindUserById(id), account.FindGroupById(id), account.FindRoleById(id)};
  if (entity.user == nullptr && entity.group == nullptr && entity.role == nullptr) {
    const std::string arn = PolicyArnOf(account, id);
    if (arn.empty()) return std::nullopt;
    AddGranted(ManagedDocument(context, account, arn), subject);
    AddHolders(account, arn, subject);
    return subject;
  }
  for (const HeldPolicy& held : PoliciesOf(context, account, entity)) AddGranted(held.document, subject);
  if (entity.user != nullptr) subject.entities.push_back(ShowEntity(account, *entity.user));
  if (entity.role != nullptr) subject.entities.push_back(ShowEntity(account, *entity.role));
  if (entity.group != nullptr) AddMembers(account, entity.group->id, subject);
  return subject;
}

}  // namespace wardkeep::service::iam
