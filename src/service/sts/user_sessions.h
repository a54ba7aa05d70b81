// GetSessionToken and GetFederationToken: temporary credentials of an IAM user or of root.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::sts {

void RegisterUserSessions(pipeline::Registry& registry);

}  // namespace wardkeep::service::sts
