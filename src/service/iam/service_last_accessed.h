// GenerateServiceLastAccessedDetails, GetServiceLastAccessedDetails and
// GetServiceLastAccessedDetailsWithEntities: which services the policies of a user, group, role or policy
// reach, and when they were last tried (data-formats section 11). Made from what this server saw, at the
// moment of the answer.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterServiceLastAccessed(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
