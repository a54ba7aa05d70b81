// GenerateCredentialReport and GetCredentialReport. The report is made anew each time it is got, so it is
// never older than the answer that carries it; the states and errors are those of AWS, where it is made once
// in four hours.
#pragma once

#include "pipeline/registry.h"

namespace wardkeep::service::iam {

void RegisterCredentialReport(pipeline::Registry& registry);

}  // namespace wardkeep::service::iam
