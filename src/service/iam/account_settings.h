// CreateAccountAlias, ListAccountAliases, DeleteAccountAlias, GetAccountSummary,
// SetSecurityTokenServicePreferences.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterAccountSettings(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
