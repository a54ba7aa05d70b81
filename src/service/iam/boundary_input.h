// The PermissionsBoundary member of a request: the ARN of a managed policy that exists, in this account or
// AWS's.
#pragma once

#include <optional>
#include <string>

#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// Empty text for an absent member. NoSuchEntity "Policy X does not exist or is not attachable." for an
// unknown policy, ValidationError for text that is no ARN.
ApiResult<std::string> ReadBoundary(const snapshot::AccountState& account,
                                    const std::optional<std::string>& arn);

// The same check for an attachment: the ARN names a managed policy that may be attached.
ApiResult<void> RequireAttachable(const snapshot::AccountState& account, const std::string& arn);

}  // namespace wardkeep::service::iam
