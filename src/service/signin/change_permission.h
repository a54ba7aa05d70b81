// Whether a user may replace the own password at sign-in: by iam:ChangePassword, or because the account's
// password policy allows it to all users (data-formats section 7). The question is the one that a call of
// ChangePassword would be.
#pragma once

#include "base/http_message.h"
#include "pipeline/services.h"
#include "snapshot/account_state.h"

namespace wardkeep::service::signin {

bool MayChangePassword(const pipeline::Services& services, const snapshot::AccountStatePtr& account,
                       const entity::User& user, const base::HttpRequest& request, base::Instant now);

}  // namespace wardkeep::service::signin
