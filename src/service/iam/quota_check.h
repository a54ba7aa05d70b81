// LimitExceeded with AWS's name of the quota when one more would be too many.
#pragma once

#include <cstddef>

#include "entity/quota.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// `present`: how many there are now. The limit is that of the caller's account.
ApiResult<void> CheckQuota(const pipeline::OperationContext& context, entity::Quota quota,
                           std::size_t present);

}  // namespace wardkeep::service::iam
