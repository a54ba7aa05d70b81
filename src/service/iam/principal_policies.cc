#include "service/iam/principal_policies.h"

#include "api/iam/errors.h"
#include "entity/arn.h"

namespace wardkeep::service::iam {
namespace {

// Appends what one owner holds itself.
template <typename T>
void AddHeld(const pipeline::OperationContext& context, const snapshot::AccountState& account, OwnerKind kind,
             const T& owner, std::vector<HeldPolicy>& policies) {
  for (const entity::InlinePolicy& policy : owner.inline_policies) {
    policies.push_back({policy.document, policy.name, {}, kind, owner.name});
  }
  for (const std::string& arn : owner.attached_policies) {
    policies.push_back(
        {ManagedDocument(context, account, arn), entity::NameInArn(arn), arn, kind, owner.name});
  }
}

}  // namespace

std::string_view OwnerKindName(OwnerKind kind) {
  switch (kind) {
    case OwnerKind::kUser:
      return "user";
    case OwnerKind::kGroup:
      return "group";
    case OwnerKind::kRole:
      return "role";
  }
  return "";
}

ApiResult<Entity> RequireEntity(const snapshot::AccountState& account, std::string_view arn) {
  const auto unclear = [&] {
    return api::iam::InvalidInput("Invalid Entity Arn: " + std::string(arn) +
                                  " does not clearly define entity type and name.");
  };
  const auto parts = entity::SplitArn(arn);
  if (!parts || parts->service != "iam" || !base::IsAccountId(parts->account)) return unclear();
  const auto name = entity::SplitEntityResource(parts->resource);
  if (!name) return unclear();
  Entity entity;
  std::string found_arn;
  if (name->kind == "user") {
    WK_ASSIGN(entity.user, RequireUser(account, name->name));
    found_arn = account.UserArn(*entity.user);
  } else if (name->kind == "group") {
    WK_ASSIGN(entity.group, RequireGroup(account, name->name));
    found_arn = account.GroupArn(*entity.group);
  } else if (name->kind == "role") {
    WK_ASSIGN(entity.role, RequireRole(account, name->name));
    found_arn = account.RoleArn(*entity.role);
  } else {
    return unclear();
  }
  if (found_arn != arn) return api::iam::NoSuchEntity("ARN " + std::string(arn) + " does not exist.");
  return entity;
}

entity::DocumentPtr ManagedDocument(const pipeline::OperationContext& context,
                                    const snapshot::AccountState& account, const std::string& arn) {
  const entity::ManagedPolicy* own = account.FindPolicyByArn(arn);
  return own != nullptr ? own->default_document().document : context.services.compiled.AwsManaged(arn);
}

std::vector<HeldPolicy> PoliciesOf(const pipeline::OperationContext& context,
                                   const snapshot::AccountState& account, const Entity& entity) {
  std::vector<HeldPolicy> policies;
  if (entity.role != nullptr) AddHeld(context, account, OwnerKind::kRole, *entity.role, policies);
  if (entity.group != nullptr) AddHeld(context, account, OwnerKind::kGroup, *entity.group, policies);
  if (entity.user == nullptr) return policies;
  AddHeld(context, account, OwnerKind::kUser, *entity.user, policies);
  for (const std::string& id : entity.user->group_ids) {
    if (const entity::Group* group = account.FindGroupById(id)) {
      AddHeld(context, account, OwnerKind::kGroup, *group, policies);
    }
  }
  return policies;
}

}  // namespace wardkeep::service::iam
