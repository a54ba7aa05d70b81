// The credential report as text: one line for root and one for each user, with the columns of AWS in their
// order (data-formats section 6). Pure but for the last-used facts; thread-safe.
#pragma once

#include <string>

#include "snapshot/account_state.h"
#include "snapshot/usage_tracker.h"

namespace wardkeep::service::iam {

// Header first, then root, then the users in the order of their names. Every line but the last ends with a
// line feed.
std::string CredentialReportCsv(const snapshot::AccountState& account, const snapshot::UsageTracker& usage);

}  // namespace wardkeep::service::iam
