// GetRoleTemplateVersion and AcquireRole: roles made from templates that services publish. No service runs in
// this installation and no operation makes a template, so every template is one that cannot be found.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterRoleTemplates(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
