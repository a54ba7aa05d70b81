// What keeps a user, group or role from being deleted, as far as it is the same for all three: their
// policies, which AWS reports before anything else (api-surface, DeleteUser).
#pragma once

#include "api/iam/errors.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

template <typename T>
ApiResult<void> CheckWithoutPolicies(const T& owner) {
  if (!owner.inline_policies.empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must delete policies first.");
  }
  if (!owner.attached_policies.empty()) {
    return api::iam::DeleteConflict("Cannot delete entity, must detach all policies first.");
  }
  return {};
}

}  // namespace wardkeep::service::iam
