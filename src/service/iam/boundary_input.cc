#include "service/iam/boundary_input.h"

#include "api/iam/errors.h"
#include "catalog/managed_policies.h"
#include "entity/arn.h"

namespace wardkeep::service::iam {

ApiResult<void> RequireAttachable(const snapshot::AccountState& account, const std::string& arn) {
  if (!entity::SplitArn(arn)) return api::ValidationError("Invalid ARN:  Could not be parsed!");
  if (account.FindPolicyByArn(arn) != nullptr) return {};
  const auto managed = catalog::FindManagedPolicy(arn);
  if (!managed) return api::iam::NoSuchEntity("Policy " + arn + " does not exist or is not attachable.");
  // Policies of service-linked roles belong to their service (policy-semantics 1.8, attach errors).
  if (managed->path.starts_with("/aws-service-role/")) {
    return api::iam::PolicyNotAttachable("Cannot attach a Service Role Policy to a Customer Role.");
  }
  return {};
}

ApiResult<std::string> ReadBoundary(const snapshot::AccountState& account,
                                    const std::optional<std::string>& arn) {
  if (!arn) return std::string();
  WK_TRY(RequireAttachable(account, *arn));
  return *arn;
}

}  // namespace wardkeep::service::iam
