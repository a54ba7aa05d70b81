// GenerateOrganizationsAccessReport and GetOrganizationsAccessReport. The report is for the management
// account of an organization; accounts here belong to none, so there is nothing to report on and no job to
// ask about.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterOrganizationsAccessReport(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
