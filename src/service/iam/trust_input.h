// Trust policies of requests: validated, principals resolved to unique ids, measured, compiled.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

struct TrustPolicy {
  entity::DocumentPtr document;  // as stored
  std::vector<std::pair<std::string, std::string>> principals;
};

// `account`: where the role lives.
ApiResult<TrustPolicy> ReadTrustPolicy(const pipeline::OperationContext& context,
                                       const snapshot::AccountState& account, const std::string& text);

}  // namespace wardkeep::service::iam
