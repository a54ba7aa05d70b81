// The identity policies of one user, group or role with their names and owners: what the simulator, the list
// of context keys and the reports on granted services read. For decisions on requests see
// pipeline/applicable_policies.h.
//
// Views into the account's state, which must outlive the result.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "entity/stored_document.h"
#include "pipeline/operation_context.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

enum class OwnerKind : uint8_t { kUser, kGroup, kRole };
std::string_view OwnerKindName(OwnerKind kind);  // "user", "group", "role"

struct HeldPolicy {
  entity::DocumentPtr document;  // null: an attached policy that no longer exists or cannot be read
  std::string name;
  std::string arn;  // empty: inline
  OwnerKind owner_kind = OwnerKind::kUser;
  std::string owner_name;  // who holds it: of a user's policies, maybe one of its groups
};

// A user, group or role named by its ARN. Exactly one of the three is set.
struct Entity {
  const entity::User* user = nullptr;
  const entity::Group* group = nullptr;
  const entity::Role* role = nullptr;
};

// InvalidInput for what is no ARN of a user, group or role; NoSuchEntity for one that does not exist in the
// account.
ApiResult<Entity> RequireEntity(const snapshot::AccountState& account, std::string_view arn);

// Inline before attached, own ones before those of the groups in the order of membership.
std::vector<HeldPolicy> PoliciesOf(const pipeline::OperationContext& context,
                                   const snapshot::AccountState& account, const Entity& entity);

// The document of a managed policy of the account or of AWS; null when there is none.
entity::DocumentPtr ManagedDocument(const pipeline::OperationContext& context,
                                    const snapshot::AccountState& account, const std::string& arn);

}  // namespace wardkeep::service::iam
