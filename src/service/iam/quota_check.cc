#include "service/iam/quota_check.h"

#include "api/iam/errors.h"

namespace wardkeep::service::iam {

ApiResult<void> CheckQuota(const pipeline::OperationContext& context, entity::Quota quota,
                           std::size_t present) {
  const int64_t limit = context.services.limits.Limit(context.caller.account_id, quota);
  if (static_cast<int64_t>(present) < limit) return {};
  return api::iam::LimitExceeded(entity::QuotaMessage(quota, limit));
}

}  // namespace wardkeep::service::iam
