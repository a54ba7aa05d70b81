// Whether a caller could itself do everything that a policy would allow: the permission check of
// GetDelegationRequest. An approximation, as AWS's is: patterns of the policy are asked for as they are
// written, and what cannot be decided that way is UNSURE.
#pragma once

#include <cstdint>
#include <string_view>

#include "pipeline/operation_context.h"
#include "wardkeep/document.h"

namespace wardkeep::service::iam {

enum class Coverage : uint8_t { kAllowed, kDenied, kUnsure };

// At most 500 pairs of action and resource are asked for; a policy with more is kUnsure.
Coverage CheckCoverage(const pipeline::OperationContext& context, const policy::Document& wanted);

std::string_view CoverageName(Coverage coverage);  // "ALLOWED"

}  // namespace wardkeep::service::iam
