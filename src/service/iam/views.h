// Entities as the API shows them. Which members appear where differs by operation: data-formats section 4.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/iam/types.h"
#include "catalog/managed_policies.h"
#include "entity/tag.h"
#include "pipeline/operation_context.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::iam {

enum class Detail {
  kPart,     // inside of another entity: a role in an instance profile
  kList,     // in List operations
  kCreated,  // in the answer of a Create operation
  kFull,     // in Get operations
};

api::iam::User ShowUser(const snapshot::AccountState& account, const entity::User& user, Detail detail);
// The record of the root user, which has no name.
api::iam::User ShowRootUser(const snapshot::AccountState& account);
api::iam::Group ShowGroup(const snapshot::AccountState& account, const entity::Group& group);

// The trust policy shows the present ARNs of the principals it names. RoleLastUsed is there, empty if never
// used, in kFull only.
api::iam::Role ShowRole(const pipeline::OperationContext& context, const snapshot::AccountState& account,
                        const entity::Role& role, Detail detail);
// In kFull with description and tags, in kCreated with tags.
api::iam::Policy ShowPolicy(const snapshot::AccountState& account, const entity::ManagedPolicy& policy,
                            Detail detail);
// An AWS managed policy, with its use in this account; it has no tags, which kFull says.
api::iam::Policy ShowAwsPolicy(const snapshot::AccountState& account,
                               const catalog::ManagedPolicyEntry& policy, Detail detail);
api::iam::InstanceProfile ShowInstanceProfile(const pipeline::OperationContext& context,
                                              const snapshot::AccountState& account,
                                              const entity::InstanceProfile& profile, Detail detail);

std::string VersionName(uint32_t number);  // "v3"

// nullopt for an empty ARN.
std::optional<api::iam::AttachedPermissionsBoundary> ShowBoundary(const std::string& policy_arn);

// nullopt for no tags, so that the element is left out.
std::optional<std::vector<api::iam::Tag>> ShowTags(const entity::Tags& tags);
// An element without members for no tags.
std::vector<api::iam::Tag> ShowTagsAlways(const entity::Tags& tags);

}  // namespace wardkeep::service::iam
