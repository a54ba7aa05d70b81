// Entities as the API shows them. Which members appear where differs by operation (data-formats section 4): Detail::kFull
// is what Get operations and GetAccountAuthorizationDetails show, kList what List operations show.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/iam/types.h"
#include "entity/tag.h"
#include "pipeline/operation_context.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::iam {

enum class Detail { kList, kFull };

api::iam::User ShowUser(const snapshot::AccountState& account, const entity::User& user, Detail detail);
api::iam::Group ShowGroup(const snapshot::AccountState& account, const entity::Group& group);

// nullopt for an empty ARN.
std::optional<api::iam::AttachedPermissionsBoundary> ShowBoundary(const std::string& policy_arn);

// nullopt for no tags, so that the element is left out.
std::optional<std::vector<api::iam::Tag>> ShowTags(const entity::Tags& tags);

}  // namespace wardkeep::service::iam
