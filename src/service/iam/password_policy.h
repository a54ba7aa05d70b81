// Operations on the password policy of the account: Update, Get and DeleteAccountPasswordPolicy.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterPasswordPolicy(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
