// The two printed forms of a policy summary. Pure functions.
#pragma once

#include <string>

#include "analysis/policy_summary.h"

namespace wardkeep::cli {

// Tables as in AWS's console: one row per service, in the groups Uncategorized services, Explicit deny and
// Allow.
std::string PolicySummaryText(const analysis::PolicySummary& summary);

// The same with the actions of each service, their resources and conditions, and the version of the
// catalogue.
std::string PolicySummaryJson(const analysis::PolicySummary& summary);

}  // namespace wardkeep::cli
