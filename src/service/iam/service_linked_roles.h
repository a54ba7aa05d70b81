// CreateServiceLinkedRole, DeleteServiceLinkedRole, GetServiceLinkedRoleDeletionStatus.
#pragma once

#include <string>

#include "entity/role.h"
#include "pipeline/registry.h"
#include "service/iam/lookup.h"

namespace wardkeep::service::iam {

// The role of a service that is about to be made, not yet put. Name, path, trust and policies are the
// service's (data/service_linked_roles.txt). InvalidInput for what is no service principal, for a suffix that
// the service does not take and for a name that is taken; ValidationError for a name of over 64 characters.
ApiResult<entity::Role> NewServiceLinkedRole(const pipeline::WriteContext& context,
                                             const std::string& service, const std::string& suffix);

void RegisterServiceLinkedRoles(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
