// DescribeRegions, which many tools ask before they call anything else.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::ec2 {

void RegisterAll(pipeline::Registry& registry);

}  // namespace wardkeep::service::ec2
